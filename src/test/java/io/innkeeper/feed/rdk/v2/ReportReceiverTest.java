package io.innkeeper.feed.rdk.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.innkeeper.feed.rdk.MessageLog;
import io.innkeeper.feed.rdk.RefusedMessages;
import io.innkeeper.feed.rdk.TestingLanes;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.Rejected;
import io.innkeeper.wire.rdk.SpAddress;
import io.innkeeper.wire.rdk.v2.Message;
import io.innkeeper.wire.rdk.v2.Message.Ack;
import io.innkeeper.wire.rdk.v2.Message.AckStatus;
import io.innkeeper.wire.rdk.v2.Message.Priority;
import io.innkeeper.wire.rdk.v2.Message.Refusal;
import io.innkeeper.wire.rdk.v2.TestingReports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sockets, real lanes, a sink that can be held up: what senders hear, and when. */
class ReportReceiverTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final SpAddress ANYWHERE =
            SpAddress.parse("tcp://127.0.0.1:0").orElseThrow();
    private static final String SENDER = TestingLine.SENDER;
    private static final PluginMessage BOUND = TestingReports.sample("v4-bound");

    private final TestingLanes lanes = new TestingLanes(4, Set.of());
    private final ReportCounts counts = new ReportCounts();
    private final RefusedMessages refused = new RefusedMessages(lanes.counts, new MessageLog(), () -> Instant.EPOCH);
    private final AtomicReference<KeyRing> keys = new AtomicReference<>(KeyRing.EMPTY);
    private final AtomicInteger troubles = new AtomicInteger();
    private ReportReceiver receiver;

    @TempDir
    Path folder;

    @BeforeEach
    void listen() throws IOException {
        receiver = receiver(new ReportReceiver.Limits(3, 50, 1_000, LONG, LONG, LONG), ANYWHERE);
    }

    @AfterEach
    void close() {
        receiver.close();
        lanes.close();
    }

    private ReportReceiver receiver(ReportReceiver.Limits limits, SpAddress... addresses) throws IOException {
        ReportReceiver made = new ReportReceiver(
                List.of(addresses),
                limits,
                new ReportReceiver.World(
                        lanes.router,
                        new SenderPlaces(this::place),
                        "ffeeddccbbaa99887766554433221100",
                        keys::get,
                        new SecureRandom()::nextBytes,
                        lanes.counts,
                        counts,
                        refused,
                        () -> Instant.EPOCH,
                        lanes::failed));
        lanes.router.onRoom(made::room);
        made.start();
        return made;
    }

    private void instead(ReportReceiver.Limits limits, SpAddress address) throws IOException {
        receiver.close();
        receiver = receiver(limits, address);
    }

    /** What a store would have: the newest place of a reader. */
    private Optional<String> place(String reader) {
        if (troubles.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new UncheckedIOException(new IOException("the disk does not answer"));
        }
        return lanes.sink.clientReports.reversed().stream()
                .flatMap(report -> report.places().reversed().stream())
                .filter(place -> place.reader().equals(reader))
                .map(place -> place.place())
                .findFirst();
    }

    private TestingSender open() throws IOException {
        return TestingSender.open(receiver.addresses().getFirst(), SENDER, 0, null);
    }

    private static Message.Report report(long sequence, String ifname, Priority priority) {
        return TestingReports.report(sequence, ifname, priority, BOUND);
    }

    private static Message.Report report(long sequence) {
        return report(sequence, "wan0", Priority.RENEW);
    }

    private long fate(String what) {
        await().until(() -> counts.fates().getOrDefault(what, 0L) > 0);
        return counts.fates().getOrDefault(what, 0L);
    }

    @Test
    void whatIsStoredIsAcknowledgedAndNothingElse() throws IOException {
        lanes.sink.holdUp("wan0");
        try (TestingSender sender = open()) {
            sender.send(report(1), report(2), report(1, "wan1", Priority.BULK));
            assertThat(sender.acknowledged("wan1", 1).status()).isEqualTo(AckStatus.STORED);
            sender.send(new Message.Ping());
            assertThat(sender.hear())
                    .as("nothing is said of wan0 before the pong, since nothing of it is stored")
                    .isEqualTo(new Message.Pong());
            lanes.sink.letGo("wan0");
            assertThat(sender.acknowledged("wan0", 2).status()).isEqualTo(AckStatus.STORED);
        }
        assertThat(place(Deliveries.reader(SENDER, "wan0"))).contains("2@0");
        assertThat(counts.outcomes()).containsEntry("stored", 3L);
    }

    @Test
    void expiryOvertakesBulkOfOtherInterfacesThatFindNoRoom() throws IOException {
        lanes.sink.holdUp("bulky");
        try (TestingSender sender = open()) {
            Message.Report[] bulk = new Message.Report[40];
            Arrays.setAll(bulk, i -> report(i + 1, "bulky", Priority.BULK));
            sender.send(bulk);
            sender.send(report(1, "ending", Priority.EXPIRY));
            assertThat(sender.acknowledged("ending", 1).status()).isEqualTo(AckStatus.STORED);
            assertThat(lanes.sink.of("bulky")).isEmpty();
            lanes.sink.letGo("bulky");
            assertThat(sender.acknowledged("bulky", 40).status()).isEqualTo(AckStatus.STORED);
        }
        assertThat(place(Deliveries.reader(SENDER, "bulky"))).contains("40@0");
    }

    @Test
    void aReportThatComesAgainIsNotToldAgain() throws IOException {
        try (TestingSender sender = open()) {
            sender.send(report(1), report(2));
            assertThat(sender.acknowledged("wan0", 2).status()).isEqualTo(AckStatus.STORED);
            sender.send(report(2));
            assertThat(sender.acknowledged("wan0", 2).status()).isEqualTo(AckStatus.DUPLICATE);
        }
        instead(new ReportReceiver.Limits(3, 50, 1_000, LONG, LONG, LONG), ANYWHERE);
        try (TestingSender sender = open()) {
            sender.send(report(1), report(2), report(3));
            assertThat(sender.acknowledged("wan0", 3).status()).isEqualTo(AckStatus.STORED);
        }
        assertThat(counts.outcomes()).containsEntry("stored", 3L).containsEntry("duplicate", 3L);
        assertThat(lanes.sink.clientReports.stream().flatMap(report -> report.places().stream()))
                .extracting(place -> place.place())
                .doesNotHaveDuplicates();
    }

    @Test
    void whatCanNeverBeTakenIsRejectedForItsReason() throws IOException {
        Dhcpv4PluginMessage wrong = withAddress((Dhcpv4PluginMessage) BOUND, "192.0.2.256");
        try (TestingSender sender = open()) {
            sender.send(TestingReports.report(1, "wan0", Priority.RENEW, wrong), report(2));
            Ack rejected = sender.acknowledged("wan0", 1);
            Ack stored = rejected.status() == AckStatus.STORED ? rejected : sender.acknowledged("wan0", 2);
            assertThat(stored.status()).isEqualTo(AckStatus.STORED);
            sender.send(report(1, "bad name", Priority.RENEW));
            assertThat(sender.acknowledged("bad name", 1))
                    .isEqualTo(new Ack("bad name", 1, AckStatus.REJECTED, "interface"));
            for (String name : List.of("wan1", "wan2")) {
                sender.send(report(1, name, Priority.RENEW));
                assertThat(sender.acknowledged(name, 1).status()).isEqualTo(AckStatus.STORED);
            }
            sender.send(report(1, "wan3", Priority.RENEW));
            assertThat(sender.acknowledged("wan3", 1))
                    .isEqualTo(new Ack("wan3", 1, AckStatus.REJECTED, "too-many-interfaces"));
        }
        assertThat(lanes.counts.ofInterface("wan0")).containsEntry("address", 1L);
        assertThat(counts.outcomes()).containsEntry("rejected", 3L);
    }

    private static Dhcpv4PluginMessage withAddress(Dhcpv4PluginMessage said, String address) {
        byte[] octets = said.write();
        byte[] text = Arrays.copyOf(address.getBytes(StandardCharsets.US_ASCII), 32);
        System.arraycopy(text, 0, octets, said.layout().length() == 1_720 ? 42 : 38, 32);
        assertThat(PluginMessage.parse(octets)).isInstanceOf(Rejected.class);
        return new Dhcpv4PluginMessage(
                said.layout(),
                said.ifname(),
                said.innerIfname(),
                true,
                false,
                address,
                said.netmask(),
                "",
                "",
                "",
                60,
                0,
                0,
                0,
                false,
                "",
                0,
                0,
                "",
                "bound",
                false,
                0,
                "",
                "",
                said.mta(),
                "",
                "",
                "");
    }

    @Test
    void whereOneCannotBeTakenNothingAfterItIs() throws IOException {
        troubles.set(1);
        try (TestingSender sender = open()) {
            sender.send(report(1), report(2), report(3));
            sender.ended();
        }
        assertThat(fate("store")).isOne();
        try (TestingSender sender = open()) {
            sender.send(report(1), report(2), report(3));
            assertThat(sender.acknowledged("wan0", 3).status()).isEqualTo(AckStatus.STORED);
        }
        assertThat(lanes.sink.clientReports).hasSize(3);
    }

    @Test
    void wantedKeysThatCannotBeHadLetNobodyIn() throws IOException {
        try (TestingSender before = open()) {
            keys.set(new KeyRing(Map.of(), true));
            before.ended();
        }
        try (TestingSender plain = new TestingSender(receiver.addresses().getFirst())) {
            assertThat(((Message.Refused) plain.greet(SENDER, 0, null)).reason())
                    .isEqualTo(Refusal.KEY_NEEDED);
        }
    }

    @Test
    void keysAreNeededAndChangeWhileItRuns() throws IOException {
        byte[] old = new byte[32];
        byte[] fresh = new byte[32];
        fresh[0] = 1;
        keys.set(new KeyRing(Map.of(1, old)));
        SpAddress address = receiver.addresses().getFirst();
        try (TestingSender plain = new TestingSender(address)) {
            assertThat(((Message.Refused) plain.greet(SENDER, 0, null)).reason())
                    .isEqualTo(Refusal.KEY_NEEDED);
            plain.ended();
        }
        try (TestingSender wrong = TestingSender.open(address, SENDER, 1, fresh)) {
            wrong.send(report(1));
            wrong.ended();
        }
        assertThat(fate("authentication")).isOne();
        try (TestingSender before = TestingSender.open(address, SENDER, 1, old)) {
            before.send(report(1));
            assertThat(before.acknowledged("wan0", 1).status()).isEqualTo(AckStatus.STORED);
            keys.set(new KeyRing(Map.of(1, old, 2, fresh)));
            await().until(() -> Set.of(1, 2).equals(receiver.status().get("keys")));
            try (TestingSender after = TestingSender.open(address, SENDER, 2, fresh)) {
                keys.set(new KeyRing(Map.of(2, fresh)));
                before.ended();
                assertThat(fate("key-removed")).isOne();
                after.send(report(2));
                assertThat(after.acknowledged("wan0", 2).status()).isEqualTo(AckStatus.STORED);
            }
        }
    }

    @Test
    void aRecordedConnectionIsRefused() throws IOException {
        byte[] key = new byte[32];
        keys.set(new KeyRing(Map.of(1, key)));
        SpAddress address = receiver.addresses().getFirst();
        byte[] recorded;
        try (TestingSender sender = TestingSender.open(address, SENDER, 1, key)) {
            sender.send(report(1));
            assertThat(sender.acknowledged("wan0", 1).status()).isEqualTo(AckStatus.STORED);
            recorded = sender.sent();
        }
        try (TestingSender replayed = new TestingSender(address)) {
            replayed.send(recorded);
            replayed.ended();
        }
        assertThat(fate("replayed-hello")).isOne();
        instead(new ReportReceiver.Limits(3, 50, 1_000, LONG, LONG, LONG), ANYWHERE);
        try (TestingSender replayed = new TestingSender(receiver.addresses().getFirst())) {
            replayed.send(recorded);
            replayed.ended();
        }
        assertThat(fate("authentication")).isOne();
        assertThat(lanes.sink.clientReports.stream().flatMap(report -> report.places().stream()))
                .hasSize(1);
    }

    @Test
    void moreConnectionsThanAllowedAreRefused() throws IOException {
        try (TestingSender _ = open();
                TestingSender _ = open();
                TestingSender third = open();
                TestingSender fourth = new TestingSender(receiver.addresses().getFirst())) {
            assertThat(((Message.Refused) fourth.hear()).reason()).isEqualTo(Refusal.BUSY);
            fourth.ended();
            third.send(new Message.Goodbye("enough"));
            assertThat(fate("goodbye")).isOne();
            try (TestingSender fifth = open()) {
                fifth.send(report(1));
                assertThat(fifth.acknowledged("wan0", 1).status()).isEqualTo(AckStatus.STORED);
            }
        }
    }

    @Test
    void whoSaysNothingIsLetGoAndWhoIsSilentIsAsked() throws IOException {
        Duration moment = Duration.ofMillis(600);
        instead(new ReportReceiver.Limits(3, 50, 1_000, moment, LONG, moment), ANYWHERE);
        try (TestingSender silent = new TestingSender(receiver.addresses().getFirst());
                TestingSender asked = open()) {
            silent.ended();
            assertThat(fate("handshake-timeout")).isOne();
            assertThat(asked.hear()).isEqualTo(new Message.Ping());
            asked.ended();
            assertThat(fate("silent")).isOne();
        }
    }

    @Test
    void aFrameThatIsNotFinishedEndsItsConnection() throws IOException {
        instead(new ReportReceiver.Limits(3, 50, 1_000, LONG, Duration.ofMillis(600), LONG), ANYWHERE);
        try (TestingSender sender = open()) {
            sender.send(new byte[] {0, 0, 1});
            sender.ended();
            assertThat(fate("unfinished")).isOne();
        }
        try (TestingSender sender = open()) {
            sender.send(new byte[] {0, 0, 1});
        }
        assertThat(fate("cut")).isOne();
    }

    @Test
    void whenTooMuchWaitsNothingIsReadUntilThereIsRoom() throws IOException {
        instead(new ReportReceiver.Limits(3, 50, 20, LONG, LONG, LONG), ANYWHERE);
        lanes.sink.holdUp("wan0");
        try (TestingSender first = open();
                TestingSender second = TestingSender.open(receiver.addresses().getFirst(), "f".repeat(32), 0, null)) {
            Message.Report[] many = new Message.Report[50];
            Arrays.setAll(many, i -> report(i + 1));
            first.send(many);
            await().until(() -> (int) receiver.status().getOrDefault("waiting", 0) >= 20);
            second.send(report(1, "wan1", Priority.EXPIRY));
            lanes.sink.letGo("wan0");
            assertThat(first.acknowledged("wan0", 50).status()).isEqualTo(AckStatus.STORED);
            assertThat(second.acknowledged("wan1", 1).status()).isEqualTo(AckStatus.STORED);
        }
    }

    @Test
    void aUnixSocketIsAListenerToo() throws IOException {
        Path socket = folder.resolve("v2.sock");
        instead(
                new ReportReceiver.Limits(3, 50, 1_000, LONG, LONG, LONG),
                SpAddress.parse("ipc://" + socket).orElseThrow());
        try (TestingSender sender = open()) {
            sender.send(report(1));
            assertThat(sender.acknowledged("wan0", 1).status()).isEqualTo(AckStatus.STORED);
        }
        receiver.close();
        assertThat(Files.exists(socket)).isFalse();
    }

    @Test
    void aMonitorThatStopsSaysSo() throws IOException {
        try (TestingSender sender = open()) {
            receiver.close();
            assertThat(sender.hear()).isEqualTo(new Message.Goodbye("the monitor stops"));
            sender.ended();
        }
    }

    @Test
    void anAddressThatIsTakenIsNamed() {
        SpAddress taken = receiver.addresses().getFirst();
        assertThatThrownBy(() -> receiver(new ReportReceiver.Limits(3, 50, 20, LONG, LONG, LONG), taken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(taken.toString());
    }
}
