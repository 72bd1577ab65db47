package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.io.FrameBatch;
import io.innkeeper.io.LinkPort;
import io.innkeeper.io.LinuxLinkPort;
import io.innkeeper.io.LinuxUdpPort;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.io.PacketFilter;
import io.innkeeper.io.ReceiveBatch;
import io.innkeeper.io.SendBatch;
import io.innkeeper.io.UdpPort;
import io.innkeeper.wire.ethernet.ArpPacket;
import io.innkeeper.wire.ethernet.EthernetFrame;
import io.innkeeper.wire.ethernet.UdpDatagram;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames and broadcasts over a cable between two network namespaces, with the kernel at the other end. */
@Timeout(60)
class LinkPeerTest {
    private static final int PATIENCE_MS = 10_000;
    private static final int SERVER = 0xc0a84d01;
    private static final int CLIENT = 0xc0a84d32;
    private static final int EVERYBODY = -1;

    private final FrameBatch frames = new FrameBatch();
    private final ReceiveBatch packets = new ReceiveBatch();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Namespaces network = Namespaces.create();
    private LocalNetworks.Interface server;
    private LocalNetworks.Interface client;

    LinkPeerTest() throws Exception {
        open.add(network);
        server = network.atServer(LocalNetworks::read)
                .byName(Namespaces.SERVER_INTERFACE)
                .orElseThrow();
        client = network.atClient(LocalNetworks::read)
                .byName(Namespaces.CLIENT_INTERFACE)
                .orElseThrow();
    }

    @BeforeEach
    void bothEndsAreUp() throws Exception {
        org.awaitility.Awaitility.await()
                .until(() -> network.atServer(LocalNetworks::read)
                        .byName(Namespaces.SERVER_INTERFACE)
                        .orElseThrow()
                        .up());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private LinkPort serverLink(PacketFilter filter) throws Exception {
        return kept(network.atServer(() -> LinuxLinkPort.open(filter, 0)));
    }

    private UdpPort serverUdp(int address, int port) throws Exception {
        return kept(network.atServer(() -> LinuxUdpPort.open(address, port)));
    }

    private UdpPort clientUdp(int address, int port) throws Exception {
        return kept(network.atClient(() -> LinuxUdpPort.open(address, port)));
    }

    private <T extends AutoCloseable> T kept(T port) {
        open.add(port);
        return port;
    }

    private static MacAddress mac(LocalNetworks.Interface one) {
        MacAddress mac = one.mac();
        assertThat(mac).isNotNull();
        return java.util.Objects.requireNonNull(mac);
    }

    private void addressOfClient(String address) {
        Programs.run(
                network.onClient(Programs.find("ip"), "address", "add", address, "dev", Namespaces.CLIENT_INTERFACE));
    }

    private static SendBatch packet(String text, int to, int port, int link) {
        SendBatch batch = new SendBatch();
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        batch.add(payload, payload.length, to, port, 0, link);
        return batch;
    }

    /** A DHCP reply's frame to the client, as from the server. */
    private byte[] frame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[UdpDatagram.HEADERS + payload.length];
        EthernetFrame ethernet = new EthernetFrame(mac(client), mac(server), EthernetFrame.IPV4);
        UdpDatagram.writeFrame(ethernet, SERVER, 67, CLIENT, 68, payload, payload.length, frame);
        return frame;
    }

    private static void send(LinkPort port, int interfaceIndex, byte[] frame, int expected) {
        FrameBatch batch = new FrameBatch();
        batch.add(interfaceIndex, frame, frame.length);
        assertThat(port.send(batch)).isEqualTo(expected);
    }

    private String text(int index) {
        return new String(packets.bytes(index), 0, packets.length(index), StandardCharsets.US_ASCII);
    }

    @Test
    void aFrameToAHardwareAddressReachesAnOrdinarySocket() throws Exception {
        addressOfClient("192.168.77.50/24");
        UdpPort listening = clientUdp(0, 68);
        LinkPort link = serverLink(PacketFilter.nothing());
        byte[] wrong = frame("wrong");
        wrong[UdpDatagram.HEADERS] ^= 1;
        send(link, server.index(), wrong, 1);
        send(link, server.index(), frame("right"), 1);
        // The kernel at the other end looks at the checksum: the wrong one does not come.
        assertThat(listening.receive(packets, PATIENCE_MS)).isEqualTo(1);
        assertThat(text(0)).isEqualTo("right");
        assertThat(packets.fromAddress(0)).isEqualTo(SERVER);
        assertThat(packets.fromPort(0)).isEqualTo(67);
        assertThat(packets.toAddress(0)).isEqualTo(CLIENT);
        assertThat(packets.interfaceIndex(0)).isEqualTo(client.index());
    }

    @Test
    void aFrameForAnInterfaceThatIsNotThereIsCounted() throws Exception {
        LinkPort link = serverLink(PacketFilter.nothing());
        send(link, 12_345, frame("lost"), 0);
        assertThat(link.failed()).isEqualTo(1);
        assertThat(link.lastFailure()).isNotEmpty();
        send(link, server.index(), frame("fine"), 1);
    }

    @Test
    void aBroadcastOfAClientWithoutAnAddressComesWithItsInterface() throws Exception {
        UdpPort listening = serverUdp(0, 67);
        assertThat(clientUdp(0, 68).send(packet("discover", EVERYBODY, 67, client.index())))
                .isEqualTo(1);
        assertThat(listening.receive(packets, PATIENCE_MS)).isEqualTo(1);
        assertThat(text(0)).isEqualTo("discover");
        assertThat(packets.fromAddress(0)).isZero();
        assertThat(packets.fromPort(0)).isEqualTo(68);
        assertThat(packets.toAddress(0)).isEqualTo(EVERYBODY);
        assertThat(packets.interfaceIndex(0)).isEqualTo(server.index());
    }

    @Test
    void aBroadcastLeavesByTheInterfaceAskedFor() throws Exception {
        addressOfClient("192.168.77.50/24");
        UdpPort listening = clientUdp(0, 68);
        UdpPort sending = serverUdp(0, 67);
        sending.send(packet("to loopback", EVERYBODY, 68, 1));
        sending.send(packet("to the lan", EVERYBODY, 68, server.index()));
        assertThat(listening.receive(packets, PATIENCE_MS)).isEqualTo(1);
        assertThat(text(0)).isEqualTo("to the lan");
        assertThat(packets.fromAddress(0)).isEqualTo(SERVER);
    }

    @Test
    void anArpProbeIsAnsweredByTheKernelThatHasTheAddress() throws Exception {
        addressOfClient("192.168.77.50/24");
        LinkPort link = serverLink(PacketFilter.arp());
        byte[] probe = new byte[ArpPacket.FRAME];
        ArpPacket.probe(mac(server), CLIENT).writeFrame(probe);
        send(link, server.index(), probe, 1);
        assertThat(link.receive(frames, PATIENCE_MS)).isEqualTo(1);
        ArpPacket answer = ArpPacket.parse(frames.bytes(0), frames.length(0)).orElseThrow();
        assertThat(answer).isEqualTo(new ArpPacket(ArpPacket.Operation.REPLY, mac(client), CLIENT, mac(server), 0));
        assertThat(frames.interfaceIndex(0)).isEqualTo(server.index());
        assertThat(frames.kind(0)).isEqualTo(FrameBatch.Kind.HOST);
    }

    @Test
    void theFilterForArpHearsNothingElse() throws Exception {
        addressOfClient("192.168.77.50/24");
        LinkPort link = serverLink(PacketFilter.arp());
        UdpPort sending = clientUdp(0, 68);
        sending.send(packet("not ARP", EVERYBODY, 67, client.index()));
        // To a neighbour nobody knows: the client's kernel asks by ARP.
        sending.send(packet("x", 0xc0a84dee, 9, 0));
        assertThat(link.receive(frames, PATIENCE_MS)).isEqualTo(1);
        assertThat(ArpPacket.parse(frames.bytes(0), frames.length(0))
                        .orElseThrow()
                        .targetAddress())
                .isEqualTo(0xc0a84dee);
        assertThat(frames.kind(0)).isEqualTo(FrameBatch.Kind.BROADCAST);
    }

    @Test
    void theFilterForDhcpHearsBothDirectionsAndNothingElse() throws Exception {
        addressOfClient("192.168.77.50/24");
        LinkPort link = serverLink(PacketFilter.dhcp());
        UdpPort other = clientUdp(CLIENT, 4_000);
        other.send(packet("not DHCP", SERVER, 4_001, 0));
        clientUdp(0, 68).send(packet("discover", EVERYBODY, 67, client.index()));
        assertThat(next(link)).isEqualTo("68>67 discover");
        assertThat(frames.kind(0)).isEqualTo(FrameBatch.Kind.BROADCAST);
        serverUdp(0, 67).send(packet("offer", CLIENT, 68, 0));
        assertThat(next(link)).isEqualTo("67>68 offer");
        assertThat(frames.kind(0)).isEqualTo(FrameBatch.Kind.OUTGOING);
        other.send(packet("to a relay", SERVER, 67, 0));
        assertThat(next(link)).isEqualTo("4000>67 to a relay");
        other.send(packet("to a client", SERVER, 68, 0));
        assertThat(next(link)).isEqualTo("4000>68 to a client");
    }

    /** The next frame as text; these come without a UDP checksum over a virtual cable, and are read all the same. */
    private String next(LinkPort link) throws IOException {
        assertThat(link.receive(frames, PATIENCE_MS)).isEqualTo(1);
        UdpDatagram udp = UdpDatagram.parse(frames.bytes(0), frames.length(0)).orElseThrow();
        String text = new String(frames.bytes(0), udp.offset(), udp.length(), StandardCharsets.US_ASCII);
        return udp.sourcePort() + ">" + udp.destinationPort() + " " + text;
    }

    @Test
    void theFilterForRepliesHearsOtherServersOnly() throws Exception {
        addressOfClient("192.168.77.50/24");
        LinkPort link = serverLink(PacketFilter.dhcpReplies());
        UdpPort rogue = clientUdp(0, 67);
        rogue.send(packet("\1 a relayed request", EVERYBODY, 67, client.index()));
        serverUdp(0, 67).send(packet("\2 our own", CLIENT, 68, 0));
        clientUdp(0, 68).send(packet("\2 not from a server", SERVER, 67, 0));
        rogue.send(packet("\2 offer", EVERYBODY, 68, client.index()));
        assertThat(next(link)).isEqualTo("67>68 \2 offer");
    }

    @Test
    void framesOfAVlanAreNotHeardOnTheInterfaceThatCarriesIt() throws Exception {
        LinkPort link = serverLink(PacketFilter.dhcp());
        LinkPort sending = kept(network.atClient(() -> LinuxLinkPort.open(PacketFilter.nothing(), 0)));
        byte[] plain = frame("beside the VLAN");
        byte[] tagged = tagged(plain);
        send(sending, client.index(), tagged, 1);
        send(sending, client.index(), plain, 1);
        assertThat(next(link)).isEqualTo("67>68 beside the VLAN");
        // Sent to the client's own address from the client's side: for somebody else, seen from the server's.
        assertThat(frames.kind(0)).isEqualTo(FrameBatch.Kind.OTHER_HOST);
    }

    /** The same frame in VLAN 10 (IEEE 802.1Q). */
    private static byte[] tagged(byte[] plain) {
        byte[] tagged = new byte[plain.length + 4];
        System.arraycopy(plain, 0, tagged, 0, 12);
        System.arraycopy(new byte[] {(byte) 0x81, 0, 0, 10}, 0, tagged, 12, 4);
        System.arraycopy(plain, 12, tagged, 16, plain.length - 12);
        return tagged;
    }

    /** The kernel takes the tag off where it knows of no such VLAN, and shows the frame to who listens for what was in it. */
    @Test
    void framesOfAVlanThatIsNotHereAreNotHeardEither() throws Exception {
        LinkPort link = serverLink(PacketFilter.arp());
        LinkPort replies = serverLink(PacketFilter.dhcpReplies());
        LinkPort sending = kept(network.atClient(() -> LinuxLinkPort.open(PacketFilter.nothing(), 0)));
        byte[] other = new byte[ArpPacket.FRAME];
        ArpPacket.announcement(mac(client), CLIENT + 1).writeFrame(other);
        byte[] plain = new byte[ArpPacket.FRAME];
        ArpPacket.announcement(mac(client), CLIENT).writeFrame(plain);
        send(sending, client.index(), tagged(other), 1);
        send(sending, client.index(), plain, 1);
        assertThat(link.receive(frames, PATIENCE_MS)).isEqualTo(1);
        assertThat(ArpPacket.parse(frames.bytes(0), frames.length(0))
                        .orElseThrow()
                        .senderAddress())
                .isEqualTo(CLIENT);
        send(sending, client.index(), tagged(offer("\2 in the VLAN")), 1);
        send(sending, client.index(), offer("\2 beside the VLAN"), 1);
        assertThat(next(replies)).isEqualTo("67>68 \2 beside the VLAN");
    }

    /** A reply to everybody, as from another server. */
    private byte[] offer(String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[UdpDatagram.HEADERS + payload.length];
        EthernetFrame ethernet = new EthernetFrame(EthernetFrame.BROADCAST, mac(client), EthernetFrame.IPV4);
        UdpDatagram.writeFrame(ethernet, CLIENT, 67, EVERYBODY, 68, payload, payload.length, frame);
        return frame;
    }

    private static void run(List<String> prefix, String... more) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(more));
        Programs.run(all);
    }

    @Test
    void onePortForOneInterfaceHearsThatOneOnly() throws Exception {
        LinkPort loopback = kept(network.atServer(() -> LinuxLinkPort.open(PacketFilter.dhcp(), 1)));
        LinkPort lan = kept(network.atServer(() -> LinuxLinkPort.open(PacketFilter.dhcp(), server.index())));
        clientUdp(0, 68).send(packet("x", EVERYBODY, 67, client.index()));
        assertThat(next(lan)).isEqualTo("68>67 x");
        assertThat(loopback.receive(frames, 0)).isZero();
        assertThatThrownBy(() -> network.atServer(() -> LinuxLinkPort.open(PacketFilter.arp(), 12_345)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("12345");
    }

    @Test
    void theInterfacesAreThoseOfTheNamespace() throws Exception {
        run(
                network.onServer(Programs.find("ip")),
                "address",
                "add",
                "192.168.78.1/25",
                "dev",
                Namespaces.SERVER_INTERFACE);
        LocalNetworks all = network.atServer(LocalNetworks::read);
        LocalNetworks.Interface lan = all.byName(Namespaces.SERVER_INTERFACE).orElseThrow();
        assertThat(all.byIndex()).containsEntry(lan.index(), lan);
        assertThat(lan.addresses4()).containsExactly(SERVER, 0xc0a84e01);
        assertThat(lan.up()).isTrue();
        assertThat(lan.loopback()).isFalse();
        assertThat(all.prefixes().toString()).contains("192.168.77.0/24", "192.168.78.0/25");
        assertThat(all.byName("lo").orElseThrow().loopback()).isTrue();
        assertThat(all.byName("lo").orElseThrow().mac()).isNull();
        assertThat(client.addresses4()).isEmpty();
    }

    @Test
    void missingRightsAreExplained() {
        assertThatThrownBy(() -> network.atServerAsNobody(() -> LinuxUdpPort.open(0, 67)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot listen on 0.0.0.0:67: ")
                .hasMessageContaining("AmbientCapabilities=CAP_NET_BIND_SERVICE");
        assertThatThrownBy(() -> network.atServerAsNobody(() -> LinuxLinkPort.open(PacketFilter.arp(), 0)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot open a packet socket: ")
                .hasMessageContaining("AmbientCapabilities=CAP_NET_RAW");
    }
}
