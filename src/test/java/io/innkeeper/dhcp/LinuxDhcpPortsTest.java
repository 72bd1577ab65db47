package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.io.TestingLinkPort;
import io.innkeeper.io.TestingUdpPort;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.ethernet.UdpDatagram;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinuxDhcpPortsTest {
    private static final int FIRST = ModesKit.ip("10.0.0.1");
    private static final int SECOND = ModesKit.ip("192.168.1.2");
    private static final int LEASED = ModesKit.ip("192.168.1.100");

    private final TestingLinkPort link = new TestingLinkPort();
    private final LinuxDhcpPorts ports = new LinuxDhcpPorts(
            new TestingUdpPort(),
            link,
            ServedLinks.named(
                    List.of("eth0"),
                    () -> List.of(new ServedLinks.Served(
                            new Arrival.Link(2, "eth0", List.of(FIRST, SECOND)), ModesKit.mac(99)))));

    private UdpDatagram sent(int serverId) throws InterruptedException {
        DhcpMessage reply = ModesKit.reply(MessageType.OFFER, draft -> {
            draft.yiaddr = LEASED;
            if (serverId != 0) {
                draft.options.put(OptionCode.SERVER_ID, serverId);
            }
        });
        ports.put(reply, new Route.LinkLayer(2, ModesKit.MAC, LEASED), Outcome.USUAL_SIZE);
        assertThat(ports.send()).isZero();
        byte[] frame = link.nextSent().bytes().toArray();
        return UdpDatagram.parse(frame, frame.length).orElseThrow();
    }

    @Test
    void aFrameComesFromTheServerIdentifierThatItCarries() throws InterruptedException {
        assertThat(sent(SECOND).source()).isEqualTo(SECOND);
        assertThat(sent(FIRST).source()).isEqualTo(FIRST);
    }

    @Test
    void anIdentifierThatIsNotOursOnTheLinkIsNoSource() throws InterruptedException {
        assertThat(sent(ModesKit.ip("172.16.0.1")).source()).isEqualTo(FIRST);
        assertThat(sent(0).source()).isEqualTo(FIRST);
    }
}
