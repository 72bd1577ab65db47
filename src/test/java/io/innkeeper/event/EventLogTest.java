package io.innkeeper.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00.123Z");

    private static EventDraft draft(String subject) {
        return new EventDraft(EventType.LEASE_ADDED, NOW, subject, "{\"subject\":\"" + subject + "\"}");
    }

    private static List<EventDraft> drafts(int count) {
        return IntStream.range(0, count).mapToObj(i -> draft("s" + i)).toList();
    }

    private static List<Event> add(EventLog log, int count) {
        return log.append(drafts(count), events -> {});
    }

    private static List<Long> numbers(List<Event> events) {
        return events.stream().map(Event::number).toList();
    }

    private static EventLog.Batch now(EventLog log, long after, int max) throws InterruptedException {
        return log.await(after, max, 0, () -> false);
    }

    @Test
    void numberingGoesOnWhereTheStoreEnded() {
        EventLog log = new EventLog(41, 8);
        assertThat(numbers(add(log, 3))).containsExactly(42L, 43L, 44L);
        assertThat(log.newest()).isEqualTo(44);
    }

    @Test
    void theNumberTheTypeAndTheTimeStandInTheJson() {
        Event event = new EventDraft(EventType.DEVICE_CHANGED, NOW, "x", "{\"a\":1}").numbered(7);
        assertThat(event.json())
                .isEqualTo("{\"number\":7,\"type\":\"device.changed\",\"at\":\"2026-11-21T07:00:00.123Z\",\"a\":1}");
        assertThat(new EventDraft(EventType.DEVICE_CHANGED, NOW, "x", "{}")
                        .numbered(1)
                        .json())
                .isEqualTo("{\"number\":1,\"type\":\"device.changed\",\"at\":\"2026-11-21T07:00:00.123Z\"}");
    }

    @Test
    void aBodyThatWouldBreakAFrameIsRefused() {
        for (String body : List.of("", "[]", "{\"a\":1}\n", "{\n}", "x{}")) {
            assertThatIllegalArgumentException()
                    .as(body)
                    .isThrownBy(() -> new EventDraft(EventType.LEASE_ADDED, NOW, "x", body));
        }
    }

    @Test
    void whatCannotBePersistedIsNeitherNumberedNorShown() throws InterruptedException {
        EventLog log = new EventLog(0, 8);
        add(log, 1);
        assertThatThrownBy(() -> log.append(drafts(2), events -> {
                    throw new IllegalStateException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(log.newest()).isEqualTo(1);
        assertThat(now(log, 1, 10).events()).isEmpty();
        assertThat(numbers(add(log, 1))).containsExactly(2L);
    }

    @Test
    void nothingIsShownBeforeItIsPersisted() {
        EventLog log = new EventLog(0, 8);
        log.append(drafts(3), events -> {
            assertThat(log.newest()).isZero();
            assertThat(numbers(events)).containsExactly(1L, 2L, 3L);
        });
        assertThat(log.newest()).isEqualTo(3);
    }

    @Test
    void aFollowerReadsFromAnyPosition() throws InterruptedException {
        EventLog log = new EventLog(100, 8);
        add(log, 5);
        for (long after = 100; after <= 105; after++) {
            EventLog.Batch batch = now(log, after, 10);
            assertThat(batch.behind()).isFalse();
            assertThat(numbers(batch.events()))
                    .isEqualTo(LongStream.rangeClosed(after + 1, 105).boxed().toList());
        }
        assertThat(numbers(now(log, 101, 2).events())).containsExactly(102L, 103L);
        assertThat(now(log, 400, 10)).isEqualTo(new EventLog.Batch(List.of(), false));
        assertThat(now(log, Long.MAX_VALUE, 10)).isEqualTo(new EventLog.Batch(List.of(), false));
    }

    @Test
    void whatIsNoLongerInMemoryIsSaidToBeBehind() throws InterruptedException {
        EventLog log = new EventLog(100, 4);
        // Nothing came since the start: what is on disk before it is behind only once there is something to go on to.
        assertThat(now(log, 50, 10)).isEqualTo(new EventLog.Batch(List.of(), true));
        assertThat(now(log, 100, 10)).isEqualTo(new EventLog.Batch(List.of(), false));
        add(log, 3);
        assertThat(now(log, 99, 10).behind()).isTrue();
        assertThat(numbers(now(log, 100, 10).events())).containsExactly(101L, 102L, 103L);
        add(log, 3); // 101..106, of which 103..106 are held
        assertThat(now(log, 101, 10)).isEqualTo(new EventLog.Batch(List.of(), true));
        assertThat(numbers(now(log, 102, 10).events())).containsExactly(103L, 104L, 105L, 106L);
        assertThat(now(log, -5, 10).behind()).isTrue();
    }

    @Test
    void anAppendLargerThanTheMemoryKeepsTheNewest() throws InterruptedException {
        EventLog log = new EventLog(0, 4);
        add(log, 11);
        assertThat(now(log, 0, 20).behind()).isTrue();
        assertThat(numbers(now(log, 7, 20).events())).containsExactly(8L, 9L, 10L, 11L);
    }

    @Test
    void waitingEndsWithTheTime() throws InterruptedException {
        long before = System.nanoTime();
        assertThat(new EventLog(0, 4).await(0, 10, 30, () -> false).events()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(29), Duration.ofSeconds(10));
    }

    @Test
    void closeWakesEveryoneAndStaysClosed() throws Exception {
        EventLog log = new EventLog(0, 4);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<EventLog.Batch>> waiting = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> log.await(0, 10, 60_000, () -> false)))
                    .toList();
            log.close();
            for (Future<EventLog.Batch> one : waiting) {
                assertThat(one.get(10, TimeUnit.SECONDS).events()).isEmpty();
            }
        }
        assertThat(log.isClosed()).isTrue();
        assertThat(log.await(0, 10, 60_000, () -> false).events()).isEmpty();
        assertThat(numbers(add(log, 1))).containsExactly(1L);
    }

    @Test
    void whoeverShouldLeaveLeavesWheneverItWasToldSo() throws Exception {
        EventLog log = new EventLog(0, 4);
        AtomicBoolean leaving = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<EventLog.Batch> leaver = threads.submit(() -> log.await(0, 10, 60_000, leaving::get));
            leaving.set(true);
            log.wake();
            assertThat(leaver.get(10, TimeUnit.SECONDS).events()).isEmpty();
            // Told before it began to wait: the wake is over, and it must leave all the same.
            assertThat(log.await(0, 10, 60_000, leaving::get).events()).isEmpty();
        }
    }

    @Test
    void everyFollowerGetsEveryEventOnceAndInOrder() throws Exception {
        int followers = 300;
        int rounds = 400;
        EventLog log = new EventLog(0, 20_000);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> reading = new ArrayList<>();
            for (int i = 0; i < followers; i++) {
                int max = 1 + i % 17;
                reading.add(threads.submit(() -> follow(log, max)));
            }
            List<Future<Integer>> writing = IntStream.range(0, 4)
                    .mapToObj(writer -> threads.submit(() -> {
                        int written = 0;
                        for (int i = 0; i < rounds; i++) {
                            written += add(log, i % 5).size();
                        }
                        return written;
                    }))
                    .toList();
            long total = 0;
            for (Future<Integer> writer : writing) {
                total += writer.get(30, TimeUnit.SECONDS);
            }
            log.append(List.of(draft("end")), events -> {});
            List<Long> all = LongStream.rangeClosed(1, total + 1).boxed().toList();
            for (Future<List<Long>> reader : reading) {
                assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo(all);
            }
        }
    }

    private static List<Long> follow(EventLog log, int max) throws InterruptedException {
        List<Long> numbers = new ArrayList<>();
        long at = 0;
        while (true) {
            EventLog.Batch batch = log.await(at, max, 10_000, () -> false);
            assertThat(batch.behind()).isFalse();
            assertThat(batch.events()).isNotEmpty().hasSizeLessThanOrEqualTo(max);
            numbers.addAll(numbers(batch.events()));
            at = numbers.getLast();
            if (batch.events().getLast().subject().equals("end")) {
                return numbers;
            }
        }
    }
}
