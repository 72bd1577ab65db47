package io.innkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.config.Config;
import io.innkeeper.config.ConfigResult;
import io.innkeeper.config.ConfigSources;
import io.innkeeper.dns.log.QueryFilter;
import io.innkeeper.dns.log.QueryLog;
import io.innkeeper.dns.log.QueryRow;
import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.feed.dnsmasq.QueryLineSink;
import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.ops.Metrics;
import io.innkeeper.store.Database;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dnsmasq.log.LogEntry;
import io.innkeeper.wire.dnsmasq.log.LogProgram;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dnsmasq was asked for is on record, and who asked is there. */
class DnsmasqQueriesTest {
    private static final Instant START = Instant.parse("2026-11-21T20:00:00Z");
    private static final MacAddress LAPTOP =
            MacAddress.parse("02:00:00:00:00:01").orElseThrow();
    private static final IpAddress ADDRESS = IpAddress.parse("192.168.1.5").orElseThrow();

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private Heart heart;
    private DnsmasqQueries queries;

    @BeforeEach
    void open() throws InterruptedException {
        ConfigResult read = new ConfigSources(null, Map.of(), List.of()).load(null);
        Config config = ((ConfigResult.Valid) read).config();
        heart = new Heart(
                Database.open(folder.resolve("innkeeper.db")),
                now::get,
                new Counting(new Metrics()),
                config::devices,
                config.limits());
        heart.desk.start();
        LeaseFact fact = new LeaseFact(
                ADDRESS,
                LAPTOP,
                null,
                "laptop",
                Expiry.at(START.plus(Duration.ofDays(2))),
                null,
                false,
                Allocation.DYNAMIC,
                null,
                null,
                Map.of());
        heart.desk.report(new LeaseReport(LeaseSource.dnsmasq("home"), List.of(fact), Set.of(), "file"));
        await().until(() -> heart.devices.find(LAPTOP).isPresent());
        queries = new DnsmasqQueries(heart, () -> null);
    }

    @AfterEach
    void close() {
        queries.close();
        heart.close();
    }

    private void hear(QueryLineSink sink, Instant at, String... lines) {
        for (String line : lines) {
            sink.heard(LogEntry.parse(line, LogProgram.DNS), at.toEpochMilli(), 7);
        }
    }

    private List<QueryRow> rows(int wanted) {
        return await().until(
                        () -> queries.log("dnsmasq/home")
                                .map(log -> log.search(QueryFilter.newest(100)).rows())
                                .orElse(List.of()),
                        rows -> rows.size() >= wanted);
    }

    private Instant lastSeen() {
        return heart.devices.find(LAPTOP).orElseThrow().lastSeenAt();
    }

    @Test
    void questionsBecomeRowsAndSightings() {
        QueryLineSink sink = queries.of("home");
        assertThat(queries.servers()).as("nothing was asked yet").isEmpty();
        now.set(START.plusSeconds(600));
        hear(
                sink,
                now.get(),
                "1 192.168.1.5/5 query[A] WWW.example.com from 192.168.1.5",
                "1 192.168.1.5/5 forwarded WWW.example.com to 9.9.9.9",
                "1 192.168.1.5/5 reply WWW.example.com is NXDOMAIN",
                "2 192.168.1.5/5 query[type=65] ads.example.com from 192.168.1.5",
                "2 192.168.1.5/5 /etc/blocked ads.example.com is 0.0.0.0");
        // The first name is followed by the device's, which is looked up in what the events told.
        List<QueryRow> rows = rows(2);
        assertThat(queries.servers()).containsExactly("dnsmasq/home");
        QueryRow forwarded = rows.getLast();
        assertThat(forwarded.name().text()).isEqualTo("www.example.com");
        assertThat(forwarded.client()).isEqualTo(ADDRESS);
        assertThat(forwarded.step()).isEqualTo(QueryStep.FORWARDED);
        assertThat(forwarded.rcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(forwarded.detail()).isEqualTo("9.9.9.9");
        assertThat(forwarded.atMs()).isEqualTo(START.plusSeconds(600).toEpochMilli());
        QueryRow blocked = rows.getFirst();
        assertThat(blocked.step()).isEqualTo(QueryStep.BLOCKED);
        assertThat(blocked.detail()).isEqualTo("/etc/blocked");
        assertThat(blocked.type()).isEqualTo(65);

        for (int i = 3; i < 1_000 && !lastSeen().isAfter(START.plusSeconds(599)); i++) {
            now.updateAndGet(then -> then.plusSeconds(6));
            hear(
                    sink,
                    now.get(),
                    i + " 192.168.1.5/5 query[A] again.example from 192.168.1.5",
                    i + " 192.168.1.5/5 cached again.example is 192.0.2.1");
            rows(i);
        }
        assertThat(lastSeen()).as("who asks is there").isAfter(START.plusSeconds(599));
        assertThat(rows(3).getFirst().device()).isEqualTo(LAPTOP);
    }

    @Test
    void linesOfThePastAreOnRecordButNobodyIsThereBecauseOfThem() {
        QueryLineSink sink = queries.of("home");
        Instant before = lastSeen();
        for (int i = 1; i <= 3; i++) {
            now.updateAndGet(then -> then.plusSeconds(6));
            hear(
                    sink,
                    START.minus(Duration.ofHours(5)),
                    i + " 192.168.1.5/5 query[A] old.example from 192.168.1.5",
                    i + " 192.168.1.5/5 cached old.example is 192.0.2.1");
            rows(i);
        }
        assertThat(rows(3).getFirst().atMs())
                .isEqualTo(START.minus(Duration.ofHours(5)).toEpochMilli());
        assertThat(lastSeen()).isEqualTo(before);
    }

    @Test
    void theLogIsThereAgainAfterARestart() {
        hear(
                queries.of("home"),
                START,
                "1 192.168.1.5/5 query[A] www.example.com from 192.168.1.5",
                "1 192.168.1.5/5 cached www.example.com is 192.0.2.1");
        rows(1);
        queries.close();
        queries = new DnsmasqQueries(heart, () -> null);
        QueryLineSink _ = queries.of("home");
        assertThat(rows(1)).hasSize(1);
        assertThat(queries.log("dnsmasq/other")).isEmpty();
        QueryLog log = queries.log("dnsmasq/home").orElseThrow();
        assertThat(log.state().rows()).isEqualTo(1);
    }
}
