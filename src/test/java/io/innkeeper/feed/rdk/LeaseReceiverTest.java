package io.innkeeper.feed.rdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.SpAddress;
import io.innkeeper.wire.rdk.SpFrames;
import io.innkeeper.wire.rdk.SpHello;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What libnanomsg was seen to do with right and wrong peers: so do we, and go on. */
class LeaseReceiverTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final SpAddress ANYWHERE =
            SpAddress.parse("tcp://127.0.0.1:0").orElseThrow();

    private final MonitorCounts counts = new MonitorCounts();
    private final RefusedMessages refused = new RefusedMessages(counts, new MessageLog(), () -> Instant.EPOCH);
    private final TestingInbox inbox = new TestingInbox();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private LeaseReceiver receiver;
    private byte[] bound;

    @TempDir
    Path folder;

    @BeforeEach
    void listen() throws IOException {
        bound = Files.readAllBytes(Path.of("src/test/resources/rdk/v4-bound.bin"));
        receiver = receiver(new LeaseReceiver.Limits(1 << 20, 100, LONG, LONG), ANYWHERE);
    }

    private LeaseReceiver receiver(LeaseReceiver.Limits limits, SpAddress... addresses) throws IOException {
        LeaseReceiver made = new LeaseReceiver(List.of(addresses), limits, inbox, counts, refused, failures::add);
        made.start();
        return made;
    }

    @AfterEach
    void close() {
        receiver.close();
        assertThat(failures).isEmpty();
    }

    private int port() {
        return receiver.addresses().getFirst().port();
    }

    private RawPusher pusher() throws IOException {
        return new RawPusher(port());
    }

    private byte[] bound(String ifname, String address) {
        byte[] message = bound.clone();
        Arrays.fill(message, 0, 32, (byte) 0);
        Arrays.fill(message, 42, 74, (byte) 0);
        byte[] name = ifname.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, message, 0, name.length);
        byte[] text = address.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, message, 42, text.length);
        return message;
    }

    private long fate(String what) {
        await().until(() -> counts.connectionsThat(what) > 0);
        return counts.connectionsThat(what);
    }

    @Test
    void greetsAtOnceAndTakesWhatThePluginSends() throws Exception {
        try (RawPusher pusher = pusher()) {
            assertThat(pusher.heard(8)).isEqualTo(SpHello.of(SpHello.PULL));
            pusher.send(SpHello.of(SpHello.PUSH)).message(bound);
            assertThat(inbox.await(1)).containsExactly((PluginMessage) PluginMessage.parse(bound));
            pusher.half();
            assertThat(pusher.isClosed()).isTrue();
        }
        assertThat(fate("ended")).isEqualTo(1);
    }

    @Test
    void singleOctetsAndManyInOnePiece() throws Exception {
        byte[] message = bound("eth1", "192.0.2.1");
        try (RawPusher slow = pusher();
                RawPusher quick = pusher().greet()) {
            byte[] stream = ByteBuffer.allocate(16 + message.length)
                    .put(SpHello.of(SpHello.PUSH))
                    .putLong(message.length)
                    .put(message)
                    .array();
            for (byte octet : stream) {
                slow.send(new byte[] {octet});
            }
            inbox.await(1);
            ByteBuffer many = ByteBuffer.allocate(100 * (8 + message.length));
            for (int i = 0; i < 100; i++) {
                many.putLong(message.length).put(message);
            }
            quick.send(many.array());
            assertThat(inbox.await(101)).hasSize(101);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0053500000510000, greeting",
        "0053500000100000, greeting",
        "00535001, greeting",
        "474554202f, greeting",
        "0053500000500000 0000000000100001, too-long",
        "0053500000500000 ffffffffffffffff, too-long"
    })
    void wrongPeersAreClosedAtOnce(String octets, String why) throws Exception {
        try (RawPusher pusher = pusher()) {
            pusher.send(java.util.HexFormat.of().parseHex(octets.replace(" ", "")));
            assertThat(pusher.isClosed()).isTrue();
        }
        assertThat(fate(why)).isEqualTo(1);
        try (RawPusher next = pusher().greet()) {
            next.message(bound);
            inbox.await(1);
        }
    }

    @Test
    void aSilentPeerAndAHalfGreetingAreClosedInTime() throws Exception {
        receiver.close();
        receiver = receiver(new LeaseReceiver.Limits(1 << 20, 100, Duration.ofMillis(100), LONG), ANYWHERE);
        try (RawPusher silent = pusher();
                RawPusher half = pusher().send(new byte[] {0, 'S', 'P'});
                RawPusher greeted = pusher().greet()) {
            assertThat(silent.isClosed()).isTrue();
            assertThat(half.isClosed()).isTrue();
            greeted.message(bound);
            inbox.await(1);
        }
        assertThat(counts.connectionsThat("handshake-timeout")).isEqualTo(2);
    }

    @Test
    void aMessageThatDoesNotGoOnIsGivenUp() throws Exception {
        receiver.close();
        receiver = receiver(new LeaseReceiver.Limits(1 << 20, 100, LONG, Duration.ofMillis(100)), ANYWHERE);
        try (RawPusher stuck = pusher().greet();
                RawPusher idle = pusher().greet()) {
            stuck.send(SpFrames.head(SpFrames.Form.TCP, 1_720)).send(new byte[100]);
            assertThat(stuck.isClosed()).isTrue();
            idle.message(bound);
            inbox.await(1);
        }
        assertThat(fate("unfinished")).isEqualTo(1);
    }

    @Test
    void aCutMessageIsNotDelivered() throws Exception {
        try (RawPusher pusher = pusher().greet()) {
            pusher.send(SpFrames.head(SpFrames.Form.TCP, 1_720)).send(new byte[1_719]);
        }
        assertThat(fate("cut")).isEqualTo(1);
        assertThat(inbox.taken()).isEmpty();
    }

    @Test
    void whatIsNoMessageIsCountedAndKeptOnDemand() throws Exception {
        refused.keep(true);
        try (RawPusher pusher = pusher().greet()) {
            byte[] wrong = bound.clone();
            wrong[32] = 9;
            pusher.message(new byte[0])
                    .message(new byte[1_048_576])
                    .message(wrong)
                    .message(bound);
            inbox.await(1);
        }
        assertThat(counts.ofInterface(MonitorCounts.OTHERS)).containsEntry("length", 2L);
        assertThat(counts.ofInterface("erouter0")).containsEntry("version", 1L);
        assertThat(refused.kept()).hasSize(3);
        assertThat(refused.kept().getFirst().hex())
                .startsWith("65726f7574657230")
                .hasSize(2 * 1_720);
        assertThat(refused.kept().get(1).length()).isEqualTo(1_048_576);
        refused.keep(false);
        assertThat(refused.kept()).isEmpty();
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAndCounted() throws Exception {
        receiver.close();
        receiver = receiver(new LeaseReceiver.Limits(1 << 20, 2, LONG, LONG), ANYWHERE);
        try (RawPusher one = pusher().greet();
                RawPusher two = pusher().greet();
                RawPusher three = pusher()) {
            assertThat(three.isClosed()).isTrue();
            one.message(bound);
            two.message(bound);
            inbox.await(2);
        }
        assertThat(fate("too-many")).isEqualTo(1);
    }

    @Test
    void whatAClientTellsByOneConnectionAfterTheOtherStaysInOrder() throws Exception {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String address = "10.0." + i / 250 + "." + i % 250;
            try (RawPusher pusher = pusher().greet()) {
                pusher.message(bound("wan" + i % 3, address));
            }
            sent.add(address);
        }
        List<String> got = inbox.await(500).stream()
                .map(message -> ((Dhcpv4PluginMessage) message).address())
                .toList();
        assertThat(got).isEqualTo(sent);
    }

    @Test
    void anInterfaceWithoutRoomHoldsUpItselfAlone() throws Exception {
        inbox.stopUp("slow");
        try (RawPusher first = pusher().greet();
                RawPusher second = pusher().greet()) {
            first.message(bound("slow", "10.0.0.1")).message(bound("fast", "10.0.0.2"));
            awaitWaiting();
            second.message(bound("fast", "10.0.0.3")).message(bound("slow", "10.0.0.4"));
            assertThat(addresses(inbox.await(1))).containsExactly("10.0.0.3");
            inbox.open("slow");
            receiver.room("slow");
            assertThat(addresses(inbox.await(4))).containsSubsequence("10.0.0.1", "10.0.0.2");
            assertThat(addresses(inbox.await(4))).containsSubsequence("10.0.0.1", "10.0.0.4");
        }
    }

    private void awaitWaiting() {
        await().until(() -> counts.ofInterface("slow").containsKey("waited"));
    }

    private static List<String> addresses(List<PluginMessage> messages) {
        return messages.stream()
                .map(message -> ((Dhcpv4PluginMessage) message).address())
                .toList();
    }

    @Test
    void aUnixSocketIsTheSameWithAnOctetMoreAndItsOldFileIsNotInTheWay() throws Exception {
        Path file = folder.resolve("leases.sock");
        try (ServerSocketChannel old = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            old.bind(UnixDomainSocketAddress.of(file));
        }
        assertThat(file).exists();
        receiver.close();
        SpAddress ipc = SpAddress.parse("ipc://" + file).orElseThrow();
        receiver = receiver(new LeaseReceiver.Limits(1 << 20, 100, LONG, LONG), ANYWHERE, ipc);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            channel.write(ByteBuffer.wrap(SpHello.of(SpHello.PUSH)));
            channel.write(ByteBuffer.wrap(SpFrames.head(SpFrames.Form.IPC, bound.length)));
            channel.write(ByteBuffer.wrap(bound));
            inbox.await(1);
        }
        assertThatThrownBy(() -> receiver(new LeaseReceiver.Limits(1, 1, LONG, LONG), ipc))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("somebody listens there already");
        receiver.close();
        assertThat(file).doesNotExist();
        Files.writeString(file, "precious");
        assertThatThrownBy(() -> receiver(new LeaseReceiver.Limits(1, 1, LONG, LONG), ipc))
                .hasMessageContaining("another file");
        assertThat(file).hasContent("precious");
    }

    @Test
    void anAddressThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            SpAddress address = new SpAddress(SpAddress.Transport.TCP, "127.0.0.1", taken.getLocalPort(), "");
            assertThatThrownBy(() -> receiver(new LeaseReceiver.Limits(1, 1, LONG, LONG), ANYWHERE, address))
                    .hasMessageContaining(address.toString());
        }
    }

    @Test
    void manyThousandConnectionsAtOnce() throws Exception {
        receiver.close();
        receiver = receiver(new LeaseReceiver.Limits(1 << 20, 20_000, LONG, LONG), ANYWHERE);
        int many = 2_000;
        List<RawPusher> pushers = new ArrayList<>();
        try {
            for (int i = 0; i < many; i++) {
                pushers.add(pusher().greet());
            }
            assertThat(receiver.connections()).isEqualTo(many);
            for (RawPusher pusher : pushers) {
                pusher.message(bound);
            }
            inbox.await(many);
        } finally {
            for (RawPusher pusher : pushers) {
                pusher.close();
            }
        }
    }
}
