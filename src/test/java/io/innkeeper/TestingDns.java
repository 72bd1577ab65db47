package io.innkeeper;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An upstream on the loopback that has one IPv4 address for every name, but for those below {@code invalid}; and clients that
 * ask a server by UDP, each from an address of its own.
 */
public final class TestingDns implements AutoCloseable {
    /** What the upstream has for every name (RFC 5737). */
    public static final String ADDRESS = "198.51.100.7";

    private static final int PATIENCE_MS = 5_000;
    private static final long TTL_S = 300;

    private final DatagramSocket upstream;
    private final AtomicInteger asked = new AtomicInteger();

    private TestingDns(DatagramSocket upstream) {
        this.upstream = upstream;
    }

    /** Starts the upstream. */
    public static TestingDns start() {
        try {
            TestingDns made =
                    new TestingDns(new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0)));
            Thread.ofVirtual().start(made::serve);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A section of the configuration that forwards to this upstream, with more in it. */
    public String section(String more) {
        return """
                dns:
                  listen: 127.0.0.1:0
                  upstreams: [udp://127.0.0.1:%d]
                %s""".formatted(upstream.getLocalPort(), more.indent(2));
    }

    /** How often it was asked. */
    public int asked() {
        return asked.get();
    }

    private void serve() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
                upstream.receive(packet);
                asked.incrementAndGet();
                byte[] reply = answer((DnsMessage) DnsMessage.parse(packet.getData(), 0, packet.getLength()));
                upstream.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static byte[] answer(DnsMessage query) {
        Question question = query.questions().getFirst();
        boolean known = !question.name().isUnder(DnsName.of("invalid"));
        DnsMessage answer =
                query.answer(DnsMessage.RECURSION_AVAILABLE, known ? Rcode.NOERROR : Rcode.NXDOMAIN, query.edns());
        boolean address = known && question.type() == RecordType.A;
        return (address
                        ? answer.withAnswers(List.of(DnsRecord.address(
                                question.name(), TTL_S, IpAddress.parse(ADDRESS).orElseThrow())))
                        : answer)
                .write(DnsMessage.MAX_LENGTH);
    }

    /** The port on which the server of a program answers, once it does. */
    public static int port(TestingApp app) {
        String summary = await("the DNS server answers")
                .atMost(20, SECONDS)
                .until(() -> app.get("api/v1/dns/status").json().path("summary").asString(), text -> !text.isEmpty());
        return Integer.parseInt(summary.substring(summary.lastIndexOf(':') + 1));
    }

    /** Asks for addresses, from an address of the loopback. */
    public static DnsMessage ask(int port, String from, String name) {
        return ask(port, from, name, RecordType.A);
    }

    /** Asks, from an address of the loopback. */
    public static DnsMessage ask(int port, String from, String name, int type) {
        byte[] query = DnsMessage.query(
                        port & 0xffff, DnsMessage.RECURSION_DESIRED, new Question(DnsName.of(name), type, 1), null)
                .write(DnsMessage.MIN_UDP_LENGTH);
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(from), 0))) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.send(new DatagramPacket(
                    query, query.length, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port)));
            DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
            socket.receive(packet);
            byte[] reply = Arrays.copyOf(packet.getData(), packet.getLength());
            return (DnsMessage) DnsMessage.parse(reply, 0, reply.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first record of an answer, such as {@code 198.51.100.7}; empty where there is none. */
    public static String first(DnsMessage answer) {
        return answer.answers().isEmpty()
                ? ""
                : answer.answers().getFirst().data().text();
    }

    @Override
    public void close() {
        upstream.close();
    }
}
