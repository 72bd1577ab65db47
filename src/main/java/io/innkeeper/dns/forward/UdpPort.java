package io.innkeeper.dns.forward;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One port of ours that talks to one upstream only: the kernel drops what comes from elsewhere. Of one thread. */
final class UdpPort {
    /** So many messages, then it takes no more. */
    static final int MOST_USES = 64;

    /** So old, then it takes no more. */
    static final long OLDEST_MS = 5_000;

    /** Ports below are left to others. */
    static final int LOWEST = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger(UdpPort.class);

    private static final int PORTS = 65_536;
    private static final int BINDS = 8;

    /** What was answered is kept a little: the first answer may be forged, and the right one still to come. */
    private static final long AFTER_ANSWERS_MS = 1_000;

    private static final long AFTER_ALL_MS = ForwardPlan.DEADLINE_MS + 1_000;

    private final int upstream;
    private final InetSocketAddress to;
    private final DatagramChannel channel;
    private final long openedAtMs;

    /** What was sent by it, by id. */
    private final Map<Integer, Sending> sent = new HashMap<>();

    /** Ids of them that no answer came to. */
    private final Map<Integer, Boolean> unanswered = new HashMap<>();

    private long retiredAtMs;

    private UdpPort(int upstream, InetSocketAddress to, DatagramChannel channel, long openedAtMs) {
        this.upstream = upstream;
        this.to = to;
        this.channel = channel;
        this.openedAtMs = openedAtMs;
    }

    static UdpPort open(Selector selector, int upstream, InetSocketAddress to, SecureRandom random, long nowMs)
            throws IOException {
        boolean v6 = to.getAddress() instanceof Inet6Address;
        DatagramChannel channel = DatagramChannel.open(v6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            bind(channel, random);
            channel.connect(to);
            channel.configureBlocking(false);
            UdpPort port = new UdpPort(upstream, to, channel, nowMs);
            channel.register(selector, SelectionKey.OP_READ, port);
            return port;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof IOException io ? io : new IOException(e);
        }
    }

    private static void bind(DatagramChannel channel, SecureRandom random) throws IOException {
        for (int i = 0; i < BINDS; i++) {
            try {
                channel.bind(new InetSocketAddress(LOWEST + random.nextInt(PORTS - LOWEST)));
                return;
            } catch (IOException e) {
                LOG.trace("taken", e);
            }
        }
        channel.bind(null);
    }

    int upstream() {
        return upstream;
    }

    /** True if a message can go by it: to the same place, and its id is free. */
    boolean fits(Sending sending, InetSocketAddress place) {
        return to.equals(place) && !sent.containsKey(QueryMessage.id(sending.message()));
    }

    void send(Sending sending) throws IOException {
        int id = QueryMessage.id(sending.message());
        sent.put(id, sending);
        unanswered.put(id, true);
        ByteBuffer bytes = ByteBuffer.wrap(sending.message());
        int written;
        try {
            written = channel.write(bytes);
        } catch (IOException e) {
            // What the kernel tells here may be about an earlier message.
            LOG.trace("again", e);
            written = channel.write(bytes);
        }
        if (written == 0) {
            unanswered.remove(id);
            throw new IOException("the socket takes no more");
        }
    }

    void read(ByteBuffer buffer, Consumer<Incoming> sink, LongAdder strangers) {
        try {
            while (channel.read(buffer.clear()) > 0) {
                buffer.flip();
                byte[] message = new byte[buffer.remaining()];
                buffer.get(message);
                Sending sending = message.length < 2 ? null : sent.get(QueryMessage.id(message));
                if (sending == null) {
                    strangers.increment();
                } else {
                    unanswered.remove(QueryMessage.id(message));
                    sink.accept(new Reply(upstream, sending.ticket(), message));
                }
            }
        } catch (IOException e) {
            // Such as "port unreachable": nobody is there.
            String why = e.getMessage() == null ? "port unreachable" : e.getMessage();
            for (int id : unanswered.keySet()) {
                Sending lost = sent.get(id);
                if (lost != null) {
                    sink.accept(new Failed(upstream, lost.ticket(), why));
                }
            }
            unanswered.clear();
        }
    }

    /** True when it is to take no more. */
    boolean used(long nowMs) {
        return sent.size() >= MOST_USES || nowMs - openedAtMs >= OLDEST_MS;
    }

    void retire(long nowMs) {
        retiredAtMs = nowMs;
    }

    /** Closes one that was retired, when nothing is to be expected any more. */
    boolean closeIfDone(long nowMs) {
        long pause = unanswered.isEmpty() ? AFTER_ANSWERS_MS : AFTER_ALL_MS;
        boolean done = nowMs - retiredAtMs >= pause;
        if (done) {
            close();
        }
        return done;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing", e);
        }
    }
}
