package io.innkeeper;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.ReverseQuestion;
import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the names of addresses, and hears the answers. Each question has a socket of its own, and so a port that nobody
 * guesses; what comes from elsewhere than from whom was asked is dropped. Belongs to one thread.
 */
final class ReverseLookups implements AutoCloseable {
    /** The group of multicast DNS, and the port (RFC 6762 §3). */
    static final int MDNS_PORT = 5353;

    /** Questions that are open at a time. */
    static final int MOST_OPEN = 64;

    private static final byte[] MDNS_GROUP = {(byte) 224, 0, 0, (byte) 251};
    private static final int MAX_LENGTH = 9_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    /**
     * An answer.
     *
     * @param address that was asked for
     * @param name of it; null where there is none
     * @param subject that the question was about
     */
    record Answer(IpAddress address, @Nullable DnsName name, Object subject) {}

    private record Open(ReverseQuestion question, InetSocketAddress from, long untilNanos, Object subject) {}

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_LENGTH);

    /** @throws IOException if the system gives none */
    ReverseLookups() throws IOException {
        selector = Selector.open();
    }

    /**
     * Asks a name server, or the responder of a device.
     *
     * @param subject comes back with the answer
     * @return false where too many questions are open
     * @throws IOException if it cannot be sent
     */
    boolean ask(ReverseQuestion question, InetSocketAddress whom, Object subject, long nowNanos) throws IOException {
        return send(question, whom, whom, null, subject, nowNanos);
    }

    /**
     * Asks everybody on the link; only the device that has the address is listened to.
     *
     * @param link the number of its interface
     * @param subject comes back with the answer
     * @return false where too many questions are open, or there is no such interface
     * @throws IOException if it cannot be sent
     */
    boolean askLink(ReverseQuestion question, int link, Object subject, long nowNanos) throws IOException {
        NetworkInterface through = NetworkInterface.getByIndex(link);
        InetSocketAddress group = new InetSocketAddress(InetAddress.getByAddress(MDNS_GROUP), MDNS_PORT);
        InetSocketAddress device = new InetSocketAddress(inet(question.address()), MDNS_PORT);
        return through != null && send(question, group, device, through, subject, nowNanos);
    }

    private boolean send(
            ReverseQuestion question,
            InetSocketAddress to,
            InetSocketAddress from,
            @Nullable NetworkInterface through,
            Object subject,
            long nowNanos)
            throws IOException {
        if (selector.keys().size() >= MOST_OPEN) {
            return false;
        }
        DatagramChannel channel = DatagramChannel.open();
        try {
            if (through != null) {
                channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, through);
                channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 255);
                channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
            }
            channel.bind(null);
            channel.configureBlocking(false);
            channel.send(ByteBuffer.wrap(question.query()), to);
            channel.register(
                    selector, SelectionKey.OP_READ, new Open(question, from, nowNanos + PATIENCE_NANOS, subject));
            return true;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** An address as Java has it. */
    static InetAddress inet(IpAddress address) throws IOException {
        return InetAddress.getByName(address.toString());
    }

    /**
     * The answers that came; waits for the first, but not longer than this. Questions that stayed without one are closed.
     *
     * @throws IOException if the system does not let it wait
     */
    List<Answer> await(long timeoutMs, long nowNanos) throws IOException {
        for (SelectionKey key : List.copyOf(selector.keys())) {
            if (key.isValid() && nowNanos - open(key).untilNanos() >= 0) {
                key.channel().close();
            }
        }
        List<Answer> answers = new ArrayList<>();
        selector.select(key -> receive(key).ifPresent(answers::add), Math.max(1, timeoutMs));
        return answers;
    }

    private static Open open(SelectionKey key) {
        return (Open) key.attachment();
    }

    private Optional<Answer> receive(SelectionKey key) {
        Open open = open(key);
        DatagramChannel channel = (DatagramChannel) key.channel();
        try {
            buffer.clear();
            InetSocketAddress sender = (InetSocketAddress) channel.receive(buffer);
            ReverseQuestion question = open.question();
            if (sender == null
                    || !sender.equals(open.from())
                    || !question.isAnswered(buffer.array(), buffer.position())) {
                return Optional.empty();
            }
            DnsName name = question.name(buffer.array(), buffer.position()).orElse(null);
            channel.close();
            return Optional.of(new Answer(question.address(), name, open.subject()));
        } catch (IOException e) {
            // The port is closed over there; the question ends with its time.
            return Optional.empty();
        }
    }

    /** Ends a wait, from any thread. */
    void wake() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : List.copyOf(selector.keys())) {
            key.channel().close();
        }
        selector.close();
    }
}
