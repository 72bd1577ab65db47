package io.innkeeper.outbound;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.event.EventType;
import io.innkeeper.outbound.TestingReceiver.Received;
import io.innkeeper.service.Health;
import io.innkeeper.view.Json;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks to a receiver on a real socket. */
@Tag("slow")
class WebhookTest {
    @TempDir
    private Path folder;

    private final TestingReceiver receiver = new TestingReceiver();
    private OutboundKit kit;

    @BeforeEach
    void open() {
        kit = new OutboundKit(folder, "outbound: {}");
    }

    @AfterEach
    void close() {
        kit.close();
        receiver.close();
    }

    private String hook(String more) {
        return "outbound: {webhooks: [{name: hook, url: \"" + receiver.url() + "\"" + more + "}]}";
    }

    private void start(String more) {
        kit.adjust(hook(more));
    }

    private static void eventually(ThrowingRunnable looked) {
        await().atMost(60, SECONDS).pollInterval(Duration.ofMillis(10)).untilAsserted(looked);
    }

    private static long number(Received request) {
        return Json.MAPPER.readTree(request.body()).path("number").asLong();
    }

    /** As a receiver does it: of each key the first. */
    private List<Long> withoutDoubles() {
        Map<String, Long> first = new LinkedHashMap<>();
        receiver.taken.forEach(request -> first.putIfAbsent(request.header("Idempotency-Key"), number(request)));
        return List.copyOf(first.values());
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private void awaitAll(long to) {
        eventually(() -> assertThat(withoutDoubles()).hasSize((int) to));
        assertThat(withoutDoubles()).isEqualTo(numbers(1, to));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> detail() {
        return (Map<String, Object>) kit.health().detail().getOrDefault("webhook:hook", Map.of());
    }

    @Test
    void anEventIsASignedPost() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "Bearer abc\n");
        start(", secret: \"env:OUTBOUND_SECRET\", headers: {Authorization: \"file:" + token + "\"}");
        kit.tell(1);
        awaitAll(1);
        Received request = receiver.taken.getFirst();
        assertThat(request.body())
                .isEqualTo("{\"number\":1,\"type\":\"lease.added\",\"at\":\"2026-11-21T12:00:00Z\","
                        + "\"lease\":{\"address\":\"10.0.0.1\"}}");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("Innkeeper-Event")).isEqualTo("lease.added");
        assertThat(request.header("Authorization")).isEqualTo("Bearer abc");
        assertThat(request.header("Idempotency-Key")).isEqualTo(kit.storeIdentity() + "-1-1795262400000");
        String signature = request.header("Innkeeper-Signature");
        long atS = Long.parseLong(signature.replaceFirst("t=(\\d+),.*", "$1"));
        assertThat(signature).isEqualTo(Signature.of("of the environment", atS, request.body()));
    }

    @Test
    void onlyWhatIsAskedForComesAndTheRestIsPassedOver() {
        start(", events: [\"device.*\", service.failed]");
        kit.tell(200);
        kit.tell(EventType.DEVICE_ONLINE, "m", "{}");
        kit.tell(EventType.SERVICE_FAILED, "outbound", "{}");
        kit.tell(EventType.SERVICE_FAILED, "dhcp4", "{}");
        kit.tell(1);
        eventually(() -> assertThat(detail()).containsEntry("waiting", 0L));
        assertThat(receiver.taken.stream().map(WebhookTest::number)).containsExactly(201L, 203L);
        assertThat(receiver.taken.getFirst().header("Innkeeper-Signature")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 408, 401, 404, 302, 418})
    void whatFailsIsTriedAgainAndNothingOvertakesIt(int status) {
        start("");
        receiver.answers(TestingReceiver.status(status));
        kit.tell(5);
        eventually(() -> assertThat(receiver.heard).hasSizeGreaterThan(3));
        assertThat(receiver.heard.stream().map(WebhookTest::number)).containsOnly(1L);
        assertThat(kit.health().level()).isEqualTo(Health.Level.DEGRADED);
        receiver.takes();
        awaitAll(5);
        eventually(() -> assertThat(kit.health().level()).isEqualTo(Health.Level.OK));
        assertThat(detail())
                .containsEntry("delivered", 5L)
                .containsKey("lastFailure")
                .doesNotContainKey("trouble");
    }

    @Test
    void anEventThatIsRefusedAgainAndAgainIsGivenUpAndCounted() {
        start("");
        receiver.answers((exchange, request) -> {
            if (number(request) == 2) {
                exchange.sendResponseHeaders(422, -1);
            } else {
                receiver.take(exchange, request);
            }
        });
        kit.tell(3);
        eventually(() -> assertThat(withoutDoubles()).containsExactly(1L, 3L));
        assertThat(receiver.heard.stream().filter(request -> number(request) == 2))
                .hasSize(TargetWorker.MAX_REFUSALS);
        assertThat(kit.counted).contains("refused webhook:hook");
        eventually(() -> assertThat(detail()).containsEntry("refused", 1L));
    }

    @Test
    void troublesOnTheWayAreNoRefusals() {
        start("");
        AtomicInteger tries = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        receiver.answers((exchange, request) -> {
            if (number(request) == 2) {
                receiver.take(exchange, request);
            } else if (tries.incrementAndGet() <= TargetWorker.MAX_REFUSALS || tries.get() % 2 == 0) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                refused.incrementAndGet();
                exchange.sendResponseHeaders(422, -1);
            }
        });
        kit.tell(2);
        eventually(() -> assertThat(withoutDoubles()).containsExactly(2L));
        assertThat(refused).hasValue(TargetWorker.MAX_REFUSALS);
        eventually(() -> assertThat(detail()).containsEntry("refused", 1L));
    }

    @Test
    void aReceiverThatWantsNoMoreIsLeftAloneUntilItsConfigurationChanges() {
        start("");
        receiver.answers(TestingReceiver.status(410));
        kit.tell(3);
        eventually(() -> assertThat(kit.health().message()).contains("wants no more events"));
        receiver.takes();
        kit.tell(1);
        assertThat(receiver.heard).hasSize(1);
        kit.adjust(hook(", timeout: 4s"));
        awaitAll(4);
    }

    @Test
    void aCommandTriesAgainAtOnce() {
        kit.close();
        kit = new OutboundKit(folder, hook(""), new BackOff(Duration.ofHours(1), Duration.ofHours(1)));
        receiver.answers(TestingReceiver.status(500));
        kit.tell(1);
        eventually(() -> assertThat(detail()).containsKey("nextTryAt"));
        receiver.takes();
        assertThat(kit.command("retry", Map.of("target", "webhook:other")).succeeded())
                .isFalse();
        assertThat(kit.command("retry", Map.of()).data()).containsEntry("retried", List.of("webhook:hook"));
        awaitAll(1);
    }

    @Test
    void oneThatHangsHoldsUpNobodyElse() {
        CountDownLatch leave = new CountDownLatch(1);
        try (TestingReceiver hanging = new TestingReceiver()) {
            hanging.answers((exchange, request) -> awaitLatch(leave));
            kit.adjust("outbound: {webhooks: [{name: hook, url: \"" + receiver.url()
                    + "\"}, {name: slow, timeout: 2m, url: \"" + hanging.url() + "\"}]}");
            kit.tell(50);
            awaitAll(50);
            assertThat(hanging.heard).hasSize(1);
            leave.countDown();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aHangingReceiverIsGivenUpInTime() {
        CountDownLatch leave = new CountDownLatch(1);
        start(", timeout: 100ms");
        receiver.answers((exchange, request) -> awaitLatch(leave));
        kit.tell(2);
        eventually(() -> assertThat(detail()).containsEntry("trouble", "no answer within 100 ms"));
        receiver.takes();
        leave.countDown();
        awaitAll(2);
    }

    @Test
    void anAnswerWithoutEndIsAnAnswer() {
        start(", timeout: 10s");
        receiver.answers((exchange, request) -> {
            receiver.taken.add(request);
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            byte[] much = new byte[1 << 16];
            for (int i = 0; i < 1_000; i++) {
                out.write(much); // fails where the other side has had enough
            }
        });
        kit.tell(3);
        awaitAll(3);
        assertThat(receiver.taken).hasSize(3);
    }

    @Test
    void everyEventOnceOverRestartsOfReceiverAndOfUs() {
        start("");
        kit.tell(100);
        receiver.stop();
        kit.tell(150);
        receiver.restart();
        kit.tell(50);
        kit.stop();
        kit.start();
        kit.tell(100);
        receiver.stop();
        kit.tell(50);
        kit.stop();
        receiver.restart();
        kit.start();
        kit.tell(150);
        kit.crash();
        kit.start();
        kit.tell(200);
        receiver.stop();
        kit.crash();
        kit.start();
        receiver.restart();
        kit.tell(200);
        awaitAll(1_000);
        assertThat(detail()).containsEntry("lost", 0L);
    }

    @Test
    void aCrashRepeatsUnderTheSameKeys() {
        start("");
        kit.tell(20);
        awaitAll(20);
        kit.crash();
        kit.start();
        kit.tell(1);
        awaitAll(21);
    }

    @Test
    void aNewTargetBeginsWithWhatComesNextAndAnOldOneKeepsItsPlace() {
        start("");
        kit.tell(10);
        awaitAll(10);
        try (TestingReceiver second = new TestingReceiver()) {
            String both = "outbound: {webhooks: [{name: hook, url: \"" + receiver.url() + "\"}, {name: second, url: \""
                    + second.url() + "\"}]}";
            kit.adjust(both);
            kit.tell(2);
            awaitAll(12);
            eventually(() -> assertThat(second.taken).hasSize(2));
            kit.adjust(hook(""));
            kit.tell(3);
            kit.adjust(both);
            kit.tell(1);
            awaitAll(16);
            eventually(() ->
                    assertThat(second.taken.stream().map(WebhookTest::number)).containsExactly(11L, 12L, 16L));
        }
    }

    @Test
    void aChangeWhileItFailsLosesNothing() {
        start("");
        receiver.answers(TestingReceiver.status(500));
        kit.tell(10);
        eventually(() -> assertThat(detail()).containsKey("trouble"));
        try (TestingReceiver moved = new TestingReceiver()) {
            kit.adjust("outbound: {webhooks: [{name: hook, url: \"" + moved.url() + "\"}]}");
            eventually(() ->
                    assertThat(moved.taken.stream().map(WebhookTest::number)).isEqualTo(numbers(1, 10)));
        }
    }

    @Test
    void whatWasRemovedBeforeIsCountedAndTold() {
        start("");
        receiver.answers(TestingReceiver.status(500));
        kit.tell(1);
        kit.tellAtOnce(200);
        kit.pruneBelow(101);
        // A batch that was read before goes on being delivered; before the second try from now on one is read anew.
        int triedBefore = receiver.heard.size();
        eventually(() -> assertThat(receiver.heard).hasSizeGreaterThan(triedBefore + 1));
        receiver.takes();
        eventually(() -> assertThat(detail()).containsEntry("waiting", 0L));
        assertThat(detail()).containsEntry("lost", 100L);
        assertThat(withoutDoubles()).isEqualTo(numbers(101, 201));
        assertThat(kit.health().message()).contains("removed before they could be delivered");
        assertThat(kit.counted).anyMatch(words -> words.startsWith("lost webhook:hook"));
    }

    @Test
    void aSecretThatCannotBeReadIsTroubleAndNotTold() throws Exception {
        Path secret = folder.resolve("secret");
        start(", secret: \"file:" + secret + "\"");
        kit.tell(1);
        eventually(() -> assertThat(detail().get("trouble")).asString().contains("the secret cannot be read"));
        assertThat(receiver.heard).isEmpty();
        Files.writeString(secret, "xyz");
        awaitAll(1);
    }
}
