package io.innkeeper.dns.forward;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One TCP or TLS connection. One thread sends, another one reads; answers may come in any order. */
final class StreamConnection implements AutoCloseable {
    /** Questions at once. */
    static final int MOST_OPEN = 512;

    /** So long nothing comes, then it is closed. */
    static final int IDLE_MS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(StreamConnection.class);

    private static final int IDS = 1 << 16;

    /** Who hears of what was not answered. */
    interface Lost {
        void lost(List<StreamLink.Outgoing> unanswered, boolean wasInUse, String why);
    }

    private final Socket socket;
    private final int upstream;
    private final Consumer<Incoming> sink;
    private final Lost lost;

    /** By the id on this connection, which is not that of the message: here nobody has to be kept from guessing. */
    private final Map<Integer, StreamLink.Outgoing> unanswered = new ConcurrentHashMap<>();

    private int nextId;
    private volatile boolean answered;
    private volatile boolean ended;

    StreamConnection(Socket socket, int upstream, Consumer<Incoming> sink, Lost lost) throws IOException {
        this.socket = socket;
        this.upstream = upstream;
        this.sink = sink;
        this.lost = lost;
        socket.setSoTimeout(IDLE_MS);
    }

    boolean takesMore() {
        return !ended;
    }

    void send(StreamLink.Outgoing next) {
        if (unanswered.size() >= MOST_OPEN) {
            lost.lost(List.of(next), false, "too many questions are open");
            return;
        }
        int id = freeId();
        unanswered.put(id, next);
        try {
            OutputStream out = socket.getOutputStream();
            out.write(framed(next.sending().message(), id));
            out.flush();
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
        }
        if (ended) {
            // The reader may have looked before this one was there.
            end("connection closed");
        }
    }

    private int freeId() {
        do {
            nextId = (nextId + 1) % IDS;
        } while (unanswered.containsKey(nextId));
        return nextId;
    }

    private static byte[] framed(byte[] message, int id) {
        byte[] framed = new byte[2 + message.length];
        QueryMessage.put(framed, 0, message.length);
        System.arraycopy(message, 0, framed, 2, message.length);
        QueryMessage.put(framed, 2, id);
        return framed;
    }

    /** Reads until it ends. */
    void read() {
        String why = "connection closed";
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            while (true) {
                byte[] message = new byte[in.readUnsignedShort()];
                in.readFully(message);
                if (message.length < QueryMessage.HEADER) {
                    why = "a message too short";
                    break;
                }
                heard(message);
            }
        } catch (SocketTimeoutException _) {
            why = "nothing came for long";
        } catch (IOException e) {
            LOG.trace("ends", e);
        }
        end(why);
    }

    private void heard(byte[] message) {
        StreamLink.Outgoing asked = unanswered.remove(QueryMessage.id(message));
        if (asked != null) {
            answered = true;
            QueryMessage.put(message, 0, QueryMessage.id(asked.sending().message()));
            sink.accept(new Reply(upstream, asked.sending().ticket(), message));
        }
    }

    private void end(String why) {
        ended = true;
        close();
        List<StreamLink.Outgoing> left = new ArrayList<>();
        for (Integer id : List.copyOf(unanswered.keySet())) {
            StreamLink.Outgoing one = unanswered.remove(id);
            if (one != null) {
                left.add(one);
            }
        }
        if (!left.isEmpty()) {
            lost.lost(left, answered, why);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.trace("closing", e);
        }
    }
}
