package io.innkeeper.wire.rdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.rdk.SpAddress.Transport;
import io.innkeeper.wire.rdk.SpPeer.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole connections: greetings that are right, wrong and late, and what follows them. */
class SpPeerTest {
    private static final List<Transport> TRANSPORTS = List.of(Transport.values());
    private static final String REQUEST = """
            GET / HTTP/1.1
            Host: 127.0.0.1
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Protocol: pull.sp.nanomsg.org

            """.replace("\n", "\r\n");

    private static List<String> all(SpPeer peer, byte[] octets) {
        List<String> messages = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        for (byte[] next = peer.next(buffer); next != null; next = peer.next(buffer)) {
            messages.add(new String(next, StandardCharsets.ISO_8859_1));
        }
        return messages;
    }

    private static byte[] hex(String octets) {
        return HexFormat.of().parseHex(octets.replace(" ", ""));
    }

    @Test
    void greetsAtOnceAndReadsWhatFollowsTheGreeting() {
        SpPeer peer = SpPeer.of(Transport.TCP, 100);
        assertThat(peer.answer()).isEqualTo(hex("00 53 50 00 00 51 00 00"));
        assertThat(peer.answer()).isEmpty();
        assertThat(peer.isGreeted()).isFalse();
        assertThat(all(peer, hex("00 53 50 00 00 50 ff ff 00 00 00 00 00 00 00 02 68 69")))
                .containsExactly("hi");
        assertThat(peer.isGreeted()).isTrue();
        assertThat(peer.fault()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 53 50 00 00 51", "00 53 50 00 00 10", "00 53 50 01", "47"})
    void knowsAWrongGreetingByItsFirstWrongOctet(String octets) {
        SpPeer peer = SpPeer.of(Transport.IPC, 100);
        byte[] greeting = hex(octets);
        for (int i = 0; i < greeting.length; i++) {
            assertThat(peer.fault()).isNull();
            assertThat(peer.next(ByteBuffer.wrap(greeting, i, 1))).isNull();
        }
        assertThat(peer.fault()).isEqualTo(Fault.GREETING);
    }

    @Test
    void aWebSocketIsOpenedAsTheSpecificationShows() {
        SpPeer peer = SpPeer.of(Transport.WS, 100);
        assertThat(peer.answer()).isEmpty();
        assertThat(all(peer, REQUEST.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
        // The example of RFC 6455 §1.3.
        assertThat(new String(peer.answer(), StandardCharsets.ISO_8859_1))
                .startsWith("HTTP/1.1 101 ")
                .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
                .contains("Sec-WebSocket-Protocol: pull.sp.nanomsg.org\r\n")
                .endsWith("\r\n\r\n");
        assertThat(all(peer, hex("82 85 37 fa 21 3d 7f 9f 4d 51 58"))).containsExactly("Hello");
        assertThat(all(peer, hex("02 83 00000000 48656c"))).isEmpty();
        assertThat(peer.isWithin()).isTrue();
        assertThat(all(peer, hex("89 82 01010101 0203 80 82 00000000 6c6f"))).containsExactly("Hello");
        assertThat(peer.answer()).isEqualTo(hex("8a 02 0302"));
        assertThat(all(peer, hex("88 82 00000000 03e8"))).isEmpty();
        assertThat(peer.answer()).isEqualTo(hex("88 02 03e8"));
        assertThat(peer.fault()).isEqualTo(Fault.GOODBYE);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, HTTP/1.0",
        "pull.sp, push.sp",
        "Version: 13, Version: 8",
        "Upgrade: websocket, Upgrade: h2c",
        "dGhl, dGh",
        "GET, PUT"
    })
    void anotherRequestIsRefused(String right, String wrong) {
        SpPeer peer = SpPeer.of(Transport.WS, 100);
        assertThat(all(peer, REQUEST.replace(right, wrong).getBytes(StandardCharsets.ISO_8859_1)))
                .isEmpty();
        assertThat(peer.fault()).isEqualTo(Fault.GREETING);
        assertThat(new String(peer.answer(), StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @CsvSource({
        "82 05 48656c6c6f, FRAMING",
        "81 81 00000000 41, FRAMING",
        "c2 81 00000000 41, FRAMING",
        "80 81 00000000 41, FRAMING",
        "8b 80 00000000, FRAMING",
        "82 fe 0065 00000000, TOO_LONG",
        "82 ff ffffffffffffffff 00000000, TOO_LONG"
    })
    void framesThatNoClientSends(String octets, Fault fault) {
        SpPeer peer = SpPeer.of(Transport.WS, 100);
        all(peer, REQUEST.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(all(peer, hex(octets))).isEmpty();
        assertThat(peer.fault()).isEqualTo(fault);
    }

    @Test
    void aRequestWithoutAnEndIsRefused() {
        SpPeer peer = SpPeer.of(Transport.WS, 100);
        all(peer, ("GET /" + "a".repeat(9_000)).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(peer.fault()).isEqualTo(Fault.GREETING);
    }

    @Test
    void rubbishNeverThrows() {
        Random random = new Random(20_261_121);
        for (int round = 0; round < 5_000; round++) {
            Transport transport = TRANSPORTS.get(round % TRANSPORTS.size());
            SpPeer peer = SpPeer.of(transport, 300);
            byte[] greeting = transport == Transport.WS
                    ? REQUEST.getBytes(StandardCharsets.ISO_8859_1)
                    : SpHello.of(SpHello.PUSH);
            byte[] octets = new byte[greeting.length + 200];
            random.nextBytes(octets);
            System.arraycopy(greeting, 0, octets, 0, greeting.length);
            if (random.nextBoolean()) {
                octets[random.nextInt(greeting.length)] = (byte) random.nextInt(256);
            }
            assertThat(all(peer, octets)).allMatch(message -> message.length() <= 300);
            peer.answer();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://127.0.0.1:50324",
                "tcp://*:0",
                "tcp://[::1]:50324",
                "ipc:///run/lease.sock",
                "ws://127.0.0.1:8080",
                "ws://[2001:db8::1]:8080/leases"
            })
    void addressesAreWrittenAsTheyAreRead(String text) {
        assertThat(SpAddress.parse(text)).hasToString("Optional[" + text + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:50324",
                "tcp://127.0.0.1",
                "tcp://127.0.0.1:65536",
                "tcp://1.2.3.400:1",
                "tcp://127.0.0.1:1/x",
                "ipc://relative",
                "udp://127.0.0.1:1",
                "tcp://[127.0.0.1]:1",
                ""
            })
    void otherTextIsNoAddress(String text) {
        assertThat(SpAddress.parse(text)).isEmpty();
    }
}
