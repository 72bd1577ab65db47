package io.innkeeper.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.lease.LeaseChange.Added;
import io.innkeeper.lease.LeaseChange.Changed;
import io.innkeeper.lease.LeaseChange.Completed;
import io.innkeeper.lease.LeaseChange.Ended;
import io.innkeeper.lease.LeaseChange.Renewed;
import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeaseBookTest {
    private static final Instant T0 = Instant.parse("2026-11-01T00:00:00Z");
    private static final LeaseSource HOME = LeaseSource.dnsmasq("home");
    private static final LeaseSource LAB = LeaseSource.dnsmasq("lab");
    private static final IpAddress IP = IpAddress.parse("192.0.2.5").orElseThrow();
    private static final IpAddress LOWER = IpAddress.parse("192.0.2.4").orElseThrow();
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01").orElseThrow();
    private static final MacAddress OTHER =
            MacAddress.parse("02:00:00:00:00:02").orElseThrow();
    private static final ClientId ID = ClientId.parse("01:02").orElseThrow();
    private static final ClientId OTHER_ID = ClientId.parse("01:03").orElseThrow();

    /** A fact that tests vary piece by piece. */
    private record Fact(
            IpAddress address,
            @Nullable MacAddress mac,
            @Nullable ClientId clientId,
            @Nullable String hostname,
            Expiry expiry,
            Map<String, String> details) {
        static final Fact BASE = new Fact(IP, MAC, null, "nas", Expiry.at(T0.plusSeconds(3600)), Map.of());

        Fact at(IpAddress a) {
            return new Fact(a, mac, clientId, hostname, expiry, details);
        }

        Fact of(@Nullable MacAddress m, @Nullable ClientId id) {
            return new Fact(address, m, id, hostname, expiry, details);
        }

        Fact named(@Nullable String name) {
            return new Fact(address, mac, clientId, name, expiry, details);
        }

        Fact until(Expiry end) {
            return new Fact(address, mac, clientId, hostname, end, details);
        }

        Fact with(Map<String, String> more) {
            return new Fact(address, mac, clientId, hostname, expiry, more);
        }

        LeaseFact lease() {
            return lease(Allocation.DYNAMIC);
        }

        LeaseFact lease(Allocation allocation) {
            return new LeaseFact(
                    address, mac, clientId, hostname, expiry, null, false, allocation, null, null, details);
        }
    }

    private final LeaseBook book = new LeaseBook(List.of());

    private static LeaseReport seen(LeaseFact... facts) {
        return new LeaseReport(HOME, List.of(facts), Set.of(), "file");
    }

    private static LeaseReport gone(IpAddress... addresses) {
        return new LeaseReport(HOME, List.of(), Set.of(addresses), "file");
    }

    private List<LeaseChange> enter(LeaseReport report, Instant now) {
        List<LeaseChange> changes = book.decide(report, now);
        book.apply(changes);
        return changes;
    }

    private LeaseChange second(Fact first, LeaseFact next) {
        enter(seen(first.lease()), T0);
        List<LeaseChange> changes = enter(seen(next), T0.plusSeconds(60));
        assertThat(changes).hasSize(1);
        return changes.getFirst();
    }

    @Test
    void added() {
        List<LeaseChange> changes = enter(seen(Fact.BASE.lease()), T0);
        Lease lease = new Lease(HOME, Fact.BASE.lease(), LeaseState.ACTIVE, T0);
        assertThat(changes).containsExactly(new Added(lease));
        assertThat(book.get(lease.key())).isEqualTo(lease);
        assertThat(book.of(HOME)).containsExactly(lease);
        assertThat(book.of(LAB)).isEmpty();
        assertThat(book.size()).isEqualTo(1);
    }

    @Test
    void decidingChangesNothing() {
        book.decide(seen(Fact.BASE.lease()), T0);
        assertThat(book.size()).isZero();
    }

    @Test
    void theSameAgainIsNothing() {
        enter(seen(Fact.BASE.lease()), T0);
        assertThat(enter(seen(Fact.BASE.lease()), T0.plusSeconds(9))).isEmpty();
    }

    @Test
    void renewed() {
        Fact later = Fact.BASE.until(Expiry.at(T0.plusSeconds(7200)));
        assertThat(second(Fact.BASE, later.lease())).isInstanceOf(Renewed.class);
        assertThat(book.of(HOME).getFirst().startedAt())
                .as("the binding is the old one")
                .isEqualTo(T0);
    }

    @Test
    void changed() {
        assertThat(second(Fact.BASE, Fact.BASE.named("box").lease()))
                .isInstanceOfSatisfying(
                        Changed.class, c -> assertThat(c.fields()).containsExactly("hostname"));
        Fact all = Fact.BASE.named(null).until(Expiry.INFINITE);
        assertThat(enter(seen(all.lease(Allocation.STATIC)), T0).getFirst())
                .isInstanceOfSatisfying(
                        Changed.class,
                        c -> assertThat(c.fields()).containsExactlyInAnyOrder("hostname", "expiresAt", "allocation"));
    }

    @Test
    void aClientIdOfTheSameMacChanges() {
        assertThat(second(Fact.BASE.of(MAC, ID), Fact.BASE.of(MAC, OTHER_ID).lease()))
                .isInstanceOfSatisfying(
                        Changed.class, c -> assertThat(c.fields()).containsExactly("clientId"));
    }

    @Test
    void completedByWhatWasUnknown() {
        assertThat(second(Fact.BASE, Fact.BASE.with(Map.of("vendor", "x")).lease()))
                .isInstanceOf(Completed.class);
        assertThat(enter(seen(Fact.BASE.of(MAC, ID).lease()), T0).getFirst()).isInstanceOf(Completed.class);
        assertThat(enter(seen(Fact.BASE.lease()), T0))
                .as("the file forgets, the book does not")
                .isEmpty();
        assertThat(book.of(HOME).getFirst().fact().details()).containsEntry("vendor", "x");
        assertThat(book.of(HOME).getFirst().fact().clientId()).isEqualTo(ID);
    }

    @Test
    void anEndThatBecomesKnownIsNoRenewal() {
        assertThat(second(Fact.BASE.until(Expiry.UNKNOWN), Fact.BASE.lease())).isInstanceOf(Completed.class);
        assertThat(enter(seen(Fact.BASE.until(Expiry.UNKNOWN).lease()), T0)).isEmpty();
        assertThat(book.of(HOME).getFirst().fact().expiry()).isEqualTo(Fact.BASE.expiry());
    }

    @Test
    void aLifetimeThatOnlyOneWitnessTellsIsNoRenewal() {
        Expiry file = Fact.BASE.expiry();
        Expiry script = new Expiry(Expiry.Kind.AT, file.at(), Duration.ofHours(1));
        assertThat(second(Fact.BASE, Fact.BASE.until(script).lease())).isInstanceOf(Completed.class);
        assertThat(enter(seen(Fact.BASE.lease()), T0))
                .as("the file knows no lifetime")
                .isEmpty();
        assertThat(book.of(HOME).getFirst().fact().expiry().lifetime()).isEqualTo(Duration.ofHours(1));
        Fact later = Fact.BASE.until(Expiry.at(T0.plusSeconds(7200)));
        assertThat(enter(seen(later.lease()), T0).getFirst()).isInstanceOf(Renewed.class);
    }

    @Test
    void anotherLifetimeIsAChangeWhereNoEndIsKnown() {
        Fact day = Fact.BASE.until(Expiry.ofLifetime(Duration.ofDays(1)));
        assertThat(second(
                        day,
                        Fact.BASE.until(Expiry.ofLifetime(Duration.ofDays(2))).lease()))
                .isInstanceOf(Renewed.class);
        assertThat(enter(seen(Fact.BASE.lease()), T0).getFirst())
                .as("now the end is known")
                .isInstanceOf(Completed.class);
    }

    private LeaseState endOf(Expiry expiry, Instant now) {
        enter(seen(Fact.BASE.until(expiry).lease()), T0);
        List<LeaseChange> changes = enter(gone(IP), now);
        assertThat(changes).hasSize(1).first().isInstanceOf(Ended.class);
        assertThat(book.size()).isZero();
        return changes.getFirst().lease().state();
    }

    @Test
    void releasedBeforeItsTimeAndExpiredAfter() {
        Expiry hour = Expiry.at(T0.plusSeconds(3600));
        assertThat(endOf(hour, T0.plusSeconds(60))).isEqualTo(LeaseState.RELEASED);
        assertThat(endOf(hour, T0.plusSeconds(3597))).isEqualTo(LeaseState.RELEASED);
        assertThat(endOf(hour, T0.plusSeconds(3598))).isEqualTo(LeaseState.EXPIRED);
        assertThat(endOf(hour, T0.plusSeconds(9999))).isEqualTo(LeaseState.EXPIRED);
        assertThat(endOf(Expiry.INFINITE, T0.plusSeconds(9999))).isEqualTo(LeaseState.RELEASED);
        assertThat(endOf(Expiry.UNKNOWN, T0.plusSeconds(9999))).isEqualTo(LeaseState.RELEASED);
        Expiry length = Expiry.ofLifetime(Duration.ofHours(1));
        assertThat(endOf(length, T0.plusSeconds(60))).isEqualTo(LeaseState.RELEASED);
        assertThat(endOf(length, T0.plusSeconds(3600))).isEqualTo(LeaseState.EXPIRED);
    }

    @Test
    void anUnknownAddressCannotGo() {
        assertThat(enter(gone(IP), T0)).isEmpty();
        enter(seen(Fact.BASE.lease()), T0);
        assertThat(enter(new LeaseReport(LAB, List.of(), Set.of(IP), "file"), T0))
                .as("not theirs")
                .isEmpty();
    }

    @Test
    void anotherHolderIsAnEndAndABeginning() {
        enter(seen(Fact.BASE.lease()), T0);
        List<LeaseChange> changes = enter(seen(Fact.BASE.of(OTHER, null).lease()), T0.plusSeconds(5000));
        assertThat(changes).hasSize(2);
        assertThat(changes.get(0)).isInstanceOf(Ended.class);
        assertThat(changes.get(0).lease().mac()).isEqualTo(MAC);
        assertThat(changes.get(0).lease().state()).isEqualTo(LeaseState.EXPIRED);
        assertThat(changes.get(1)).isInstanceOf(Added.class);
        assertThat(changes.get(1).lease().mac()).isEqualTo(OTHER);
        assertThat(changes.get(1).lease().startedAt()).isEqualTo(T0.plusSeconds(5000));
    }

    @Test
    void withoutAMacTheClientIdTellsTheHolder() {
        enter(seen(Fact.BASE.of(null, ID).lease()), T0);
        assertThat(enter(seen(Fact.BASE.of(MAC, ID).lease()), T0).getFirst()).isInstanceOf(Completed.class);
        assertThat(enter(seen(Fact.BASE.of(null, ID).lease()), T0)).isEmpty();
        assertThat(enter(seen(Fact.BASE.of(null, OTHER_ID).lease()), T0))
                .extracting(LeaseChange::getClass)
                .containsExactly(Ended.class, Added.class);
    }

    @Test
    void goneAndSeenInOneReportIsANewBinding() {
        enter(seen(Fact.BASE.lease()), T0);
        LeaseReport report = new LeaseReport(HOME, List.of(Fact.BASE.lease()), Set.of(IP, LOWER), "script");
        assertThat(enter(report, T0.plusSeconds(1)))
                .extracting(LeaseChange::getClass)
                .containsExactly(Ended.class, Added.class);
        assertThat(book.of(HOME).getFirst().startedAt()).isEqualTo(T0.plusSeconds(1));
    }

    @Test
    void endsComeFirstAndInOrder() {
        enter(seen(Fact.BASE.lease(), Fact.BASE.at(LOWER).lease()), T0);
        Fact third = Fact.BASE.at(IpAddress.parse("192.0.2.1").orElseThrow());
        LeaseReport report = new LeaseReport(HOME, List.of(third.lease()), Set.of(IP, LOWER), "file");
        assertThat(enter(report, T0))
                .extracting(change -> change.lease().address().toString())
                .containsExactly("192.0.2.4", "192.0.2.5", "192.0.2.1");
    }

    @Test
    void theLastWordOnAnAddressCounts() {
        List<LeaseChange> changes =
                enter(seen(Fact.BASE.lease(), Fact.BASE.named("box").lease()), T0);
        assertThat(changes).hasSize(1);
        assertThat(changes.getFirst().lease().fact().hostname()).isEqualTo("box");
    }

    @Test
    void twoSourcesMayLeaseOneAddress() {
        enter(seen(Fact.BASE.lease()), T0);
        LeaseReport lab = new LeaseReport(LAB, List.of(Fact.BASE.of(OTHER, null).lease()), Set.of(), "file");
        assertThat(enter(lab, T0)).extracting(LeaseChange::getClass).containsExactly(Added.class);
        assertThat(book.size()).isEqualTo(2);
    }

    @Test
    void detailsHaveALimit() {
        Map<String, String> full = IntStream.range(0, LeaseFact.MAX_DETAILS)
                .boxed()
                .collect(Collectors.toMap(i -> "k%02d".formatted(i), i -> "v"));
        enter(seen(Fact.BASE.with(full).lease()), T0);
        enter(seen(Fact.BASE.with(Map.of("new", "x", "k00", "y")).lease()), T0);
        Map<String, String> details = book.of(HOME).getFirst().fact().details();
        assertThat(details)
                .hasSize(LeaseFact.MAX_DETAILS)
                .containsEntry("k00", "y")
                .doesNotContainKey("new");
    }

    @Test
    void anyReportsMakeAStoryThatCanBeReplayed() {
        Property.check(2_000, samples -> {
            LeaseBook live = new LeaseBook(List.of());
            Map<Lease.Key, Lease> open = new HashMap<>();
            List<LeaseChange> story = new ArrayList<>();
            Set<Lease.Key> keys = new HashSet<>();
            Instant now = T0;
            for (int i = 0; i < 30; i++) {
                now = now.plusSeconds(samples.below(2_000));
                LeaseReport report = report(samples, now);
                List<LeaseChange> changes = live.decide(report, now);
                assertThat(live.decide(report, now)).as("deciding is pure").isEqualTo(changes);
                live.apply(changes);
                changes.forEach(change -> tell(change, open));
                changes.forEach(change -> keys.add(change.lease().key()));
                story.addAll(changes);
                LeaseReport again = new LeaseReport(report.source(), report.seen(), Set.of(), "file");
                assertThat(live.decide(again, now)).as("seen again at once").isEmpty();
            }
            LeaseBook replayed = new LeaseBook(List.of());
            replayed.apply(story);
            LeaseBook restarted = new LeaseBook(open.values());
            assertThat(live.size()).isEqualTo(open.size());
            for (Lease.Key key : keys) {
                assertThat(live.get(key)).isEqualTo(open.get(key));
                assertThat(replayed.get(key)).isEqualTo(open.get(key));
                assertThat(restarted.get(key)).isEqualTo(open.get(key));
            }
        });
    }

    /** A binding begins once, changes while it is open, ends once; and what a change calls before was before. */
    private static void tell(LeaseChange change, Map<Lease.Key, Lease> open) {
        Lease lease = change.lease();
        Lease before = open.get(lease.key());
        switch (change) {
            case Added added -> assertThat(before).isNull();
            case Renewed renewed ->
                assertThat(renewed.before()).isEqualTo(before).isNotEqualTo(lease);
            case Changed changed -> {
                assertThat(changed.before()).isEqualTo(before).isNotEqualTo(lease);
                assertThat(changed.fields()).isNotEmpty();
            }
            case Completed completed ->
                assertThat(completed.before()).isEqualTo(before).isNotEqualTo(lease);
            case Ended ended -> {
                assertThat(before).isNotNull();
                assertThat(ended.lease().state()).isIn(LeaseState.EXPIRED, LeaseState.RELEASED);
                assertThat(ended.lease().in(LeaseState.ACTIVE)).isEqualTo(before);
            }
        }
        if (change instanceof Ended) {
            open.remove(lease.key());
        } else {
            assertThat(lease.state()).isEqualTo(LeaseState.ACTIVE);
            open.put(lease.key(), lease);
        }
    }

    private static LeaseReport report(Samples samples, Instant now) {
        Set<IpAddress> gone = new HashSet<>(samples.list(2, () -> IpAddress.v4(samples.below(5))));
        return new LeaseReport(samples.pick(HOME, LAB), samples.list(4, () -> fact(samples, now)), gone, "file");
    }

    private static LeaseFact fact(Samples samples, Instant now) {
        Expiry expiry = samples.pick(
                Expiry.INFINITE,
                Expiry.UNKNOWN,
                Expiry.at(now.plusSeconds(samples.below(3) * 1000L)),
                new Expiry(Expiry.Kind.AT, now.plusSeconds(1000), Duration.ofSeconds(1000)),
                Expiry.ofLifetime(Duration.ofSeconds(1000L * samples.below(3))));
        return new LeaseFact(
                IpAddress.v4(samples.below(5)),
                samples.pickOrNull(List.of(MAC, OTHER)),
                samples.pickOrNull(List.of(ID, OTHER_ID)),
                samples.pickOrNull(List.of("nas", "box")),
                expiry,
                samples.pickOrNull(List.of(1L, 2L)),
                samples.oneIn(5),
                samples.pick(Allocation.values()),
                samples.pickOrNull(List.of("dnsmasq.conf:3: dhcp-host")),
                null,
                samples.oneIn(2) ? Map.of() : Map.of("k" + samples.below(40), "v" + samples.below(2)));
    }
}
