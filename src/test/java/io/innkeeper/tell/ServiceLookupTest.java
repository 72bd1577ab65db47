package io.innkeeper.tell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.wire.dns.DnsClass;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.Rdata;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Monitors found by records in the DNS. */
class ServiceLookupTest {
    private static final DnsName SERVICE = DnsName.of("_innkeeper-lease._tcp.home.arpa");
    private static final DnsName ONE = SERVICE.child("box");
    private static final DnsName OTHER = SERVICE.child("spare");
    private static final DnsName BOX = DnsName.of("box.home.arpa");
    private static final DnsName SPARE = DnsName.of("spare.home.arpa");

    private final List<DnsRecord> zone = new ArrayList<>();
    private final List<Question> asked = new ArrayList<>();

    private static DnsRecord srv(DnsName name, int priority, int weight, int port, DnsName target) {
        return new DnsRecord(name, RecordType.SRV, DnsClass.IN, 60, new Rdata.Srv(priority, weight, port, target));
    }

    private void fill() {
        zone.add(DnsRecord.host(SERVICE, RecordType.PTR, 60, ONE));
        zone.add(DnsRecord.host(SERVICE, RecordType.PTR, 60, OTHER));
        zone.add(srv(ONE, 20, 0, 50326, BOX));
        zone.add(srv(OTHER, 10, 0, 4000, SPARE));
        zone.add(DnsRecord.address(BOX, 60, IpAddress.parse("192.0.2.1").orElseThrow()));
        zone.add(DnsRecord.address(BOX, 60, IpAddress.parse("2001:db8::1").orElseThrow()));
        zone.add(DnsRecord.address(SPARE, 60, IpAddress.parse("192.0.2.2").orElseThrow()));
    }

    private List<DnsRecord> ask(Question question) {
        asked.add(question);
        return zone.stream()
                .filter(one -> one.name().equals(question.name()) && one.type() == question.type())
                .toList();
    }

    @Test
    void theLowestPriorityGoesFirst() throws IOException {
        fill();
        assertThat(new ServiceLookup(this::ask).find(SERVICE))
                .containsExactly(
                        new ServiceLookup.Place(IpAddress.parse("192.0.2.2").orElseThrow(), 4000),
                        new ServiceLookup.Place(IpAddress.parse("192.0.2.1").orElseThrow(), 50326),
                        new ServiceLookup.Place(IpAddress.parse("2001:db8::1").orElseThrow(), 50326));
    }

    @Test
    void whatCameAlongIsNotAskedAgain() throws IOException {
        fill();
        new ServiceLookup(question -> {
                    asked.add(question);
                    return question.type() == RecordType.PTR ? zone : List.of();
                })
                .find(SERVICE);
        assertThat(asked).extracting(Question::type).containsExactly(RecordType.PTR, RecordType.AAAA);
    }

    @Test
    void nothingThereIsSaid() {
        assertThatThrownBy(() -> new ServiceLookup(this::ask).find(SERVICE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("_innkeeper-lease._tcp.home.arpa");
    }

    /** A real socket: an answer of another number comes first, and is not believed. */
    @Test
    void overUdp() throws Exception {
        fill();
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(server));
            UdpResolver resolver = new UdpResolver(
                    List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort())),
                    new Random());
            assertThat(new ServiceLookup(resolver).find(SERVICE)).hasSize(3);
        }
    }

    private void serve(DatagramSocket server) {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                server.receive(packet);
                DnsMessage query = (DnsMessage) DnsMessage.parse(packet.getData(), 0, packet.getLength());
                DnsMessage answer = query.answer(0, 0, null);
                List<DnsRecord> records = ask(query.questions().getFirst());
                for (int id : List.of(answer.id() ^ 1, answer.id())) {
                    byte[] octets = new DnsMessage(
                                    id,
                                    answer.flags(),
                                    answer.questions(),
                                    id == answer.id() ? records : List.of(),
                                    List.of(),
                                    List.of(),
                                    null)
                            .write(512);
                    server.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }
}
