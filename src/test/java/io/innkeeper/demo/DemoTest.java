package io.innkeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.TestingApp;
import io.innkeeper.wire.dnsmasq.LeaseFile;
import io.innkeeper.wire.dnsmasq.LeaseFileContent;
import io.innkeeper.wire.dnsmasq.LeaseLine;
import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");

    @TempDir
    private Path folder;

    private static DemoNetwork network(int devices, long seed) {
        return new DemoNetwork(devices, new Random(seed), START);
    }

    private static String file(DemoNetwork network) {
        return new String(LeaseFile.write(network.leases()), StandardCharsets.UTF_8);
    }

    @Test
    void theSameSeedIsTheSameNetwork() {
        DemoNetwork one = network(40, 7);
        DemoNetwork two = network(40, 7);
        assertThat(one.configuration()).isEqualTo(two.configuration());
        for (int second = 0; second < 900; second++) {
            assertThat(file(one)).isEqualTo(file(two));
            assertThat(one.step(START.plusSeconds(second))).isEqualTo(two.step(START.plusSeconds(second)));
        }
        assertThat(file(one)).isNotEqualTo(file(network(40, 8)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 40, 300})
    void whatItWritesIsALeaseFile(int devices) {
        DemoNetwork network = network(devices, 3);
        Set<IpAddress> ever = new HashSet<>();
        boolean changed = false;
        for (int second = 0; second < 1_300; second += 2) {
            LeaseFileContent written = network.leases();
            LeaseFileContent read = LeaseFile.parse(LeaseFile.write(written));
            assertThat(read.leases()).containsExactlyInAnyOrderElementsOf(written.leases());
            assertThat(read.rejected()).isEmpty();
            List<IpAddress> addresses =
                    read.leases().stream().map(LeaseLine::address).toList();
            assertThat(addresses).doesNotHaveDuplicates();
            ever.addAll(addresses);
            Instant now = START.plusSeconds(second);
            String before = file(network);
            boolean step = network.step(now);
            assertThat(step || before.equals(file(network)))
                    .as("a change is told")
                    .isTrue();
            changed |= step;
            assertThat(network.leases().leases())
                    .as("no lease outlives its end")
                    .allMatch(lease -> lease.expires() > now.getEpochSecond());
        }
        assertThat(changed).isTrue();
        assertThat(ever).hasSizeGreaterThanOrEqualTo(devices);
    }

    @Test
    void closedItWritesNoMore() throws IOException {
        DemoDnsmasq dnsmasq = new DemoDnsmasq(folder, 40, 100, new Random(1), InstantSource.system());
        dnsmasq.start();
        dnsmasq.close();
        Files.delete(dnsmasq.leases());
        await().during(Duration.ofMillis(150)).until(() -> Files.notExists(dnsmasq.leases()));
    }

    @Test
    void theProgramShowsItLive() {
        try (DemoDnsmasq dnsmasq = new DemoDnsmasq(folder, 40, 50, new Random(1), InstantSource.system())) {
            dnsmasq.start();
            try (TestingApp app = TestingApp.start(folder)) {
                await().until(() ->
                        app.get("api/v1/leases").json().path("items").size() > 15);
                assertThat(app.get("api/v1/leases?allocation=static")
                                .json()
                                .path("items")
                                .size())
                        .isGreaterThan(2);
                assertThat(app.get("api/v1/leases?family=6")
                                .json()
                                .path("items")
                                .size())
                        .isGreaterThan(2);
                assertThat(app.get("api/v1/reservations?limit=100")
                                .json()
                                .path("items")
                                .valueStream()
                                .filter(reservation ->
                                        !reservation.path("leased").asBoolean())
                                .map(reservation -> reservation.path("name").asString()))
                        .contains("spare-laptop");
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> app.eventTypes()
                                .containsAll(List.of("lease.added", "lease.released", "lease.renewed")));
                assertThat(app.get("api/v1/services/dnsmasq")
                                .json()
                                .path("detail")
                                .path("sources")
                                .get(0)
                                .path("rejectedCount")
                                .asInt())
                        .isZero();
            }
        }
    }
}
