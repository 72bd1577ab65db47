package io.innkeeper.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransportsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    /** Made once: keytool takes a while. */
    private static SSLContext tls;

    private final LocalUpstream upstream = new LocalUpstream();
    private final List<Incoming> heard = Collections.synchronizedList(new ArrayList<>());
    private final Random random = new Random(7);
    private @Nullable Transports transports;

    @BeforeAll
    static void certificate(@TempDir Path folder) throws Exception {
        tls = LocalUpstream.certificate(folder);
    }

    @AfterEach
    void close() throws Exception {
        if (transports != null) {
            transports.close();
        }
        upstream.close();
    }

    private Transports to(SSLContext tls, String... addresses) throws Exception {
        List<UpstreamAddress> upstreams = Stream.of(addresses)
                .map(text -> UpstreamAddress.parse(text).orElseThrow())
                .toList();
        Transports made = new Transports(upstreams, tls, heard::add);
        transports = made;
        return made;
    }

    private Transports to(String... addresses) throws Exception {
        return to(SSLContext.getDefault(), addresses);
    }

    private Sending query(long ticket, boolean stream) {
        byte[] message = QueryMessage.write(
                random.nextInt(65_536),
                ForwardScene.a("host" + ticket + ".example"),
                new QueryMessage.Form(true, false, false, true, false),
                random::nextInt);
        return new Sending(0, ticket, message, stream);
    }

    private List<Sending> sendAll(Transports to, int count, boolean stream) {
        List<Sending> sent = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Sending sending = query(i, stream);
            sent.add(sending);
            to.send(sending);
        }
        return sent;
    }

    /** Each got the answer to its own question. */
    private void allAnswered(List<Sending> sent) {
        await().atMost(LONG).until(() -> heard.size() >= sent.size());
        assertThat(heard).hasSize(sent.size()).allSatisfy(one -> {
            assertThat(one).isInstanceOf(Reply.class);
            Reply reply = (Reply) one;
            Sending sending = sent.get((int) reply.ticket() - 1);
            int nameLength = DnsName.of("host" + sending.ticket() + ".example").length();
            assertThat(QueryMessage.match(sending.message(), reply.message(), nameLength))
                    .isEqualTo(QueryMessage.Match.SAME);
        });
    }

    private String onlyFailure() {
        await().atMost(LONG).until(() -> !heard.isEmpty());
        assertThat(heard).hasSize(1).first().isInstanceOf(Failed.class);
        return ((Failed) heard.getFirst()).why();
    }

    @Test
    void udpGoesByManyPorts() throws Exception {
        upstream.guessing = true;
        Transports to = to("udp://127.0.0.1:" + upstream.udp());
        allAnswered(sendAll(to, 60, false));
        assertThat(new HashSet<>(upstream.sourcePorts)).as("ports").hasSizeGreaterThan(50);
        assertThat(upstream.sourcePorts).allSatisfy(port -> assertThat(port).isGreaterThanOrEqualTo(UdpPort.LOWEST));
        assertThat(to.strangers()).as("answers with ids that nobody sent").isPositive();
    }

    @Test
    @Tag("slow")
    void portsAreBounded() throws Exception {
        Transports to = to("udp://127.0.0.1:" + upstream.udp());
        for (int round = 0; round < 60; round++) {
            heard.clear();
            allAnswered(sendAll(to, 100, false));
        }
        int ports = new HashSet<>(upstream.sourcePorts).size();
        assertThat(ports).as("6000 messages, 64 each").isBetween(80, 400);
    }

    @Test
    void nobodyThereIsHeardOf() throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        to("udp://127.0.0.1:" + port).send(query(1, false));
        assertThat(onlyFailure()).isNotEmpty();
    }

    @Test
    void tcpCarriesSeveralAndTakesAnswersInAnyOrder() throws Exception {
        Transports to = to("tcp://127.0.0.1:" + upstream.tcp(20));
        allAnswered(sendAll(to, 20, false));
        assertThat(upstream.connections).hasValue(1);
        assertThat(((Reply) heard.getFirst()).ticket())
                .as("the last is answered first")
                .isEqualTo(20);
    }

    @Test
    void aConnectionThatWasClosedIsMadeAgain() throws Exception {
        Transports to = to("tcp://127.0.0.1:" + upstream.tcp(5));
        for (int round = 1; round <= 4; round++) {
            heard.clear();
            allAnswered(sendAll(to, 5, false));
        }
        assertThat(upstream.connections.get()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aUdpUpstreamIsAskedByTcpOnWish() throws Exception {
        Transports to = to("udp://127.0.0.1:" + upstream.tcp(0));
        allAnswered(sendAll(to, 3, true));
    }

    @Test
    void noConnectionFails() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        to("tcp://127.0.0.1:" + port).send(query(1, false));
        assertThat(onlyFailure()).containsIgnoringCase("refused");
    }

    @Test
    void tlsWithTheRightName() throws Exception {
        int port = upstream.stream(
                tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), 10);
        allAnswered(sendAll(to(tls, "tls://127.0.0.1:" + port + "#dns.example"), 10, false));
        heard.clear();
        allAnswered(sendAll(to(tls, "tls://127.0.0.1:" + port), 10, false));
        heard.clear();
        to(tls, "tls://127.0.0.1:" + port + "#other.example").send(query(1, false));
        assertThat(onlyFailure()).contains("other.example");
    }

    @Test
    void tlsWithACertificateThatNobodyKnows() throws Exception {
        int port = upstream.stream(
                tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), 1);
        to("tls://127.0.0.1:" + port + "#dns.example").send(query(1, false));
        assertThat(onlyFailure()).containsIgnoringCase("cert");
    }

    @Test
    void https() throws Exception {
        int port = upstream.https(tls);
        allAnswered(sendAll(to(tls, "https://127.0.0.1:" + port + "/dns-query"), 20, false));
        heard.clear();
        to(tls, "https://127.0.0.1:" + port + "/broken").send(query(1, false));
        assertThat(onlyFailure()).isEqualTo("HTTP status 500");
        heard.clear();
        to(tls, "https://127.0.0.1:" + port + "/text").send(query(1, false));
        assertThat(onlyFailure()).isEqualTo("no DNS message over HTTPS");
        heard.clear();
        to("https://127.0.0.1:" + port + "/dns-query").send(query(1, false));
        assertThat(onlyFailure()).isNotEmpty();
    }

    @Test
    void closedOnesSayNothing() throws Exception {
        Transports to = to("udp://127.0.0.1:" + upstream.udp(), "tcp://127.0.0.1:" + upstream.tcp(0));
        sendAll(to, 5, false);
        to.close();
        int before = heard.size();
        to.send(query(9, false));
        to.send(query(9, true));
        assertThat(heard).hasSize(before);
    }

    @Test
    void aForwarderTalksToARealUpstream() throws Exception {
        UpstreamAddress address =
                UpstreamAddress.parse("127.0.0.1:" + upstream.udp()).orElseThrow();
        ForwardPlan plan = new ForwardPlan(
                List.of(address), List.of(new Route(DnsName.ROOT, List.of(0))), 1, 1_500, 5_000, 10, false);
        Forwarder<String> forwarder = new Forwarder<>(plan, random::nextInt);
        Transports to = to(address.text());
        forwarder.ask(ForwardScene.a("www.example"), "ann", 0);
        forwarder.sendings().forEach(to::send);
        await().atMost(LONG).until(() -> !heard.isEmpty());
        forwarder.received(heard.getFirst(), 1);
        Settled<String> settled = forwarder.settled().getFirst();
        assertThat(settled.outcome()).isEqualTo(Outcome.ANSWERED);
        byte[] response = java.util.Objects.requireNonNull(settled.response());
        assertThat(((DnsMessage) DnsMessage.parse(response, 0, response.length)).answers())
                .hasSize(1);
    }
}
