package io.innkeeper.bench.rdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.PluginMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseLoadTest {
    private static final int INTERFACES = 4;

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static LeaseLoad load(LeasePull pull) {
        return new LeaseLoad(local(pull.port()), new Messages(Messages.Mix.MIXED, INTERFACES), 0, null);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allThatIsPushedIsTaken(boolean handlers) throws Exception {
        try (LeasePull pull = new LeasePull(handlers);
                LeaseLoad load = load(pull)) {
            long pushed =
                    load.run(LeasePhase.parse("stream:seconds=0.1")).counts().pushed();
            pushed += load.run(LeasePhase.parse("single:seconds=0.1")).counts().pushed();
            long rated = load.run(LeasePhase.parse("stream:seconds=0.1,rate=1000"))
                    .counts()
                    .pushed();
            assertThat(rated).isBetween(1L, 100L);
            long all = pushed + rated;
            await().until(() -> pull.taken() == all);
            assertThat(pull.outcomes().keySet()).noneMatch(key -> key.contains("lifetimes") || key.contains("length"));
        }
    }

    @Test
    void messagesAreValidAndNoTwoThatFollowEachOtherAreTheSame() {
        Messages messages = new Messages(Messages.Mix.MIXED, INTERFACES);
        Set<String> addresses = new HashSet<>();
        int six = 0;
        for (int i = 0; i < 1_000; i++) {
            ByteBuffer frame = ByteBuffer.allocate(Messages.FRAME);
            messages.put(frame);
            byte[] octets = Arrays.copyOfRange(frame.array(), Long.BYTES, Messages.FRAME);
            PluginMessage message = (PluginMessage) PluginMessage.parse(octets);
            assertThat(message.ifname()).isEqualTo("wan" + i % INTERFACES);
            if (message instanceof Dhcpv4PluginMessage four) {
                assertThat(four.leaseTime()).isEqualTo(Messages.FIRST_LIFETIME + i);
                addresses.add(four.address());
            } else if (message instanceof Dhcpv6PluginMessage both) {
                assertThat(both.address().times().valid()).isEqualTo(Messages.FIRST_LIFETIME + i);
                assertThat(both.prefix().times().preferred()).isEqualTo(Messages.FIRST_LIFETIME + i);
                six++;
            }
        }
        assertThat(addresses).hasSize(100);
        assertThat(six).isEqualTo(200);
    }

    @Test
    void eventsAreKnownAgainAndTheirOrderIsLookedAt() throws Exception {
        try (ServerSocket api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Follower follower = new Follower(local(api.getLocalPort()), "/events", INTERFACES);
                Socket stream = api.accept()) {
            List<Long> numbers = new ArrayList<>(List.of(0L, 1L, 4L, 5L, 5L, 8L, 4L));
            StringBuilder text = new StringBuilder("HTTP/1.1 200 OK\r\n\r\n: hello\n\n");
            for (long number : numbers) {
                follower.due(number, System.nanoTime());
                text.append("id: 7\nevent: lease.renewed\ndata: {\"lease\":{\"details\":{\"validLifetime\":\"")
                        .append(Messages.FIRST_LIFETIME + number)
                        .append("\"}},\"before\":{\"details\":{\"validLifetime\":\"1\"}}}\n\n");
            }
            stream.getOutputStream().write(text.toString().getBytes(StandardCharsets.US_ASCII));
            await().until(() -> follower.published() == 6);
            assertThat(follower.disordered()).isEqualTo(1);
            assertThat(follower.<Double>times(times -> times.microsAt(0.5))).isPositive();
        }
    }

    @Test
    void mistakesInPhasesAreNamed() {
        assertThatThrownBy(() -> LeasePhase.parse("stream:x=2")).hasMessageContaining("x: no such key");
        assertThatThrownBy(() -> LeasePhase.parse("single:rate=2")).hasMessageContaining("no rate");
        assertThatThrownBy(() -> LeasePhase.parse("other")).hasMessageContaining("OTHER");
    }
}
