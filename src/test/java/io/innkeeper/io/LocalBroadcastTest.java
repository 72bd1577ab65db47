package io.innkeeper.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalBroadcastTest {
    private static final int PATIENCE_MS = 10_000;

    /** The loopback interface, called another so that it counts: what is sent there reaches nobody else. */
    private static LocalNetworks networks(boolean up, boolean loopback, int length) {
        return new LocalNetworks(Map.of(
                1,
                new LocalNetworks.Interface(
                        1,
                        "eth0",
                        null,
                        up,
                        loopback,
                        List.of(
                                new LocalNetworks.Address(ip("::1"), 128),
                                new LocalNetworks.Address(ip("127.0.0.1"), length)))));
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    @Test
    void everybodyOnTheNetworkHearsIt() throws IOException {
        try (DatagramSocket listener = new DatagramSocket(0)) {
            listener.setSoTimeout(PATIENCE_MS);
            LocalBroadcast broadcast = new LocalBroadcast(() -> networks(true, false, 8));
            List<IpAddress> sentTo = broadcast.send(
                    "wake".getBytes(StandardCharsets.US_ASCII),
                    listener.getLocalPort(),
                    List.of(ip("127.9.9.9"), ip("127.1.1.1"), ip("10.0.0.1")));
            assertThat(sentTo).as("once, whoever is meant").containsExactly(ip("127.255.255.255"));
            DatagramPacket packet = new DatagramPacket(new byte[64], 64);
            listener.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII))
                    .isEqualTo("wake");
            assertThat(packet.getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, 8, 10.0.0.1",
        "false, false, 8, 127.1.1.1",
        "true, true, 8, 127.1.1.1",
        "true, false, 31, 127.0.0.1",
        "true, false, 8, fd00::1"
    })
    void whereNoNetworkFitsNothingIsSent(boolean up, boolean loopback, int length, String near) throws IOException {
        LocalBroadcast broadcast = new LocalBroadcast(() -> networks(up, loopback, length));
        assertThat(broadcast.send(new byte[1], 9, List.of(ip(near)))).isEmpty();
    }
}
