package io.innkeeper.feed.rdk.v2;

import io.innkeeper.wire.rdk.v2.Fault;
import io.innkeeper.wire.rdk.v2.Message;
import io.innkeeper.wire.rdk.v2.Message.Ack;
import io.innkeeper.wire.rdk.v2.Message.AckStatus;
import io.innkeeper.wire.rdk.v2.MessageReader;
import io.innkeeper.wire.rdk.v2.MessageWriter;
import io.innkeeper.wire.rdk.v2.SessionKeys;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a sender: what it may say, what it hears, and when it has been silent too long. Pure: octets and the time
 * come in, octets and reports go out. Times are nanoseconds of a clock that only goes forward.
 */
final class Conversation {
    /** What waits to be written before nothing more is read, in octets. */
    static final int BACKLOG = 1 << 16;

    /**
     * What holds for every connection.
     *
     * @param monitor the identity of the store
     * @param window how many reports may wait for their acknowledgement
     * @param handshake how long the hello may take
     * @param unfinished how long a frame may take, and how long a peer may take nothing
     * @param idle how long a peer may be silent before it is asked; after twice that the connection ends
     */
    record Terms(String monitor, int window, Duration handshake, Duration unfinished, Duration idle) {}

    /** A report that came, and how old it was then. */
    record Heard(Message.Report report, Duration age) {}

    private final Terms terms;
    private final Doorkeeper door;
    private final String nonce;
    private final MessageReader reader = new MessageReader();
    private final MessageWriter writer = new MessageWriter();
    private final Deque<ByteBuffer> out = new ArrayDeque<>();
    private final SequencedMap<String, Ack> acks = new LinkedHashMap<>();
    private final List<Ack> rejections = new ArrayList<>();
    private Message.@Nullable Hello hello;
    private byte @Nullable [] key;
    private @Nullable String end;
    private int backlog;
    private int unacknowledged;
    private long heardNanos;
    private long frameNanos;
    private long stuckNanos;
    private boolean stuck;
    private boolean within;
    private boolean asked;

    /** @param nonce 32 octets of chance in hex, never the same again */
    Conversation(Terms terms, Doorkeeper door, String nonce, long nanos) {
        this.terms = terms;
        this.door = door;
        this.nonce = nonce;
        this.heardNanos = nanos;
    }

    /** Takes all octets; what came whole of reports is returned, also where the connection ends by them. */
    List<Heard> hear(ByteBuffer octets, long nanos) {
        List<Heard> heard = new ArrayList<>();
        int messages = 0;
        for (Message one = reader.next(octets); one != null && end == null; one = reader.next(octets)) {
            heardNanos = nanos;
            asked = false;
            messages++;
            take(one, heard);
        }
        if (reader.isWithin() && (messages > 0 || !within)) {
            frameNanos = nanos;
        }
        within = reader.isWithin();
        Fault fault = reader.fault();
        if (fault != null && end == null) {
            failed(fault);
        }
        return heard;
    }

    private void failed(Fault fault) {
        if (hello == null && fault == Fault.MALFORMED) {
            send(new Message.Refused(Message.Refusal.MALFORMED, "this is no hello"));
        }
        end = fault.text();
    }

    private void take(Message message, List<Heard> heard) {
        if (hello == null) {
            if (message instanceof Message.Hello first) {
                greet(first);
            } else {
                end = Fault.TYPE.text();
            }
            return;
        }
        switch (message) {
            case Message.Reports reports -> take(reports, heard);
            case Message.Ping _ -> send(new Message.Pong());
            case Message.Pong _ -> {}
            case Message.Goodbye _ -> end = "goodbye";
            case Message.Hello _, Message.Welcome _, Message.Refused _, Message.Acks _ -> end = Fault.TYPE.text();
        }
    }

    private void greet(Message.Hello first) {
        switch (door.look(first)) {
            case Doorkeeper.Verdict.Refused refused -> {
                send(new Message.Refused(refused.reason(), refused.text()));
                end = refused.counted();
            }
            case Doorkeeper.Verdict.Admitted _ -> {
                hello = first;
                key = door.keys().find(first.key());
                byte[] welcome = send(new Message.Welcome(terms.monitor(), nonce, terms.window()));
                if (key != null) {
                    SessionKeys session = SessionKeys.of(key, reader.plainFrame(), welcome);
                    reader.secure(session.fromSender());
                    writer.secure(session.fromMonitor());
                }
            }
        }
    }

    private void take(Message.Reports reports, List<Heard> heard) {
        if (unacknowledged + reports.reports().size() > terms.window()) {
            leave("window", "more reports than the window has room for");
            return;
        }
        unacknowledged += reports.reports().size();
        reports.reports().forEach(report -> heard.add(new Heard(report, reports.age(report))));
    }

    /** What became of one of its reports. It goes out with the next {@link #flush}. */
    void settle(Ack ack) {
        if (end != null) {
            return;
        }
        unacknowledged--;
        if (ack.status() == AckStatus.REJECTED) {
            rejections.add(ack);
        } else {
            acks.merge(ack.ifname(), ack, (before, now) -> now.sequence() >= before.sequence() ? now : before);
        }
    }

    /** Makes a message of what was settled, unless the peer takes nothing: then it waits here, where there is room. */
    void flush() {
        if (end == null && backlog < BACKLOG && !(acks.isEmpty() && rejections.isEmpty())) {
            List<Ack> all = new ArrayList<>(acks.values());
            all.addAll(rejections);
            acks.clear();
            rejections.clear();
            send(new Message.Acks(all));
        }
    }

    /** Nothing is read of it now: its silence does not count. */
    void unread(long nanos) {
        heardNanos = nanos;
        frameNanos = nanos;
    }

    /** Asks a silent peer, and ends with one that is silent for too long. */
    void tick(long nanos) {
        if (end != null) {
            return;
        }
        if (outgoing() != null && !stuck) {
            stuck = true;
            stuckNanos = nanos;
        }
        if (stuck && nanos - stuckNanos >= terms.unfinished().toNanos()) {
            end = "deaf";
        } else if (hello == null && nanos - heardNanos >= terms.handshake().toNanos()) {
            end = "handshake-timeout";
        } else if (within && nanos - frameNanos >= terms.unfinished().toNanos()) {
            end = "unfinished";
        } else if (nanos - heardNanos >= 2 * terms.idle().toNanos()) {
            leave("silent", "nothing was heard for " + terms.idle().multipliedBy(2));
        } else if (!asked && hello != null && nanos - heardNanos >= terms.idle().toNanos()) {
            asked = true;
            send(new Message.Ping());
        }
    }

    /** Ends where its key is no longer valid. */
    void keysChanged() {
        Message.Hello known = hello;
        if (known != null && key != null && !door.keys().holds(known.key(), key)) {
            leave("key-removed", "key " + known.key() + " is no longer valid");
        } else if (known != null && key == null && door.keys().isNeeded()) {
            leave("key-removed", "a key is needed from now on");
        }
    }

    /** Ends before it began: there is too much to do. */
    void turnAway(String text) {
        send(new Message.Refused(Message.Refusal.BUSY, text));
        end = Message.Refusal.BUSY.text();
    }

    /** Ends from this side. */
    void leave(String why, String text) {
        if (end == null) {
            if (hello != null) {
                send(new Message.Goodbye(text));
            }
            end = why;
        }
    }

    private byte[] send(Message message) {
        byte[] octets = writer.write(message);
        out.addLast(ByteBuffer.wrap(octets));
        backlog += octets.length;
        return octets;
    }

    /** What is to be written next; null for nothing. Whoever writes says so by {@link #written}. */
    @Nullable
    ByteBuffer outgoing() {
        while (!out.isEmpty() && !out.getFirst().hasRemaining()) {
            out.removeFirst();
        }
        return out.peekFirst();
    }

    /** So many octets of it were written. */
    void written(int octets) {
        backlog -= octets;
        stuck &= octets == 0;
    }

    /** Whether it may be read from: not where the peer does not take what it is told. */
    boolean isListening() {
        return end == null && backlog < BACKLOG;
    }

    /** Why it ends, as a name for counters; null where it goes on. What is outgoing is still to be written. */
    @Nullable
    String end() {
        return end;
    }

    /** Whether its hello was taken. */
    boolean isOpen() {
        return hello != null && end == null;
    }

    /** Whether a frame has begun and not ended. */
    boolean isWithin() {
        return within;
    }

    /** The identity of the sender; only after its hello was taken. */
    String sender() {
        Message.Hello known = hello;
        if (known == null) {
            throw new IllegalStateException("nobody has said hello");
        }
        return known.sender();
    }

    /** What the sender is called; empty before its hello. */
    String name() {
        return hello == null ? "" : hello.name();
    }

    /** The number of its key; 0 for none. */
    int keyNumber() {
        return hello == null ? 0 : hello.key();
    }

    /** How many reports wait for their acknowledgement. */
    int unacknowledged() {
        return unacknowledged;
    }
}
