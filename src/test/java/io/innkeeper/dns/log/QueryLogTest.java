package io.innkeeper.dns.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.DnsLogMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was asked is found again, over restarts and kill -9, within its bounds and as the mode says. */
class QueryLogTest {
    private static final Duration FLUSH = Duration.ofSeconds(3);

    @TempDir
    Path folder = Path.of("");

    @Test
    void keepsWhatWasAsked() throws IOException {
        LogKit kit = LogKit.open(folder);
        kit.ask(1, "Ads.Example.com", QueryStep.BLOCKED, 1);
        kit.ask(9, "example.org", QueryStep.FORWARDED, 0);
        kit.look();
        QueryRow forwarded = kit.newest(10).getFirst();
        assertThat(forwarded.client()).isEqualTo(LogKit.client(9));
        assertThat(forwarded.device()).isNull();
        assertThat(forwarded.detail()).isEqualTo("9.9.9.9");
        QueryRow blocked = kit.newest(10).get(1);
        assertThat(blocked.device()).isEqualTo(LogKit.PHONE);
        assertThat(blocked.detail()).isEqualTo("ads");
        assertThat(blocked.name().text()).isEqualTo("ads.example.com");
        assertThat(blocked.atMs()).isEqualTo(LogKit.START);
        assertThat(blocked.transportText()).isEqualTo("udp");
        assertThat(blocked.security()).isEqualTo(1);
        assertThat(blocked.micros()).isEqualTo(100);
    }

    @Test
    void rowsKeepTheNamesOfTheirTime() throws IOException {
        LogKit kit = LogKit.open(folder);
        kit.ask(1, "a.example", QueryStep.BLOCKED, 1);
        kit.look();
        kit.log.names(List.of("rules", "others"), List.of());
        kit.ask(1, "b.example", QueryStep.BLOCKED, 1);
        kit.ask(1, "c.example", QueryStep.FORWARDED, 0);
        kit.later(FLUSH);
        assertThat(LogKit.open(folder).newest(10)).extracting(QueryRow::detail).containsExactly("", "others", "ads");
    }

    @Test
    void aKilledProcessLosesOnlyTheLastSeconds() throws IOException {
        LogKit killed = LogKit.open(folder);
        killed.askMany(RowColumns.MAX_ROWS + 10, "n%d.example");
        killed.later(FLUSH);
        killed.ask(1, "flushed.example", QueryStep.CACHED, -1);
        killed.later(FLUSH);
        killed.ask(1, "lost.example", QueryStep.CACHED, -1);
        killed.look();
        LogKit next = LogKit.open(folder);
        assertThat(next.log.state().rows()).isEqualTo(RowColumns.MAX_ROWS + 11);
        assertThat(next.names().getFirst()).isEqualTo("flushed.example");
        next.ask(1, "new.example", QueryStep.CACHED, -1);
        next.look();
        assertThat(next.newest(2))
                .extracting(QueryRow::sequence)
                .containsExactly(RowColumns.MAX_ROWS + 11L, RowColumns.MAX_ROWS + 10L);
    }

    @Test
    void theNewestRowsAreNotThereTwiceWhenItWasKilledInBetween() throws IOException {
        LogKit kit = LogKit.open(folder);
        kit.askMany(100, "n%d.example");
        kit.later(FLUSH);
        byte[] newest = Files.readAllBytes(folder.resolve("newest.rows"));
        kit.later(Duration.ofHours(2));
        assertThat(folder.resolve("newest.rows")).doesNotExist();
        Files.write(folder.resolve("newest.rows"), newest);
        assertThat(LogKit.open(folder).log.state().rows()).isEqualTo(100);
    }

    @Test
    void closingWritesAll() throws IOException {
        LogKit kit = LogKit.open(folder);
        kit.ask(1, "last.example", QueryStep.CACHED, -1);
        kit.log.close();
        assertThat(LogKit.open(folder).names()).containsExactly("last.example");
    }

    @Test
    void aTornEndIsCutOffAtAnyPlace() throws IOException {
        LogKit kit = LogKit.open(folder);
        kit.ask(1, "first.example", QueryStep.CACHED, -1);
        kit.later(FLUSH);
        long whole = Files.size(folder.resolve("newest.rows"));
        kit.ask(1, "second.example", QueryStep.CACHED, -1);
        kit.later(FLUSH);
        byte[] both = Files.readAllBytes(folder.resolve("newest.rows"));
        assertThat(both.length).isGreaterThan((int) whole);
        for (int length = (int) whole; length < both.length; length++) {
            Files.write(folder.resolve("newest.rows"), java.util.Arrays.copyOf(both, length));
            LogKit torn = LogKit.open(folder);
            assertThat(torn.names()).as("cut at %d", length).containsExactly("first.example");
            torn.ask(1, "third.example", QueryStep.CACHED, -1);
            torn.later(FLUSH);
            assertThat(LogKit.open(folder).names()).containsExactly("third.example", "first.example");
        }
    }

    @Test
    void aTornSegmentIsCutOffAtAnyPlace() throws IOException {
        LogKit kit = LogKit.open(folder);
        kit.ask(1, "first.example", QueryStep.CACHED, -1);
        kit.later(Duration.ofHours(2));
        long whole = Files.size(segments().getFirst());
        kit.ask(1, "second.example", QueryStep.CACHED, -1);
        kit.later(FLUSH);
        kit.later(Duration.ofHours(2));
        byte[] both = Files.readAllBytes(segments().getFirst());
        for (int length = (int) whole; length < both.length; length++) {
            Files.write(segments().getFirst(), java.util.Arrays.copyOf(both, length));
            assertThat(LogKit.open(folder).names()).as("cut at %d", length).containsExactly("first.example");
        }
        for (int at = (int) whole; at < both.length; at++) {
            byte[] damaged = both.clone();
            damaged[at] ^= 0x10;
            Files.write(segments().getFirst(), damaged);
            assertThat(LogKit.open(folder).names()).as("damaged at %d", at).containsExactly("first.example");
        }
    }

    @Test
    void aDamagedBlockInTheMiddleIsLeftOut() throws IOException {
        LogKit kit = LogKit.open(folder);
        kit.ask(1, "first.example", QueryStep.CACHED, -1);
        kit.later(Duration.ofHours(2));
        long whole = Files.size(segments().getFirst());
        kit.ask(1, "second.example", QueryStep.CACHED, -1);
        kit.later(Duration.ofHours(2));
        byte[] both = Files.readAllBytes(segments().getFirst());
        both[(int) whole - 1] ^= 1;
        Files.write(segments().getFirst(), both);
        LogKit next = LogKit.open(folder);
        assertThat(next.names()).containsExactly("second.example");
        assertThat(next.log.state().damaged()).isEqualTo(1);
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("0.rows"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void staysWithinItsSize() throws IOException {
        long size = 1 << 20;
        LogKit kit = LogKit.open(folder, LogKit.settings(DnsLogMode.FULL, Duration.ofDays(30), size), LogKit.START);
        int rows = 0;
        while (rows < 400_000 && (rows < 20_000 || kit.log.state().rows() == rows)) {
            int from = rows;
            kit.askMany(10_000, "x%d." + Integer.toHexString(from * 0x9e3779b9) + ".example");
            rows += 10_000;
            assertThat(onDisk()).isLessThanOrEqualTo(size);
        }
        assertThat(kit.log.state().rows()).isBetween(rows / 2L, rows - 1L);
        assertThat(kit.log.state().bytes()).isEqualTo(onDisk());
        assertThat(kit.newest(1).getFirst().sequence()).isEqualTo(rows - 1L);
    }

    private long onDisk() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".rows"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void showsNothingOlderThanItKeeps() throws IOException {
        LogKit kit = LogKit.open(folder, LogKit.settings(DnsLogMode.FULL, Duration.ofHours(1), 1 << 20), LogKit.START);
        kit.ask(1, "old.example", QueryStep.CACHED, -1);
        kit.later(Duration.ofMinutes(30));
        kit.ask(1, "young.example", QueryStep.CACHED, -1);
        kit.later(Duration.ofMinutes(31));
        assertThat(kit.names()).containsExactly("young.example");
        kit.later(Duration.ofMinutes(30));
        kit.later(Duration.ofMinutes(2));
        assertThat(kit.names()).isEmpty();
        assertThat(kit.log.state().rows()).isZero();
        assertThat(onDisk()).isZero();
    }

    @Test
    void theModeSaysWhatIsKept() throws IOException {
        LogKit kit = LogKit.open(folder);
        kit.ask(1, "full.example", QueryStep.CACHED, -1);
        kit.look();
        kit.log.configure(LogKit.settings(DnsLogMode.ANONYMOUS, Duration.ofDays(1), 1 << 20));
        kit.ask(1, "anonymous.example", QueryStep.CACHED, -1);
        kit.look();
        kit.log.configure(LogKit.settings(DnsLogMode.OFF, Duration.ofDays(1), 1 << 20));
        kit.ask(1, "off.example", QueryStep.CACHED, -1);
        kit.look();
        assertThat(kit.names()).containsExactly("anonymous.example", "full.example");
        assertThat(kit.newest(1).getFirst().client()).isNull();
        assertThat(kit.newest(1).getFirst().device()).isNull();
        QueryStatistics statistics = kit.log.statistics();
        assertThat(statistics.topClients(StatisticsWindow.HOUR, 10))
                .containsExactly(new TopEntry<>(new QueryClient(LogKit.PHONE, null), 1, 0));
        assertThat(statistics.topNames(StatisticsWindow.DAY, 10)).hasSize(2);
        assertThat(statistics.minutes(Instant.EPOCH).getFirst().counts()).containsEntry(QueryStep.CACHED, 3L);
    }

    @Test
    void forgetsADeviceEverywhere() throws Exception {
        LogKit kit = LogKit.open(folder);
        kit.askMany(9_000, "n%d.example");
        kit.later(FLUSH);
        CompletableFuture<Long> done = kit.log.forget(LogKit.PHONE);
        kit.log.begin();
        assertThat(done.get(20, TimeUnit.SECONDS)).isEqualTo(3_000);
        kit.log.close();
        LogKit next = LogKit.open(folder);
        assertThat(next.log.state().rows()).isEqualTo(6_000);
        assertThat(next.log.search(QueryFilter.newest(5).ofDevice(LogKit.PHONE)).rows())
                .isEmpty();
        assertThat(next.log
                        .search(QueryFilter.newest(5_000).ofDevice(LogKit.LAPTOP))
                        .rows())
                .hasSize(3_000);
        assertThat(next.log.statistics().topClients(StatisticsWindow.DAY, 10))
                .extracting(TopEntry::key)
                .containsExactlyInAnyOrder(
                        new QueryClient(LogKit.LAPTOP, null), new QueryClient(null, LogKit.client(3)));
    }

    @Test
    void forgetsEverything() throws Exception {
        LogKit kit = LogKit.open(folder);
        kit.askMany(5_000, "n%d.example");
        kit.later(FLUSH);
        CompletableFuture<Long> done = kit.log.forgetEverything();
        kit.log.begin();
        assertThat(done.get(20, TimeUnit.SECONDS)).isEqualTo(5_000);
        assertThat(onDisk()).isZero();
        kit.log.close();
        assertThat(kit.log.forgetEverything()).isCompletedExceptionally();
        LogKit next = LogKit.open(folder);
        assertThat(next.names()).isEmpty();
        assertThat(next.log.statistics().hours(Instant.EPOCH)).isEmpty();
    }

    @Test
    void reportsWhoAsked() throws IOException {
        LogKit kit = LogKit.open(folder);
        kit.look();
        kit.log.configure(LogKit.settings(DnsLogMode.OFF, Duration.ofDays(1), 1 << 20));
        kit.ask(1, "a.example", QueryStep.CACHED, -1);
        kit.look();
        kit.later(Duration.ofSeconds(1));
        kit.ask(1, "b.example", QueryStep.CACHED, -1);
        kit.ask(7, "b.example", QueryStep.CACHED, -1);
        kit.look();
        assertThat(kit.sightings).isEmpty();
        kit.later(Duration.ofSeconds(5));
        Instant last = Instant.ofEpochMilli(LogKit.START + 1_000);
        assertThat(kit.sightings)
                .containsExactlyInAnyOrder(
                        new QuerySighting(LogKit.client(1), LogKit.PHONE, last),
                        new QuerySighting(LogKit.client(7), null, last));
        kit.later(Duration.ofSeconds(6));
        assertThat(kit.sightings).as("only once").hasSize(2);
    }

    @Test
    void aDeviceIsFollowedToItsNextAddress() throws IOException {
        LogKit kit = LogKit.open(folder);
        kit.ask(1, "a.example", QueryStep.CACHED, -1);
        kit.later(Duration.ofSeconds(6));
        kit.devices.put(LogKit.client(1), LogKit.LAPTOP);
        kit.devices.put(LogKit.client(8), LogKit.PHONE);
        kit.ask(1, "b.example", QueryStep.CACHED, -1);
        kit.ask(8, "c.example", QueryStep.CACHED, -1);
        kit.look();
        assertThat(kit.names(QueryFilter.newest(9).ofDevice(LogKit.PHONE))).containsExactly("c.example", "a.example");
    }

    @Test
    void liveFollowersSeeWhatComes() throws Exception {
        LogKit kit = LogKit.open(folder);
        Optional<LiveFollower> follower =
                kit.log.live().follow(QueryFilter.newest(1).answeredBy(QueryStep.BLOCKED));
        kit.ask(1, "a.example", QueryStep.CACHED, -1);
        kit.ask(1, "b.example", QueryStep.BLOCKED, 1);
        kit.look();
        LiveFollower.Batch batch = follower.orElseThrow().take(Duration.ZERO);
        assertThat(batch.rows()).extracting(QueryRow::detail).containsExactly("ads");
        kit.log.close();
        assertThat(follower.orElseThrow().take(Duration.ofMinutes(1)).ended()).isTrue();
    }

    @Test
    void aFolderThatIsGoneIsAProblemAndNoMore() throws IOException {
        Path inner = folder.resolve("inner");
        LogKit kit = LogKit.open(inner);
        Files.delete(inner);
        kit.ask(1, "a.example", QueryStep.CACHED, -1);
        kit.later(FLUSH);
        assertThat(kit.log.state().problem()).isNotNull();
        Files.createDirectory(inner);
        kit.later(FLUSH);
        assertThat(kit.log.state().problem()).isNull();
        assertThat(LogKit.open(inner).names()).containsExactly("a.example");
    }
}
