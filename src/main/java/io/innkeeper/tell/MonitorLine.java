package io.innkeeper.tell;

import io.innkeeper.tell.spool.Entry;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The line to one monitor: looks it up, connects, greets, and notices when it is silent. Belongs to one thread; times are milliseconds
 * of a clock that only goes forward.
 */
final class MonitorLine {
    private static final int CONNECT_MS = 1_500;
    private static final int GREETING_MS = 3_000;
    private static final int SILENCE_MS = 5_000;
    private static final int DEAD_MS = 15_000;
    private static final int PIECE = 1 << 14;

    /** How far it is. */
    enum Phase {
        IDLE,
        LOOKING,
        CONNECTING,
        GREETING,
        OPEN;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final MonitorAddress address;
    private final Selector selector;
    private final Consumer<MonitorLine> lookingUp;
    private final IntFunction<Conversation> conversations;
    private final int keys;
    private final ByteBuffer buffer = ByteBuffer.allocate(PIECE);
    private Phase phase = Phase.IDLE;
    private List<SocketAddress> places = List.of();
    private @Nullable StreamLink link;
    private @Nullable Conversation conversation;
    private int keyNumber;
    private int window;
    private long untilMs;
    private long heardAtMs;
    private boolean asked;
    private String why = "";

    /**
     * Opens nothing yet.
     *
     * @param lookingUp looks up where the monitor is, and calls {@link #found} on the thread of this line
     * @param conversations a new one with the key of this number
     * @param keys how many keys there are, at least 1: none counts as one
     */
    MonitorLine(
            MonitorAddress address,
            Selector selector,
            Consumer<MonitorLine> lookingUp,
            IntFunction<Conversation> conversations,
            int keys) {
        this.address = address;
        this.selector = selector;
        this.lookingUp = lookingUp;
        this.conversations = conversations;
        this.keys = keys;
    }

    MonitorAddress address() {
        return address;
    }

    Phase phase() {
        return phase;
    }

    /** How many messages may be on their way; 0 where none may be sent. */
    int window() {
        return phase == Phase.OPEN ? window : 0;
    }

    /** Why it failed last; empty where it did not, or works again. */
    String why() {
        return why;
    }

    /** Begins, where it has not yet. */
    void open() {
        if (phase == Phase.IDLE) {
            phase = Phase.LOOKING;
            lookingUp.accept(this);
        }
    }

    /** Looked up: one of the places may answer. */
    List<News> found(List<SocketAddress> found, long nowMs) {
        places = found;
        return phase == Phase.LOOKING ? connectNext("there is no place to connect to", nowMs) : List.of();
    }

    private List<News> connectNext(String whyNot, long nowMs) {
        drop();
        String reason = whyNot;
        while (!places.isEmpty()) {
            SocketAddress place = places.getFirst();
            places = places.subList(1, places.size());
            try {
                phase = Phase.CONNECTING;
                untilMs = nowMs + CONNECT_MS;
                StreamLink fresh = new StreamLink(place, selector, this);
                link = fresh;
                return fresh.isConnected() ? greet(fresh, nowMs) : List.of();
            } catch (IOException | RuntimeException e) {
                reason = reason(e);
            }
        }
        return failed(reason, false);
    }

    private List<News> greet(StreamLink connected, long nowMs) throws IOException {
        Conversation fresh = conversations.apply(keyNumber);
        conversation = fresh;
        phase = Phase.GREETING;
        untilMs = nowMs + GREETING_MS;
        connected.write(fresh.greeting());
        return List.of();
    }

    /**
     * Something can be read or written, or it is connected.
     *
     * @param wallMs milliseconds since 1970
     */
    List<News> ready(long nowMs, long wallMs) {
        StreamLink open = link;
        if (open == null) {
            return List.of();
        }
        if (phase == Phase.CONNECTING) {
            return connected(open, nowMs);
        }
        Conversation talk = conversation;
        if (talk == null) {
            return List.of();
        }
        try {
            open.write();
            open.read(buffer);
            return heard(talk, nowMs, wallMs);
        } catch (EOFException e) {
            News.Failed closed = talk.closed();
            return failed(closed.why(), closed.aboutKey());
        } catch (IOException e) {
            News.Failed closed = talk.closed();
            return closed.aboutKey() ? failed(closed.why(), true) : failed(reason(e), false);
        }
    }

    private List<News> connected(StreamLink open, long nowMs) {
        try {
            return open.finishConnect() ? greet(open, nowMs) : List.of();
        } catch (IOException e) {
            return connectNext(reason(e), nowMs);
        }
    }

    private List<News> heard(Conversation talk, long nowMs, long wallMs) throws IOException {
        if (buffer.hasRemaining()) {
            heardAtMs = nowMs;
            asked = false;
        }
        List<News> passedOn = new ArrayList<>();
        for (News news : talk.heard(buffer, wallMs)) {
            switch (news) {
                case News.Opened opened -> {
                    opened(opened, nowMs);
                    passedOn.add(opened);
                }
                case News.Answer answer -> write(answer.octets().toArray());
                case News.Ended ended -> passedOn.add(ended);
                case News.Failed failed -> passedOn.addAll(failed(failed.why(), failed.aboutKey()));
            }
        }
        passedOn.addAll(written(talk, wallMs));
        return passedOn;
    }

    private void opened(News.Opened opened, long nowMs) {
        phase = Phase.OPEN;
        window = opened.window();
        heardAtMs = nowMs;
        why = "";
    }

    /** Sends messages; only where there is a {@link #window}. */
    List<News> tell(List<Entry.Waiting> messages, long wallMs) {
        Conversation talk = conversation;
        if (talk == null) {
            return List.of();
        }
        try {
            write(talk.tell(messages, wallMs));
            return written(talk, wallMs);
        } catch (IOException e) {
            return failed(reason(e), false);
        }
    }

    private List<News> written(Conversation talk, long wallMs) {
        return link != null && link.isWritten() ? talk.written(wallMs) : List.of();
    }

    private void write(byte[] octets) throws IOException {
        if (link != null) {
            link.write(octets);
        }
    }

    /**
     * Time went by.
     *
     * @param owes whether an answer is due
     */
    List<News> tick(long nowMs, boolean owes) {
        return switch (phase) {
            case IDLE, LOOKING -> List.of();
            case CONNECTING -> nowMs < untilMs ? List.of() : connectNext("it does not answer", nowMs);
            case GREETING -> nowMs < untilMs ? List.of() : failed("it does not greet", false);
            case OPEN -> silence(nowMs, owes);
        };
    }

    private List<News> silence(long nowMs, boolean owes) {
        long silentMs = nowMs - heardAtMs;
        if (asked && silentMs > (owes ? DEAD_MS : 2L * DEAD_MS)) {
            return failed("it says nothing for " + silentMs / 1_000 + " s", false);
        }
        try {
            if (!asked && conversation != null && silentMs > (owes ? SILENCE_MS : DEAD_MS)) {
                asked = true;
                write(conversation.ping());
            }
            return List.of();
        } catch (IOException e) {
            return failed(reason(e), false);
        }
    }

    /** Could not be looked up. */
    List<News> notFound(String reason) {
        return phase == Phase.LOOKING ? failed(reason, false) : List.of();
    }

    private List<News> failed(String reason, boolean aboutKey) {
        drop();
        places = List.of();
        phase = Phase.IDLE;
        why = reason;
        return List.of(new News.Failed(reason, aboutKey));
    }

    /** Goes on to the next key; false where that was the last one, and the first is the next to be used. */
    boolean nextKey() {
        keyNumber = (keyNumber + 1) % keys;
        return keyNumber != 0;
    }

    /** Says goodbye and closes. */
    void close() {
        try {
            if (phase == Phase.OPEN && conversation != null) {
                write(conversation.goodbye());
            }
        } catch (IOException gone) {
            // Then it needs no goodbye.
        }
        drop();
        phase = Phase.IDLE;
    }

    private void drop() {
        if (link != null) {
            link.close();
        }
        link = null;
        conversation = null;
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
