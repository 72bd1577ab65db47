package io.innkeeper.feed.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.io.FolderWatch;
import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.wire.dnsmasq.ScriptNotice;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A feed on real files and a folder watch of its own, and what its tests say to it. */
abstract class FeedKit {
    static final long END = 4_000_000_000L;
    static final String A = line(1, "a");
    static final String B = line(2, "b");
    static final String C = line(3, "c");
    static final Duration LONG = Duration.ofSeconds(20);

    Path folder = Path.of("unset");
    Path file = Path.of("unset");
    Path config = Path.of("unset");
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    TestingSink sink = new TestingSink(List.of());

    @Nullable
    DnsmasqFeed running;

    @Nullable
    FolderWatch watch;

    @BeforeEach
    void useFolder(@TempDir Path temporary) throws IOException {
        folder = temporary;
        file = temporary.resolve("dnsmasq.leases");
        config = temporary.resolve("dnsmasq.conf");
        watch = new FolderWatch();
    }

    @AfterEach
    void close() {
        if (running != null) {
            running.close();
        }
        Objects.requireNonNull(watch).close();
        assertThat(failures).isEmpty();
    }

    static String line(int host, String name) {
        return line(host, name, END);
    }

    static String line(int host, String name, long expires) {
        return "%d %s 10.0.0.%d %s *\n".formatted(expires, mac(host), host, name);
    }

    static MacAddress mac(int host) {
        return MacAddress.of(1, new byte[] {2, 0, 0, 0, 0, (byte) host});
    }

    static Lease known(int host, String name) {
        LeaseFact fact = new LeaseFact(
                IpAddress.v4(0x0a000000 + host),
                mac(host),
                null,
                name,
                Expiry.at(Instant.ofEpochSecond(END)),
                null,
                false,
                Allocation.DYNAMIC,
                null,
                null,
                Map.of());
        return new Lease(LeaseSource.dnsmasq("home"), fact, LeaseState.ACTIVE, Instant.now());
    }

    /** Writes in place, as dnsmasq does: the same file, cut and filled again. */
    void write(String... lines) throws IOException {
        Files.writeString(file, String.join("", lines));
    }

    DnsmasqFeed start(Lease... known) {
        return start(file, Duration.ofMillis(200), known);
    }

    DnsmasqFeed start(@Nullable Path leases, Duration poll, Lease... known) {
        sink = new TestingSink(List.of(known));
        DnsmasqFeed.Settings settings =
                new DnsmasqFeed.Settings("home", leases, List.of(config), folder.resolve("ethers"), poll);
        DnsmasqFeed feed = new DnsmasqFeed(
                settings, List.of(known), sink, Objects.requireNonNull(watch), InstantSource.system(), List::of);
        feed.start(failures::add);
        running = feed;
        return feed;
    }

    void awaitEvents(String... events) {
        await().atMost(LONG).untilAsserted(() -> assertThat(sink.events()).containsExactly(events));
    }

    /** Waits until the file was looked at often enough that anything wrong would have been told. */
    void awaitCalm(DnsmasqFeed feed, Duration calm) {
        Instant until = Instant.now().plus(calm);
        await().atMost(LONG)
                .until(() ->
                        Instant.now().isAfter(until) && !feed.status().state().isEmpty());
    }

    void say(DnsmasqFeed feed, String... namesAndValues) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        assertThat(feed.tell(Objects.requireNonNull(ScriptNotice.parse(fields).notice())))
                .isTrue();
    }
}
