package io.innkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.event.EventType;
import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is written by hand is, to the letter, what the mapper writes. */
class JsonTextTest {
    private static final Instant START = Instant.parse("2026-11-21T07:00:00.123456Z");

    private static Lease full(String hostname, Map<String, String> details) {
        IpAddress address = IpAddress.parse("192.0.2.7").orElseThrow();
        return new Lease(
                LeaseSource.rdk("erouter0"),
                new LeaseFact(
                        address,
                        MacAddress.parse("02:11:32:00:00:01").orElseThrow(),
                        ClientId.parse("01:02:03").orElseThrow(),
                        hostname,
                        new Expiry(Expiry.Kind.AT, START.plusSeconds(3_600), Duration.ofHours(1)),
                        4_294_967_295L,
                        true,
                        Allocation.STATIC,
                        "x:1: \"y\"",
                        new Prefix(address, 24),
                        details),
                LeaseState.ACTIVE,
                START);
    }

    private static Lease empty() {
        return new Lease(
                LeaseSource.dnsmasq("home"),
                new LeaseFact(
                        IpAddress.parse("2001:db8::1").orElseThrow(),
                        null,
                        null,
                        null,
                        Expiry.INFINITE,
                        null,
                        false,
                        Allocation.DYNAMIC,
                        null,
                        null,
                        Map.of()),
                LeaseState.RELEASED,
                START.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    }

    private static String written(LeaseView view) {
        JsonText text = new JsonText(0);
        view.write(text);
        return text.toString();
    }

    @Test
    void leases() {
        for (LeaseView view : List.of(
                LeaseView.of(full("nas", Map.of("t1", "30", "a", "")), "Synology", "Our NAS"),
                LeaseView.of(empty(), null, null))) {
            assertThat(written(view)).isEqualTo(Json.write(view));
        }
    }

    @Test
    void everyCharacter() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 0x180; c++) {
            all.append(c);
        }
        all.append("\u2028\u2029\ufeff\uffff").appendCodePoint(0x1f9c2);
        LeaseView view = LeaseView.of(full(all.toString(), Map.of(all.toString(), all.toString())), "\\", "/");
        assertThat(written(view)).isEqualTo(Json.write(view));
    }

    @Test
    void events() {
        LeaseView lease = LeaseView.of(full("nas", Map.of("t1", "30")), null, null);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("via", "file");
        body.put("sources", List.of("file", "log"));
        body.put("lease", lease);
        EventBodies.Seen seen = new EventBodies.Seen("file", new TreeSet<>(Set.of("log", "file")));
        assertThat(EventBodies.lease(EventType.LEASE_ADDED, START, seen, lease, null, Set.of())
                        .body())
                .isEqualTo(Json.write(body));
        body.put("before", lease);
        body.put("changed", List.of("expiresAt", "hostname"));
        assertThat(EventBodies.lease(
                                EventType.LEASE_CHANGED, START, seen, lease, lease, Set.of("hostname", "expiresAt"))
                        .body())
                .isEqualTo(Json.write(body));
    }
}
