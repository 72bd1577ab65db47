package io.innkeeper.dns.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.innkeeper.property.Property;
import io.innkeeper.wire.dns.DnsName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts are true, top lists bounded and nearly so, and both outlive a restart. */
class QueryStatisticsTest {
    private static final DnsName NAME = DnsName.of("example.org");
    private static final QueryClient PHONE = new QueryClient(LogKit.PHONE, null);

    @TempDir
    Path folder = Path.of("");

    private long nowMs = LogKit.START;
    private final QueryStatistics statistics = made();

    private QueryStatistics made() {
        return new QueryStatistics(() -> Instant.ofEpochMilli(nowMs));
    }

    private void add(QueryStep step, int micros) {
        statistics.add(nowMs, step, micros, LoggedName.of(NAME), PHONE);
    }

    @Test
    void countsMinutesAndHours() {
        add(QueryStep.CACHED, 1);
        add(QueryStep.CACHED, 1);
        nowMs += 60_000;
        add(QueryStep.BLOCKED, 1);
        Instant start = Instant.ofEpochMilli(LogKit.START);
        assertThat(statistics.minutes(Instant.EPOCH))
                .containsExactly(
                        new StepCounts(start, Map.of(QueryStep.CACHED, 2L)),
                        new StepCounts(start.plusSeconds(60), Map.of(QueryStep.BLOCKED, 1L)));
        assertThat(statistics.minutes(start.plusSeconds(60))).hasSize(1);
        assertThat(statistics.hours(Instant.EPOCH))
                .containsExactly(new StepCounts(start, Map.of(QueryStep.CACHED, 2L, QueryStep.BLOCKED, 1L)));
        nowMs += Duration.ofHours(25).toMillis();
        assertThat(statistics.minutes(Instant.EPOCH)).isEmpty();
        assertThat(statistics.hours(Instant.EPOCH)).hasSize(1);
        nowMs += Duration.ofDays(31).toMillis();
        assertThat(statistics.hours(Instant.EPOCH)).isEmpty();
    }

    @Test
    void topListsLookBackAsFarAsTheirWindow() {
        add(QueryStep.CACHED, 1);
        add(QueryStep.BLOCKED, 1);
        nowMs += Duration.ofMinutes(61).toMillis();
        assertThat(statistics.topNames(StatisticsWindow.HOUR, 5)).isEmpty();
        assertThat(statistics.topNames(StatisticsWindow.DAY, 5)).containsExactly(new TopEntry<>(NAME, 1, 0));
        assertThat(statistics.topBlocked(StatisticsWindow.DAY, 5)).containsExactly(new TopEntry<>(NAME, 1, 0));
        assertThat(statistics.topClients(StatisticsWindow.DAY, 5)).containsExactly(new TopEntry<>(PHONE, 2, 0));
        add(QueryStep.CACHED, 1);
        assertThat(statistics.topNames(StatisticsWindow.DAY, 5)).containsExactly(new TopEntry<>(NAME, 2, 0));
        nowMs += Duration.ofHours(25).toMillis();
        assertThat(statistics.topNames(StatisticsWindow.DAY, 5)).isEmpty();
    }

    @Test
    void timesAreAveragedAndTheSlowestAreSeen() {
        for (int i = 0; i < 97; i++) {
            add(QueryStep.FORWARDED, 1_000);
        }
        for (int i = 0; i < 3; i++) {
            add(QueryStep.FORWARDED, 100_000);
        }
        StepTimes times = statistics.times(StatisticsWindow.HOUR).getFirst();
        assertThat(times.averageMicros()).isEqualTo((97 * 1_000 + 3 * 100_000) / 100);
        assertThat(times.p99Micros()).isBetween(100_000L, 120_000L);
        assertThat(times.count()).isEqualTo(100);
    }

    @Test
    void aBucketIsNotMuchWiderThanWhatIsInIt() {
        int last = -1;
        for (int micros = 0; micros < 1 << 20; micros++) {
            int bucket = MicrosHistogram.bucket(micros);
            assertThat(bucket).isBetween(last, last + 1);
            assertThat((double) MicrosHistogram.most(bucket)).isBetween((double) micros, Math.max(3, micros * 1.25));
            last = bucket;
        }
        assertThat(MicrosHistogram.bucket(Integer.MAX_VALUE)).isEqualTo(MicrosHistogram.BUCKETS - 1);
        assertThat(MicrosHistogram.most(MicrosHistogram.BUCKETS - 1)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void theSketchHasWhatComesOften() {
        Property.check(50, samples -> {
            int capacity = 1 + samples.below(20);
            TopSketch<Integer> sketch = new TopSketch<>(capacity);
            Map<Integer, Long> exact = new HashMap<>();
            int total = 3_000;
            for (int i = 0; i < total; i++) {
                int key = Math.min(samples.below(200), samples.below(200)) / (1 + samples.below(20));
                sketch.add(key);
                exact.merge(key, 1L, Long::sum);
            }
            Map<Integer, TopEntry<Integer>> found = new HashMap<>();
            sketch.entries().forEach(entry -> found.put(entry.key(), entry));
            assertThat(found).hasSize(Math.min(capacity, exact.size()));
            found.forEach(
                    (key, entry) -> assertThat(exact.get(key)).isBetween(entry.count() - entry.error(), entry.count()));
            exact.forEach((key, count) -> {
                if (count > total / capacity) {
                    assertThat(found).containsKey(key);
                }
            });
            int gone = sketch.entries().getFirst().key();
            sketch.remove(gone);
            assertThat(sketch.entries()).extracting(TopEntry::key).doesNotContain(gone);
            assertThat(sketch.entries()).hasSize(found.size() - 1);
        });
    }

    @Test
    void theyAreSavedAndRead() {
        add(QueryStep.CACHED, 7);
        nowMs += 600_000;
        add(QueryStep.BLOCKED, 90_000);
        statistics.add(nowMs, QueryStep.LOCAL, 3, null, new QueryClient(null, LogKit.client(4)));
        StatisticsFile file = new StatisticsFile(folder);
        file.write(statistics);
        QueryStatistics read = made();
        new StatisticsFile(folder).read(read);
        assertThat(read.minutes(Instant.EPOCH))
                .isEqualTo(statistics.minutes(Instant.EPOCH))
                .hasSize(2);
        assertThat(read.hours(Instant.EPOCH)).isEqualTo(statistics.hours(Instant.EPOCH));
        for (StatisticsWindow window : StatisticsWindow.values()) {
            assertThat(read.topNames(window, 9))
                    .isEqualTo(statistics.topNames(window, 9))
                    .hasSize(1);
            assertThat(read.topBlocked(window, 9))
                    .isEqualTo(statistics.topBlocked(window, 9))
                    .hasSize(1);
            assertThat(read.topClients(window, 9))
                    .isEqualTo(statistics.topClients(window, 9))
                    .hasSize(2);
            assertThat(read.times(window)).isEqualTo(statistics.times(window)).hasSize(3);
        }
        assertThat(read.times(StatisticsWindow.DAY).getFirst().averageMicros()).isCloseTo(3, within(0L));
    }

    @Test
    void aDamagedFileIsAsNone() throws IOException {
        add(QueryStep.CACHED, 7);
        StatisticsFile file = new StatisticsFile(folder);
        file.write(statistics);
        byte[] whole = Files.readAllBytes(folder.resolve("statistics"));
        for (int length = 0; length < whole.length; length++) {
            Files.write(folder.resolve("statistics"), Arrays.copyOf(whole, length));
            QueryStatistics read = made();
            file.read(read);
            assertThat(List.of(read.minutes(Instant.EPOCH), read.hours(Instant.EPOCH)))
                    .as("cut at %d", length)
                    .allSatisfy(counts -> assertThat(counts).isEmpty());
        }
    }
}
