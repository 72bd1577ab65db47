package io.innkeeper.wire.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Neighbor discovery against bytes whose checksums were worked out elsewhere, against noise, and there and back. */
class NeighborMessageTest {
    private static final int TRIES = 5_000;
    private static final MacAddress A = MacAddress.parse("02:00:00:00:00:01").orElseThrow();
    private static final MacAddress B = MacAddress.parse("02:00:00:00:00:02").orElseThrow();
    private static final IpAddress FE80_1 = IpAddress.parse("fe80::1").orElseThrow();
    private static final IpAddress FE80_2 = IpAddress.parse("fe80::2").orElseThrow();

    /** fe80::1 asks fe80::2 alone. */
    private static final String SOLICITATION = "020000000002020000000001" + "86dd" + "6000000000203aff"
            + "fe800000000000000000000000000001" + "fe800000000000000000000000000002"
            + "87007a1b00000000" + "fe800000000000000000000000000002" + "0101020000000001";

    /** fe80::2, a router, answers. */
    private static final String ADVERTISEMENT = "020000000001020000000002" + "86dd" + "6000000000203aff"
            + "fe800000000000000000000000000002" + "fe800000000000000000000000000001"
            + "88009819e0000000" + "fe800000000000000000000000000002" + "0201020000000002";

    private static byte[] golden(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static NeighborMessage advertisement() {
        int flags = NeighborMessage.ROUTER | NeighborMessage.SOLICITED | NeighborMessage.OVERRIDE;
        return new NeighborMessage(NeighborMessage.Kind.ADVERTISEMENT, B, FE80_2, FE80_1, FE80_2, B, flags);
    }

    @Test
    void aQuestionToANeighbourIsWrittenAndRead() {
        byte[] frame = new byte[NeighborMessage.FRAME];
        NeighborMessage message = NeighborMessage.solicitation(A, FE80_1, FE80_2);
        assertThat(message.writeFrame(frame, B)).isEqualTo(NeighborMessage.FRAME);
        assertThat(frame).isEqualTo(golden(SOLICITATION));
        assertThat(NeighborMessage.parse(frame, frame.length)).contains(message);
        assertThat(message.isProbe()).isFalse();
    }

    @Test
    void anAnswerIsWrittenAndRead() {
        byte[] frame = new byte[NeighborMessage.FRAME];
        assertThat(advertisement().writeFrame(frame, A)).isEqualTo(NeighborMessage.FRAME);
        assertThat(frame).isEqualTo(golden(ADVERTISEMENT));
        NeighborMessage read = NeighborMessage.parse(frame, frame.length).orElseThrow();
        assertThat(read).isEqualTo(advertisement());
        assertThat(read.router()).isTrue();
        assertThat(read.override()).isTrue();
    }

    @Test
    void aGroupHasItsEthernetAddress() {
        IpAddress group = NeighborMessage.solicitedNode(
                IpAddress.parse("2001:db8::12:3456").orElseThrow());
        assertThat(group).hasToString("ff02::1:ff12:3456");
        assertThat(NeighborMessage.groupMac(group)).hasToString("33:33:ff:12:34:56");
    }

    @Test
    void aProbeForAFreeAddressHasNoSource() {
        IpAddress group = NeighborMessage.solicitedNode(FE80_2);
        NeighborMessage probe = new NeighborMessage(
                NeighborMessage.Kind.SOLICITATION, A, NeighborMessage.UNSPECIFIED, group, FE80_2, null, 0);
        byte[] frame = new byte[NeighborMessage.FRAME];
        int length = probe.writeFrame(frame, NeighborMessage.groupMac(group));
        assertThat(NeighborMessage.parse(frame, length)).contains(probe);
        assertThat(probe.isProbe()).isTrue();
    }

    /** What is changed in a good advertisement (at, value), with its checksum made right again. */
    @ParameterizedTest
    @CsvSource({
        "12, 0x08, another type of frame",
        "14, 0x40, version 4",
        "20, 0x00, another protocol than ICMPv6",
        "21, 0xfe, it crossed a router",
        "19, 0x17, no room for the message",
        "19, 0x21, longer than the frame",
        "22, 0xff, from a group",
        "54, 0x85, another message",
        "55, 0x01, a code",
        "62, 0xff, about a group",
        "38, 0xff, a solicited answer to a group",
        "79, 0x00, an option without length",
        "79, 0x02, an option beyond the end"
    })
    void whatIsToBeIgnoredIsNotRead(int at, String value, String why) {
        byte[] frame = golden(ADVERTISEMENT);
        frame[at] = (byte) (int) Integer.decode(value);
        sum(frame);
        assertThat(NeighborMessage.parse(frame, frame.length)).as(why).isEmpty();
    }

    private static void sum(byte[] frame) {
        int payload = Bytes.u16(frame, 18);
        Bytes.put16(frame, 56, 0);
        long sum = Checksum.add(Checksum.add(Checksum.add(0, frame, 22, 32), payload), 58);
        Bytes.put16(frame, 56, Checksum.of(Checksum.add(sum, frame, 54, Math.min(payload, frame.length - 54))));
    }

    @Test
    void optionsThatAreNotKnownArePassedOver() {
        byte[] frame = golden(ADVERTISEMENT);
        frame[78] = 14; // a nonce (RFC 3971)
        sum(frame);
        assertThat(NeighborMessage.parse(frame, frame.length).orElseThrow().linkLayer())
                .isNull();
    }

    @Test
    void aWrongChecksumIsNoticed() {
        byte[] frame = golden(SOLICITATION);
        frame[70] ^= 1;
        assertThat(NeighborMessage.parse(frame, frame.length)).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAndNoiseIsNoHarm() {
        Property.check(TRIES, samples -> {
            NeighborMessage message = message(samples);
            byte[] frame = new byte[NeighborMessage.FRAME + 20];
            int length = message.writeFrame(frame, B);
            assertThat(NeighborMessage.parse(frame, length)).contains(message);
            for (int cut = 0; cut < length; cut++) {
                assertThat(NeighborMessage.parse(Arrays.copyOf(frame, cut), cut))
                        .isEmpty();
            }
            for (int i = samples.below(4); i >= 0; i--) {
                frame[samples.below(length)] = samples.octets(1)[0];
            }
            // Anything may come out, but nothing may be thrown.
            NeighborMessage.parse(frame, length)
                    .ifPresent(read -> assertThat(read).isNotNull());
            byte[] noise = samples.octets(samples.below(120));
            if (noise.length > 54) {
                System.arraycopy(frame, 12, noise, 12, 10);
            }
            NeighborMessage.parse(noise, noise.length);
            EthernetFrame.parse(noise, noise.length).ifPresent(one -> EthernetFrame.isIndividual(one.source()));
        });
    }

    private static NeighborMessage message(Samples samples) {
        boolean asks = samples.oneIn(2);
        MacAddress sender = MacAddress.of(MacAddress.ETHERNET, samples.octets(6));
        return new NeighborMessage(
                asks ? NeighborMessage.Kind.SOLICITATION : NeighborMessage.Kind.ADVERTISEMENT,
                sender,
                unicast(samples),
                unicast(samples),
                unicast(samples),
                samples.oneIn(3) ? null : sender,
                asks ? 0 : samples.below(8) << 5);
    }

    private static IpAddress unicast(Samples samples) {
        byte[] octets = samples.octets(16);
        octets[0] = 0x20;
        return IpAddress.of(octets);
    }
}
