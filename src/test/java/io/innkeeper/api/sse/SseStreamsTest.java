package io.innkeeper.api.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.api.sse.TestingFollower.Frame;
import io.innkeeper.event.EventType;
import io.innkeeper.service.ServiceException;
import io.innkeeper.view.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SseStreamsTest {
    private static final Duration QUIET = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private TestingStream server;

    @BeforeEach
    void start() throws ServiceException {
        server = new TestingStream(folder, 100, QUIET, Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TestingFollower follow(String query, String... headers) {
        return new TestingFollower(server.uri(), query, 0, headers);
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void eventsComeNumberedInOrder() {
        server.tell(3);
        try (TestingFollower follower = follow("")) {
            assertThat(follower.status).startsWith("HTTP/1.1 200");
            assertThat(follower.headers)
                    .contains("Content-Type: text/event-stream", "Cache-Control: no-store", "X-Accel-Buffering: no");
            await().until(() -> server.streams.count() == 1);
            server.tell(2, EventType.LEASE_ADDED, EventType.DEVICE_DISCOVERED);
            List<Frame> frames = follower.next(2);
            assertThat(frames)
                    .extracting(Frame::id)
                    .as("without a position, what comes next")
                    .containsExactly(4L, 5L);
            assertThat(frames).extracting(Frame::event).containsExactly("lease.added", "device.discovered");
            JsonNode json = Json.MAPPER.readTree(frames.getLast().data());
            assertThat(json.path("number").asLong()).isEqualTo(5);
            assertThat(json.path("name").asString()).isEqualTo("zoë");
        }
        await().until(() -> {
            server.tell(1); // only a write shows that the other side is gone
            return server.streams.count() == 0;
        });
    }

    @ParameterizedTest
    @CsvSource({
        "?after=7, '', 8",
        "?after=0, '', 1",
        "'', Last-Event-ID: 4, 5",
        "?after=2, Last-Event-ID: 6, 7",
        "?after=nonsense, Last-Event-ID: 6, 7",
        "?after=3, Last-Event-ID:, 4",
        "?after=, '', 11",
        "?type=*&after=5, '', 6",
    })
    void aFollowerGoesOnWhereItStopped(String query, String header, long first) {
        server.tell(10);
        try (TestingFollower follower = header.isEmpty() ? follow(query) : follow(query, header + "\r\n")) {
            await().until(() -> server.streams.count() == 1);
            server.tell(1);
            assertThat(follower.ids((int) (12 - first))).isEqualTo(numbers(first, 11));
        }
    }

    @Test
    void whatIsNoLongerInMemoryComesFromTheStoreWithoutASeam() {
        server.tell(950);
        try (TestingFollower follower = follow("?after=0")) {
            server.tell(50);
            assertThat(follower.ids(1_000)).isEqualTo(numbers(1, 1_000));
        }
        assertThat(server.resets).hasValue(0);
    }

    @Test
    void onlyTheKindsAskedForCome() {
        server.tell(
                12, EventType.LEASE_ADDED, EventType.DEVICE_CHANGED, EventType.LEASE_EXPIRED, EventType.CONFIG_APPLIED);
        try (TestingFollower follower = follow("?after=0&type=lease.*,config.applied")) {
            assertThat(follower.ids(9)).containsExactly(1L, 3L, 4L, 5L, 7L, 8L, 9L, 11L, 12L);
        }
        try (TestingFollower follower = follow("?after=0&type=device.changed,security.*")) {
            assertThat(follower.ids(3)).containsExactly(2L, 6L, 10L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "?type=lease.eaten, type",
        "?type=lease.*%2Cnonsense, type",
        "?type=%2C, type",
        "?type=., type",
        "?after=-1, after",
        "?after=1x, after",
        "?after=9999999999999999999, after",
        "?types=lease.*, types",
    })
    void nonsenseIsNamed(String query, String field) {
        try (TestingFollower follower = follow(query)) {
            assertThat(follower.status).startsWith("HTTP/1.1 400");
            assertThat(follower.headers).contains("Content-Type: application/problem+json");
            assertThat(follower.rest()).contains("\"field\":\"" + field + "\"");
        }
        try (TestingFollower follower = follow("", "Last-Event-ID: x\r\n")) {
            assertThat(follower.rest()).contains("\"field\":\"Last-Event-ID\"");
        }
        assertThat(server.streams.count()).isZero();
    }

    @Test
    void aNumberFromElsewhereIsAReset() {
        server.tell(5);
        try (TestingFollower follower = follow("?after=900")) {
            Frame reset = follower.next(1).getFirst();
            assertThat(reset.event()).isEqualTo("reset");
            assertThat(reset.id()).isEqualTo(5);
            assertThat(Json.MAPPER.readTree(reset.data()).toString())
                    .isIn("{\"oldest\":1,\"newest\":5}", "{\"newest\":5,\"oldest\":1}");
            server.tell(1);
            assertThat(follower.ids(1)).containsExactly(6L);
        }
        assertThat(server.resets).hasValue(1);
    }

    @Test
    void whatIsNoLongerHeldIsAReset() {
        server.tell(500);
        server.prune(300);
        try (TestingFollower follower = follow("?after=298")) {
            Frame reset = follower.next(1).getFirst();
            assertThat(reset.event()).isEqualTo("reset");
            assertThat(reset.id()).isEqualTo(500);
        }
        try (TestingFollower follower = follow("?after=299")) {
            assertThat(follower.ids(201)).isEqualTo(numbers(300, 500));
        }
    }

    @Test
    void anEmptyStoreHasNothingToReset() {
        try (TestingFollower follower = follow("?after=0")) {
            await().until(() -> server.streams.count() == 1);
            server.tell(1);
            assertThat(follower.ids(1)).containsExactly(1L);
        }
    }

    @Test
    void aQuietStreamStillBeats() throws ServiceException {
        server.close();
        server = new TestingStream(folder, 100, Duration.ofMillis(50), Duration.ofSeconds(30));
        try (TestingFollower follower = follow("")) {
            for (int i = 0; i < 3; i++) {
                Frame beat = java.util.Objects.requireNonNull(follower.next());
                assertThat(beat.isComment()).isTrue();
            }
            server.tell(1);
            assertThat(follower.ids(1)).containsExactly(1L);
        }
    }

    @Test
    void oneTooManyIsTurnedAwayAndMayComeBack() {
        server.maxClients.set(2);
        try (TestingFollower first = follow("")) {
            try (TestingFollower second = follow("");
                    TestingFollower third = follow("")) {
                assertThat(first.status).contains("200");
                assertThat(second.status).contains("200");
                assertThat(third.status).startsWith("HTTP/1.1 503");
                assertThat(third.headers).contains("Retry-After: 10", "Content-Type: application/problem+json");
                assertThat(third.rest()).contains("api.max-sse-clients");
            }
            await().until(() -> {
                server.tell(1);
                return server.streams.count() == 1;
            });
            try (TestingFollower fourth = follow("")) {
                assertThat(fourth.status).contains("200");
            }
        }
    }

    @Test
    @Tag("slow")
    void oneThatStopsReadingIsCutAndNobodyElseWaits() throws Exception {
        server.close();
        server = new TestingStream(folder, 10_000, QUIET, Duration.ofMillis(700));
        try (TestingFollower slow = new TestingFollower(server.uri(), "", 2_048);
                TestingFollower quick = follow("");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            await().until(() -> server.streams.count() == 2);
            int rounds = 60;
            Future<Long> worst = threads.submit(() -> {
                long longest = 0;
                for (int i = 1; i <= rounds; i++) {
                    List<Long> ids = quick.ids(20);
                    assertThat(ids.getLast()).isEqualTo(i * 20L);
                    longest = Math.max(longest, System.nanoTime() - told.get(i - 1));
                }
                return longest;
            });
            for (int i = 0; i < rounds; i++) {
                told.add(System.nanoTime());
                server.tell(20, 5_000); // 6 MB in all: more than any buffer on the way
            }
            assertThat(Duration.ofNanos(worst.get(30, TimeUnit.SECONDS)))
                    .as("the quick one's longest wait")
                    .isLessThan(Duration.ofSeconds(5));
            await().atMost(Duration.ofSeconds(15)).until(() -> {
                server.tell(1); // the quick one has its own connection's idle time, too
                return server.streams.count() == 1;
            });
            long last = slow.drain();
            assertThat(last).isBetween(1L, rounds * 20L);
            try (TestingFollower again = follow("", "Last-Event-ID: " + last + "\r\n")) {
                assertThat(again.ids(20)).isEqualTo(numbers(last + 1, last + 20));
            }
        }
    }

    private final List<Long> told = new java.util.concurrent.CopyOnWriteArrayList<>();

    @Test
    @Tag("slow")
    void oneThatFallsTooFarBehindIsCut() {
        server.buffer.set(50);
        try (TestingFollower slow = new TestingFollower(server.uri(), "", 2_048)) {
            await().until(() -> server.streams.count() == 1);
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                server.tell(40, 20_000);
                return server.log.newest() >= 800;
            });
            long last = slow.drain();
            assertThat(last).isLessThan(800);
            assertThat(server.cuts).hasValue(1);
        }
        // One that comes back from far behind is not cut for it: it was never up to date.
        try (TestingFollower again = follow("?after=0")) {
            assertThat(again.ids(800)).isEqualTo(numbers(1, 800));
        }
        assertThat(server.cuts).hasValue(1);
    }

    @Test
    void theEndOfTheServerEndsTheStreams() {
        try (TestingFollower one = follow("");
                TestingFollower two = follow("?after=0")) {
            await().until(() -> server.streams.count() == 2);
            server.tell(1);
            long before = System.nanoTime();
            server.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
            assertThat(one.drain()).isEqualTo(1);
            assertThat(two.drain()).isEqualTo(1);
        }
        await().until(() -> server.streams.count() == 0);
    }

    @Test
    void manyFollowersGetAllOfIt() throws Exception {
        int followers = 200;
        int events = 200;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> reading = new ArrayList<>();
            for (int i = 0; i < followers; i++) {
                reading.add(threads.submit(() -> {
                    try (TestingFollower follower = follow("?after=0")) {
                        return follower.ids(events);
                    }
                }));
            }
            for (int i = 0; i < events / 10; i++) {
                server.tell(10);
            }
            for (Future<List<Long>> reader : reading) {
                assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo(numbers(1, events));
            }
        }
        assertThat(server.sent).hasValueGreaterThanOrEqualTo(followers * events);
    }
}
