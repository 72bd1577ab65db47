package io.innkeeper.arp;

import static io.innkeeper.arp.TestingLan.ip;
import static io.innkeeper.arp.TestingLan.mac;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.wire.ethernet.ArpPacket;
import io.innkeeper.wire.ethernet.EthernetFrame;
import io.innkeeper.wire.ethernet.NeighborMessage;
import io.innkeeper.wire.net.IpAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What frames say of their senders. */
class ClaimsTest {
    private static Optional<Claims> claims(ArpPacket packet) {
        byte[] frame = new byte[ArpPacket.FRAME];
        return Claims.of(frame, packet.writeFrame(frame));
    }

    @Test
    void aRequestSaysWhatItsSenderHas() {
        assertThat(claims(ArpPacket.request(mac(1), 0xc0a80107, 0xc0a80101)))
                .contains(new Claims(mac(1), ip("192.168.1.7"), Hearing.Kind.ARP_REQUEST, true));
    }

    @Test
    void aProbeSaysThatSomebodyIsThere() {
        assertThat(claims(ArpPacket.probe(mac(1), 0xc0a80107)))
                .contains(new Claims(mac(1), null, Hearing.Kind.ARP_PROBE, true));
    }

    @Test
    void nobodyIsAGroup() {
        assertThat(claims(ArpPacket.request(EthernetFrame.BROADCAST, 0xc0a80107, 1)))
                .isEmpty();
        assertThat(claims(ArpPacket.request(mac(1), 0xe0000001, 1))).isEmpty();
        assertThat(claims(ArpPacket.request(mac(1), 0x7f000001, 1))).isEmpty();
        assertThat(claims(ArpPacket.request(mac(1), -1, 1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0x20, true", "0x00, false"})
    void anAdvertisementIsAboutItsTarget(String flags, boolean itself) {
        IpAddress address = ip("fe80::7");
        NeighborMessage message = new NeighborMessage(
                NeighborMessage.Kind.ADVERTISEMENT,
                mac(1),
                address,
                ip("fe80::1"),
                address,
                mac(2),
                Integer.decode(flags));
        byte[] frame = new byte[NeighborMessage.FRAME];
        assertThat(Claims.of(frame, message.writeFrame(frame, mac(3))))
                .contains(new Claims(mac(2), address, Hearing.Kind.NDP_ADVERTISEMENT, itself));
    }

    @Test
    void noiseIsNoHarm() {
        Property.check(5_000, samples -> {
            byte[] frame = samples.octets(14 + samples.below(100));
            int type = samples.pick(EthernetFrame.ARP, EthernetFrame.IPV6);
            frame[12] = (byte) (type >> 8);
            frame[13] = (byte) type;
            Claims.of(frame, frame.length)
                    .ifPresent(claims -> assertThat(claims.mac().isEthernet()).isTrue());
        });
    }
}
