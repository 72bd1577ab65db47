package io.innkeeper.tell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.tell.push.Sent;
import io.innkeeper.tell.spool.Spool;
import io.innkeeper.tell.spool.SpoolBook;
import io.innkeeper.tell.spool.SpoolLimits;
import io.innkeeper.tell.spool.Tally;
import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.SpFrames;
import io.innkeeper.wire.rdk.SpHello;
import io.innkeeper.wire.rdk.v2.TestingReports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages go from a spool to monitors over real sockets. */
class SpoolSenderTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    /** Where the name of the interface stands once more. */
    private static final int INNER_NAME = 266;

    /** The common pool may have one thread only. */
    private static final Executor OWN = task -> Thread.ofVirtual().start(task);

    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path temporary;

    private TestingMonitor one;
    private TestingMonitor other;

    @BeforeEach
    void start() throws IOException {
        one = new TestingMonitor();
        other = new TestingMonitor();
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    private Path folder() {
        return temporary.resolve("spool");
    }

    private SpoolSender sender(Duration wait, Balance balance, List<SharedKey> keys, String... monitors) {
        List<MonitorAddress> addresses = Stream.of(monitors)
                .map(text -> MonitorAddress.parse(text).orElseThrow())
                .toList();
        DeliveryPlan plan = new DeliveryPlan(addresses, balance, keys, "box", false);
        return new SpoolSender(folder(), SpoolLimits.USUAL, plan, wait, InstantSource.system(), waiting -> {});
    }

    private SpoolSender sender(Duration wait, String... monitors) {
        return sender(wait, Balance.FIRST, List.of(), monitors);
    }

    private Spool spool() {
        return Spool.in(folder(), SpoolLimits.USUAL, new Random(), InstantSource.system());
    }

    /** What udhcpc says of an interface. */
    private static PluginMessage bound(String ifname) {
        byte[] octets = TestingReports.sample("v4-bound").write();
        byte[] name = Arrays.copyOf(ifname.getBytes(StandardCharsets.UTF_8), PluginMessage.IFNAME);
        System.arraycopy(name, 0, octets, 0, name.length);
        System.arraycopy(name, 0, octets, INNER_NAME, name.length);
        return (PluginMessage) PluginMessage.parse(octets);
    }

    private static SharedKey key(int id, int octet) {
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) octet);
        return new SharedKey(id, Octets.of(octets));
    }

    /** Appends without a monitor: {@code count} of each interface. */
    private void keep(int interfaces, int count) {
        SpoolSender nobody = sender(Duration.ZERO, "tcp://127.0.0.1:1");
        for (int i = 0; i < count; i++) {
            for (int lane = 0; lane < interfaces; lane++) {
                assertThat(nobody.send(bound("wan" + lane)).state()).isEqualTo(Sent.State.WAITING);
            }
        }
    }

    private static List<String> expected(int interfaces, int count) {
        return IntStream.range(0, interfaces)
                .boxed()
                .flatMap(lane -> IntStream.rangeClosed(1, count).mapToObj(number -> "wan" + lane + " " + number))
                .toList();
    }

    @Test
    void aStoredMessageLeavesTheSpool() throws IOException {
        Sent sent = sender(LONG, one.address()).send(bound("wan0"));
        assertThat(sent).isEqualTo(new Sent(Sent.State.STORED, one.address(), ""));
        assertThat(one.stored).containsExactly("wan0 1");
        assertThat(spool().ask(SpoolBook::messages)).isZero();
    }

    @Test
    void whatNobodyTakesWaitsAndGoesLater() throws IOException {
        one.die();
        Sent sent = sender(SHORT, one.address()).send(bound("wan0"));
        assertThat(sent.state()).isEqualTo(Sent.State.WAITING);
        assertThat(sent.detail()).contains(one.address());
        one.comeBack();
        assertThat(sender(LONG, one.address()).flush().ended()).isEqualTo(new Tally(1, 0, 0, 0, 0, 0));
        assertThat(one.stored).containsExactly("wan0 1");
    }

    @Test
    void whatIsRejectedIsDroppedAndTold() throws IOException {
        one.rejects.add(2L);
        keep(1, 3);
        FlushOutcome outcome = sender(LONG, one.address()).flush();
        assertThat(outcome.ended()).isEqualTo(new Tally(2, 0, 1, 0, 0, 0));
        assertThat(one.stored).containsExactly("wan0 1", "wan0 3");
        one.rejects.add(4L);
        assertThat(sender(LONG, one.address()).send(bound("wan0")))
                .isEqualTo(new Sent(Sent.State.REJECTED, one.address(), "so it is"));
    }

    @Test
    void theSecondTakesOverWhereTheFirstDiesInTheMiddle() throws IOException {
        keep(5, 20);
        one.diesAfter = 30;
        FlushOutcome outcome = sender(LONG, one.address(), other.address()).flush();
        assertThat(outcome.waiting()).isZero();
        List<String> all = new ArrayList<>(one.stored);
        all.addAll(other.stored);
        assertThat(all).containsAll(expected(5, 20));
        assertThat(one.stored).doesNotHaveDuplicates();
        assertThat(other.stored).doesNotHaveDuplicates();
        assertThat(outcome.monitors()).extracting(MonitorStatus::address).contains(other.address());
    }

    @Test
    void aMonitorThatDiesAndComesBackHasEverythingOnce() throws Exception {
        keep(5, 20);
        one.diesAfter = 30;
        CompletableFuture<Void> back = CompletableFuture.runAsync(
                () -> {
                    await().until(() -> one.stored.size() >= 30 && one.diesAfter == 0);
                    try {
                        one.comeBack();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                OWN);
        FlushOutcome outcome = sender(LONG, one.address()).flush();
        back.join();
        assertThat(outcome.waiting()).isZero();
        assertThat(one.stored).containsExactlyInAnyOrderElementsOf(expected(5, 20));
    }

    @Test
    void interfacesAreSpreadAndStay() throws IOException {
        keep(20, 3);
        SpoolSender sender = sender(LONG, Balance.SPREAD, List.of(), one.address(), other.address());
        assertThat(sender.flush().waiting()).isZero();
        assertThat(one.stored).isNotEmpty();
        assertThat(other.stored).isNotEmpty();
        List<String> lanes = one.stored.stream().map(text -> text.split(" ")[0]).toList();
        assertThat(other.stored).noneMatch(text -> lanes.contains(text.split(" ")[0]));
        assertThat(one.stored.size() + other.stored.size()).isEqualTo(60);
    }

    @Test
    void keysAreRotated() throws IOException {
        SharedKey old = key(1, 7);
        SharedKey fresh = key(2, 9);
        one.key(1, old.octets().toArray());
        SpoolSender sender = sender(LONG, Balance.FIRST, List.of(fresh, old), one.address());
        assertThat(sender.send(bound("wan0")).state()).isEqualTo(Sent.State.STORED);
        one.key(2, fresh.octets().toArray());
        one.forget(1);
        assertThat(sender.send(bound("wan0")).state()).isEqualTo(Sent.State.STORED);
        assertThat(one.stored).containsExactly("wan0 1", "wan0 2");
    }

    @Test
    void aWrongKeyIsToldAndNothingIsLost() throws IOException {
        one.key(1, key(1, 7).octets().toArray());
        Sent sent =
                sender(SHORT, Balance.FIRST, List.of(key(1, 8)), one.address()).send(bound("wan0"));
        assertThat(sent.state()).isEqualTo(Sent.State.WAITING);
        assertThat(sent.detail()).contains("key 1");
        assertThat(sender(SHORT, one.address()).flush().monitors().getFirst().why())
                .contains("wants a key");
        FlushOutcome outcome =
                sender(LONG, Balance.FIRST, List.of(key(1, 7)), one.address()).flush();
        assertThat(outcome.waiting()).isZero();
        assertThat(one.stored).containsExactly("wan0 1");
    }

    @Test
    void theFileSaysWhereTheMonitorIsNow() throws IOException {
        Path file = temporary.resolve("monitor");
        SpoolSender sender = sender(LONG, "file:" + file);
        Files.writeString(file, one.address() + "\n");
        assertThat(sender.send(bound("wan0")).state()).isEqualTo(Sent.State.STORED);
        Files.writeString(file, other.address() + "\n");
        assertThat(sender.send(bound("wan0")).state()).isEqualTo(Sent.State.STORED);
        assertThat(other.stored).containsExactly("wan0 2");
        Files.delete(file);
        Sent sent = sender(SHORT, "file:" + file).send(bound("wan0"));
        assertThat(sent.detail()).contains("the monitor does not run");
    }

    @Test
    void whoDoesNotSendHimselfWaitsForTheOneThatDoes() throws Exception {
        AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
        SpoolSender staying = sender(LONG, one.address());
        spool().ask(SpoolBook::messages);
        CompletableFuture<FlushOutcome> following = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return staying.follow(stop::set).orElseThrow();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                OWN);
        await().until(() -> sender(SHORT, one.address()).follow(Runnable::run).isEmpty());
        // Nobody listens there: it is the other who sends.
        Sent sent = sender(LONG, "tcp://127.0.0.1:1").send(bound("wan0"));
        assertThat(sent.state()).isEqualTo(Sent.State.STORED);
        stop.get().run();
        assertThat(following.get().ended().stored()).isEqualTo(1);
    }

    @Test
    void aMonitorOfVersion1IsTheLastResort() throws Exception {
        one.die();
        try (ServerSocket old = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<PluginMessage> heard = CompletableFuture.supplyAsync(() -> pull(old), OWN);
            Sent sent = sender(LONG, "rdk:tcp://127.0.0.1:" + old.getLocalPort(), one.address())
                    .send(bound("wan0"));
            assertThat(sent.state()).isEqualTo(Sent.State.TOLD);
            assertThat(heard.get()).isEqualTo(bound("wan0"));
        }
    }

    private static PluginMessage pull(ServerSocket old) {
        try (Socket socket = old.accept()) {
            socket.getOutputStream().write(SpHello.of(SpHello.PULL));
            byte[] head = SpFrames.head(SpFrames.Form.TCP, 1_720);
            assertThat(socket.getInputStream().readNBytes(8)).isEqualTo(SpHello.of(SpHello.PUSH));
            assertThat(socket.getInputStream().readNBytes(head.length)).isEqualTo(head);
            return (PluginMessage) PluginMessage.parse(socket.getInputStream().readNBytes(1_720));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
