package io.innkeeper.wire.ethernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames against bytes that were made elsewhere, against noise, and there and back. */
class EthernetTest {
    private static final int TRIES = 5_000;
    private static final int SERVER = 0xc0a84d01;
    private static final int CLIENT = 0xc0a84d32;
    private static final MacAddress SERVER_MAC = mac("02:00:00:00:00:01");
    private static final MacAddress CLIENT_MAC = mac("02:00:00:00:00:02");
    private static final EthernetFrame TO_CLIENT = new EthernetFrame(CLIENT_MAC, SERVER_MAC, EthernetFrame.IPV4);

    /** "hello" from 192.168.77.1:67 to 192.168.77.50:68. */
    private static final String UDP_FRAME = "020000000002020000000001" + "0800"
            + "450000210000400040111f48c0a84d01c0a84d32" + "00430044000d9ff6" + "68656c6c6f";

    /** 02:00:00:00:00:01 asks who uses 192.168.77.50. */
    private static final String PROBE = "ffffffffffff020000000001" + "0806" + "0001080006040001" + "020000000001"
            + "00000000" + "000000000000" + "c0a84d32";

    private static final String REPLY = "020000000001020000000002" + "0806" + "0001080006040002" + "020000000002"
            + "c0a84d32" + "020000000001" + "00000000";

    private static MacAddress mac(String text) {
        return MacAddress.parse(text).orElseThrow();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static String hex(byte[] bytes, int length) {
        return HexFormat.of().formatHex(bytes, 0, length);
    }

    private static byte[] udpFrame(byte[] payload) {
        byte[] frame = new byte[UdpDatagram.HEADERS + payload.length];
        int length = UdpDatagram.writeFrame(TO_CLIENT, SERVER, 67, CLIENT, 68, payload, payload.length, frame);
        assertThat(length).isEqualTo(frame.length);
        return frame;
    }

    @Test
    void aUdpFrameIsWrittenWithItsChecksums() {
        byte[] frame = udpFrame("hello".getBytes(StandardCharsets.US_ASCII));
        assertThat(hex(frame, frame.length)).isEqualTo(UDP_FRAME);
    }

    @Test
    void aUdpChecksumOfZeroIsWrittenAsItsOtherSelf() {
        byte[] frame = udpFrame(hex("e3ce"));
        assertThat(hex(frame, frame.length)).endsWith("ffff" + "e3ce");
        assertThat(UdpDatagram.parse(frame, frame.length).orElseThrow().checksumHolds(frame))
                .isTrue();
    }

    @Test
    void aUdpFrameIsRead() {
        byte[] frame = hex(UDP_FRAME);
        UdpDatagram udp = UdpDatagram.parse(frame, frame.length).orElseThrow();
        assertThat(udp).isEqualTo(new UdpDatagram(SERVER, 67, CLIENT, 68, 42, 5));
        assertThat(udp.checksumHolds(frame)).isTrue();
        assertThat(EthernetFrame.parse(frame, frame.length)).contains(TO_CLIENT);
        frame[44] ^= 1;
        assertThat(UdpDatagram.parse(frame, frame.length)).contains(udp);
        assertThat(udp.checksumHolds(frame)).isFalse();
        frame[40] = 0;
        frame[41] = 0;
        assertThat(udp.checksumHolds(frame)).isTrue();
    }

    @Test
    void paddingAfterAPacketIsNotPartOfIt() {
        byte[] frame = Arrays.copyOf(hex(UDP_FRAME), 60);
        assertThat(UdpDatagram.parse(frame, 60)).contains(new UdpDatagram(SERVER, 67, CLIENT, 68, 42, 5));
    }

    @Test
    void optionsOfTheIpHeaderArePassedOver() {
        byte[] plain = hex(UDP_FRAME);
        byte[] frame = new byte[plain.length + 4];
        System.arraycopy(plain, 0, frame, 0, 34);
        System.arraycopy(plain, 34, frame, 38, plain.length - 34);
        frame[14] = 0x46;
        frame[17] = (byte) (frame[17] + 4);
        Arrays.fill(frame, 34, 38, (byte) 1);
        sumIpHeader(frame, 24);
        assertThat(UdpDatagram.parse(frame, frame.length)).contains(new UdpDatagram(SERVER, 67, CLIENT, 68, 46, 5));
    }

    private static void sumIpHeader(byte[] frame, int length) {
        Bytes.put16(frame, 24, 0);
        Bytes.put16(frame, 24, Checksum.of(Checksum.add(0, frame, 14, length)));
    }

    /** What is changed in a good frame (at, value), with the checksum of the IP header made right again. */
    @ParameterizedTest
    @CsvSource({
        "12, 0x86, another type of frame",
        "14, 0x65, version 6",
        "14, 0x44, a header of 16 octets",
        "14, 0x4f, a header longer than the packet",
        "17, 0x13, shorter than its header",
        "17, 0x1b, no room for a UDP header",
        "17, 0x22, longer than the frame",
        "20, 0x20, the first fragment of several",
        "21, 0x01, a later fragment",
        "23, 0x06, TCP",
        "39, 0x07, a UDP length below its header",
        "39, 0x0e, a UDP length beyond the packet"
    })
    void whatIsNotAWholeUdpPacketIsNotRead(int at, String value, String why) {
        byte[] frame = hex(UDP_FRAME);
        frame[at] = (byte) (int) Integer.decode(value);
        sumIpHeader(frame, 20);
        assertThat(UdpDatagram.parse(frame, frame.length)).as(why).isEmpty();
    }

    @Test
    void aWrongChecksumOfTheIpHeaderIsNoticed() {
        byte[] frame = hex(UDP_FRAME);
        frame[24] ^= 1;
        assertThat(UdpDatagram.parse(frame, frame.length)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {UDP_FRAME, PROBE})
    void cutFramesAreNotRead(String whole) {
        byte[] bytes = hex(whole);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThat(UdpDatagram.parse(cut, length)).isEmpty();
            assertThat(ArpPacket.parse(cut, length)).isEmpty();
            assertThat(EthernetFrame.parse(cut, length).isPresent()).isEqualTo(length >= EthernetFrame.HEADER);
        }
    }

    @Test
    void anArpProbeIsWrittenAndRead() {
        byte[] frame = new byte[ArpPacket.FRAME];
        ArpPacket probe = ArpPacket.probe(SERVER_MAC, CLIENT);
        assertThat(hex(frame, probe.writeFrame(frame))).isEqualTo(PROBE);
        assertThat(ArpPacket.parse(frame, frame.length)).contains(probe);
        assertThat(probe.isProbe()).isTrue();
    }

    @Test
    void anArpReplyIsReadAndWritten() {
        byte[] frame = Arrays.copyOf(hex(REPLY), 60);
        ArpPacket reply = ArpPacket.parse(frame, 60).orElseThrow();
        assertThat(reply).isEqualTo(new ArpPacket(ArpPacket.Operation.REPLY, CLIENT_MAC, CLIENT, SERVER_MAC, 0));
        assertThat(reply.isProbe()).isFalse();
        byte[] again = new byte[ArpPacket.FRAME];
        assertThat(hex(again, reply.writeFrame(again))).isEqualTo(REPLY);
    }

    @Test
    void anAnnouncementNamesTheSameAddressTwice() {
        ArpPacket announcement = ArpPacket.announcement(SERVER_MAC, SERVER);
        assertThat(announcement).isEqualTo(ArpPacket.request(SERVER_MAC, SERVER, SERVER));
        assertThat(announcement.isProbe()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"13, 0x00", "15, 0x06", "17, 0x01", "18, 0x08", "19, 0x06", "21, 0x03", "21, 0x00"})
    void arpAboutOtherThingsIsNotRead(int at, String value) {
        byte[] frame = hex(PROBE);
        frame[at] = (byte) (int) Integer.decode(value);
        assertThat(ArpPacket.parse(frame, frame.length)).isEmpty();
    }

    @Test
    void onlyEthernetAddressesGoIntoAFrame() {
        MacAddress infiniband = MacAddress.of(32, new byte[8]);
        assertThatThrownBy(() -> ArpPacket.probe(infiniband, CLIENT).writeFrame(new byte[100]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EthernetFrame(infiniband, SERVER_MAC, EthernetFrame.IPV4).write(new byte[100]))
                .isInstanceOf(IllegalArgumentException.class);
        EthernetFrame arp = new EthernetFrame(CLIENT_MAC, SERVER_MAC, EthernetFrame.ARP);
        assertThatThrownBy(() -> UdpDatagram.writeFrame(arp, SERVER, 67, CLIENT, 68, new byte[1], 1, new byte[100]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEchoRequestIsWrittenAndRead() {
        IcmpEcho request = new IcmpEcho(false, 0x1234, 7, Octets.of(hex("616263")));
        byte[] bytes = request.write();
        assertThat(hex(bytes, bytes.length)).isEqualTo("0800216212340007616263");
        assertThat(IcmpEcho.parse(bytes, 0, bytes.length)).contains(request);
        bytes[9] ^= 1;
        assertThat(IcmpEcho.parse(bytes, 0, bytes.length)).isEmpty();
    }

    @Test
    void noiseIsReadAsSomethingOrNothing() {
        Property.check(TRIES, samples -> {
            byte[] frame = noise(samples);
            int length = samples.below(frame.length + 1);
            EthernetFrame.parse(frame, length);
            IcmpEcho.parse(frame, Math.min(length, 34), length);
            ArpPacket.parse(frame, length).ifPresent(arp -> {
                byte[] again = new byte[ArpPacket.FRAME];
                arp.writeFrame(again);
                assertThat(ArpPacket.parse(again, again.length)).contains(arp);
            });
            UdpDatagram.parse(frame, length).ifPresent(udp -> {
                assertThat(udp.offset() + udp.length()).isLessThanOrEqualTo(length);
                udp.checksumHolds(frame);
            });
        });
    }

    /** A good frame with some octets changed, or nothing but noise. */
    private static byte[] noise(Samples samples) {
        if (samples.oneIn(4)) {
            return samples.octets(samples.below(120));
        }
        byte[] frame = hex(samples.pick(UDP_FRAME, PROBE, REPLY));
        for (int i = samples.below(4); i > 0; i--) {
            frame[samples.below(frame.length)] = samples.octets(1)[0];
        }
        if (frame.length > 42 && samples.oneIn(2)) {
            sumIpHeader(frame, 20);
        }
        return frame;
    }

    @Test
    void udpFramesComeBackAsTheyWere() {
        Property.check(TRIES, samples -> {
            byte[] payload = samples.octets(samples.below(600));
            byte[] frame = new byte[UdpDatagram.HEADERS + payload.length + samples.below(3)];
            int from = samples.below(Integer.MAX_VALUE);
            int to = -samples.below(Integer.MAX_VALUE);
            int port = samples.below(65_536);
            int length = UdpDatagram.writeFrame(TO_CLIENT, from, port, to, 68, payload, payload.length, frame);
            UdpDatagram udp = UdpDatagram.parse(frame, length).orElseThrow();
            assertThat(udp).isEqualTo(new UdpDatagram(from, port, to, 68, UdpDatagram.HEADERS, payload.length));
            assertThat(Arrays.copyOfRange(frame, udp.offset(), udp.offset() + udp.length()))
                    .isEqualTo(payload);
            assertThat(udp.checksumHolds(frame)).isTrue();
        });
    }

    @Test
    void echoMessagesComeBackAsTheyWere() {
        Property.check(TRIES / 5, samples -> {
            IcmpEcho echo = new IcmpEcho(
                    samples.oneIn(2),
                    samples.below(65_536),
                    samples.below(65_536),
                    Octets.of(samples.octets(samples.below(60))));
            byte[] bytes = echo.write();
            assertThat(IcmpEcho.parse(bytes, 0, bytes.length)).contains(echo);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "REQUEST, 1, 2, REQUEST",
        "REQUEST, 0, 2, PROBE",
        "REQUEST, 2, 2, ANNOUNCEMENT",
        "REPLY, 1, 2, REPLY",
        "REPLY, 2, 2, GRATUITOUS",
        "REPLY, 0, 2, REPLY"
    })
    void anArpPacketIsOfAKind(ArpPacket.Operation operation, int sender, int target, ArpPacket.Kind kind) {
        assertThat(new ArpPacket(operation, SERVER_MAC, sender, CLIENT_MAC, target).kind())
                .isEqualTo(kind);
    }

    @Test
    void aRequestCanGoToOneHostAlone() {
        byte[] frame = new byte[ArpPacket.FRAME];
        ArpPacket.request(SERVER_MAC, SERVER, CLIENT).writeFrame(frame, CLIENT_MAC);
        assertThat(EthernetFrame.parse(frame, frame.length))
                .contains(new EthernetFrame(CLIENT_MAC, SERVER_MAC, EthernetFrame.ARP));
        assertThat(EthernetFrame.isIndividual(CLIENT_MAC)).isTrue();
        assertThat(EthernetFrame.isIndividual(EthernetFrame.BROADCAST)).isFalse();
        assertThat(EthernetFrame.isIndividual(mac("00:00:00:00:00:00"))).isFalse();
    }
}
