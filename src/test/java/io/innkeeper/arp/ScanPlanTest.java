package io.innkeeper.arp;

import static io.innkeeper.arp.TestingLan.LINK;
import static io.innkeeper.arp.TestingLan.MS;
import static io.innkeeper.arp.TestingLan.SECOND;
import static io.innkeeper.arp.TestingLan.ip;
import static io.innkeeper.arp.TestingLan.mac;
import static io.innkeeper.arp.TestingLan.net24;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whom the plan asks, and when, in virtual time. */
class ScanPlanTest {
    private static final long INTERVAL = 60 * SECOND;
    private static final long SWEEP = 600 * SECOND;

    private static ScanPlan.Settings settings(int rate) {
        return new ScanPlan.Settings(rate, INTERVAL, SWEEP, 3, true);
    }

    private static TestingLan lan(int rate) {
        TestingLan lan = new TestingLan(settings(rate));
        lan.targets(net24());
        return lan;
    }

    @Test
    void theFirstScanGoesOverEverybodyAtTheRate() {
        TestingLan lan = lan(20);
        lan.host("192.168.1.10", 10);
        lan.host("192.168.1.254", 11);
        lan.run(15 * SECOND);
        assertThat(lan.plan.known()).isEqualTo(2);
        assertThat(lan.asked).hasSizeBetween(254, 300);
        assertThat(lan.asked.getFirst().question().to()).isNull();
        assertThat(lan.mostIn100Ms()).isLessThanOrEqualTo(2);
    }

    @Test
    void knownHostsAreAskedAloneOnceAnIntervalAndTheOthersMoreSeldom() {
        TestingLan lan = lan(50);
        for (int host = 1; host <= 30; host++) {
            lan.host("192.168.1." + host, host);
        }
        lan.run(120 * SECOND);
        lan.asked.clear();
        lan.run(10 * INTERVAL);
        for (int host = 1; host <= 30; host++) {
            assertThat(lan.askedFor("192.168.1." + host))
                    .hasSizeBetween(9, 11)
                    .allMatch(one -> one.question().to() != null);
        }
        assertThat(lan.askedFor("192.168.1.200"))
                .hasSizeBetween(1, 2)
                .allMatch(one -> one.question().to() == null);
    }

    @Test
    void callsAreSpreadOverTheIntervalWhicheverAddressesThereAre() {
        TestingLan lan = lan(500);
        for (int host = 100; host < 160; host++) {
            lan.host("192.168.1." + host, host);
        }
        lan.run(120 * SECOND);
        lan.asked.clear();
        lan.run(5 * INTERVAL);
        List<TestingLan.Asked> calls =
                lan.asked.stream().filter(one -> one.question().to() != null).toList();
        assertThat(calls).hasSizeBetween(290, 310);
        for (int i = 1; i < calls.size(); i++) {
            assertThat(calls.get(i).atNanos() - calls.get(i - 1).atNanos()).isBetween(900 * MS, 1_100 * MS);
        }
    }

    @Test
    void whoWasHeardLatelyIsNotAsked() {
        TestingLan lan = lan(50);
        lan.host("192.168.1.7", 7);
        lan.run(30 * SECOND);
        lan.asked.clear();
        for (int i = 0; i < 30; i++) {
            lan.plan.heard(LINK, ip("192.168.1.7"), mac(7), lan.now);
            lan.run(20 * SECOND);
        }
        assertThat(lan.askedFor("192.168.1.7")).isEmpty();
    }

    @Test
    void aHostThatIsSilentIsAskedAgainAfterLongerAndLongerTimes() {
        TestingLan lan = lan(50);
        lan.host("192.168.1.7", 7);
        lan.run(30 * SECOND);
        lan.hosts.clear();
        lan.asked.clear();
        lan.run(INTERVAL + 10 * SECOND);
        List<TestingLan.Asked> calls = lan.askedFor("192.168.1.7").subList(0, 3);
        assertThat(calls.get(0).question().to()).isEqualTo(mac(7));
        assertThat(calls.get(1).question().to()).isEqualTo(mac(7));
        assertThat(calls.get(2).question().to()).as("the last time everybody").isNull();
        assertThat(calls.get(1).atNanos() - calls.get(0).atNanos()).isBetween(SECOND, SECOND + 50 * MS);
        assertThat(calls.get(2).atNanos() - calls.get(1).atNanos()).isBetween(2 * SECOND, 2 * SECOND + 50 * MS);
    }

    @Test
    void aHostThatIsGoneIsAskedMoreAndMoreSeldomAndThenForgotten() {
        TestingLan lan = lan(50);
        lan.host("192.168.1.7", 7);
        lan.run(30 * SECOND);
        lan.hosts.clear();
        lan.asked.clear();
        lan.run(120 * INTERVAL);
        assertThat(lan.plan.known()).isZero();
        long calls = lan.askedFor("192.168.1.7").stream()
                .filter(one -> one.question().to() != null)
                .count();
        assertThat(calls).isLessThanOrEqualTo(2L * ScanPlan.MOST_MISSES);
        assertThat(lan.plan.lost()).isEqualTo(1);
    }

    @Test
    void aHostThatIsGoneIsAskedForByTheSweepAsAnyOther() {
        TestingLan lan = lan(50);
        lan.host("192.168.1.7", 7);
        lan.run(30 * SECOND);
        lan.hosts.clear();
        lan.run(2 * INTERVAL);
        lan.asked.clear();
        long last = lan.now;
        lan.run(10 * SWEEP);
        for (TestingLan.Asked one : lan.askedFor("192.168.1.7")) {
            if (one.question().to() == null) {
                assertThat(one.atNanos() - last).isLessThanOrEqualTo(SWEEP + SWEEP / 10);
                last = one.atNanos();
            }
        }
        assertThat(lan.now - last).isLessThanOrEqualTo(SWEEP + SWEEP / 10);
    }

    @Test
    void aHostThatChangesItsHardwareAddressIsFoundByTheQuestionToEverybody() {
        TestingLan lan = lan(50);
        lan.host("192.168.1.7", 7);
        lan.run(30 * SECOND);
        lan.host("192.168.1.7", 8);
        lan.run(INTERVAL + 10 * SECOND);
        lan.asked.clear();
        lan.run(2 * INTERVAL);
        assertThat(lan.askedFor("192.168.1.7"))
                .isNotEmpty()
                .allMatch(one -> Objects.equals(one.question().to(), mac(8)));
    }

    @Test
    void theRateHoldsInAnyTenthOfASecond() {
        Property.check(60, samples -> {
            int rate = samples.pick(1, 3, 10, 20, 37, 100, 333, 500, 2_000);
            TestingLan lan = lan(rate);
            for (int host = 1; host < 255; host++) {
                if (samples.oneIn(3)) {
                    lan.host("192.168.1." + host, host);
                }
            }
            lan.loses(() -> samples.oneIn(5));
            for (int part = 0; part < 20; part++) {
                lan.late(samples.pick(0, 1, 7, 60) * MS);
                switch (samples.below(4)) {
                    case 0 -> lan.plan.scan(rate, lan.now);
                    case 1 ->
                        lan.plan.ask(LINK, mac(samples.below(255)), IpAddress.v4(0xc0a80100 + samples.below(256)), 3);
                    case 2 -> lan.now += samples.below(5) * SECOND;
                    default -> {}
                }
                lan.run(samples.below(3_000) * MS);
            }
            assertThat(lan.mostIn100Ms()).isLessThanOrEqualTo((int) Math.max(1, rate * 1.05 / 10));
        });
    }

    @Test
    void aScanUsesTheRateThatItMay() {
        TestingLan lan = lan(100);
        lan.run(10 * SECOND);
        lan.asked.clear();
        lan.plan.scan(1_000, lan.now);
        lan.run(250 * MS);
        assertThat(lan.asked).hasSizeBetween(235, 254);
        lan.plan.scan(ScanPlan.UNLIMITED, lan.now);
        lan.asked.clear();
        lan.run(MS);
        assertThat(lan.asked).hasSize(254);
    }

    @Test
    void aScanOfASixteenFindsEverybodyThoughAFifthGetsLost() {
        TestingLan lan = new TestingLan(new ScanPlan.Settings(20, INTERVAL, SWEEP, 8, true));
        AtomicInteger packet = new AtomicInteger();
        lan.loses(() -> packet.incrementAndGet() % 5 == 0);
        for (int i = 0; i < ScanTarget.MAX_SIZE; i++) {
            lan.hosts.put(IpAddress.v4(0x0a000000 + i), mac(i));
        }
        lan.targets(new ScanTarget(LINK, 0x0a000000, ScanTarget.MAX_SIZE));
        lan.plan.scan(ScanPlan.UNLIMITED, lan.now);
        lan.run(30 * SECOND);
        ScanProgress progress = lan.plan.progress(lan.now);
        assertThat(progress.found()).isEqualTo(ScanTarget.MAX_SIZE);
        assertThat(progress.running()).isFalse();
        assertThat(progress.done()).isEqualTo(1);
    }

    @Test
    void aScanOfNobodyEndsAfterItsTries() {
        TestingLan lan = lan(ScanPlan.UNLIMITED);
        lan.run(10 * SECOND);
        assertThat(lan.plan.progress(lan.now).running()).isFalse();
        assertThat(lan.plan.progress(lan.now).asked()).isEqualTo(3 * 254);
        assertThat(lan.plan.progress(lan.now).nanos()).isEqualTo(6 * Sweep.WAIT);
    }

    @Test
    void whilePausedNothingLeaves() {
        TestingLan lan = lan(100);
        lan.plan.pause();
        assertThat(lan.plan.ask(LINK, mac(1), ip("192.168.1.1"), 1)).isFalse();
        lan.run(100 * SECOND);
        assertThat(lan.asked).isEmpty();
        lan.plan.resume();
        lan.run(10 * SECOND);
        assertThat(lan.asked).hasSizeGreaterThan(254);
    }

    @Test
    void aQuestionOfOthersGoesFirstAndItsSilenceIsTold() {
        TestingLan lan = lan(10);
        lan.host("192.168.1.7", 7);
        lan.run(SECOND);
        lan.asked.clear();
        assertThat(lan.plan.ask(LINK, mac(7), ip("192.168.1.7"), 2)).isTrue();
        assertThat(lan.plan.ask(LINK, mac(9), ip("192.168.1.9"), 2)).isTrue();
        lan.run(10 * SECOND);
        assertThat(lan.asked.get(0).question().to()).isEqualTo(mac(7));
        assertThat(lan.asked.get(1).question().to()).isEqualTo(mac(9));
        Questions.Subject silent = lan.plan.pollSilent();
        assertThat(silent).isEqualTo(new Questions.Subject(mac(9), ip("192.168.1.9")));
        assertThat(lan.plan.pollSilent()).isNull();
    }

    @Test
    void neighboursOfIpv6AreAskedAloneOnceTheyWereHeard() {
        TestingLan lan = new TestingLan(settings(20));
        IpAddress address = ip("fe80::7");
        lan.hosts.put(address, mac(7));
        lan.plan.heard(LINK, address, mac(7), lan.now);
        lan.run(10 * INTERVAL);
        assertThat(lan.askedFor("fe80::7"))
                .hasSizeBetween(8, 11)
                .allMatch(one -> Objects.equals(one.question().to(), mac(7)));
    }

    @Test
    void whereManyAnswersGetLostLessIsAsked() {
        TestingLan lan = lan(100);
        for (int host = 1; host < 255; host++) {
            lan.host("192.168.1." + host, host);
        }
        lan.run(30 * SECOND);
        assertThat(lan.plan.rate()).isEqualTo(100);
        AtomicInteger packet = new AtomicInteger();
        lan.loses(() -> packet.incrementAndGet() % 2 == 0);
        lan.run(5 * INTERVAL);
        assertThat(lan.plan.rate()).isLessThan(50);
        lan.loses(() -> false);
        lan.run(10 * INTERVAL);
        assertThat(lan.plan.rate()).isEqualTo(100);
    }

    @Test
    void whatIsNewIsScannedAndWhatIsGoneIsForgotten() {
        TestingLan lan = lan(1_000);
        lan.host("192.168.1.7", 7);
        lan.host("10.0.0.7", 8);
        lan.run(10 * SECOND);
        ScanTarget other = new ScanTarget(LINK, 0x0a000001, 254);
        lan.asked.clear();
        lan.targets(net24(), other);
        lan.run(SECOND / 2);
        assertThat(lan.plan.known()).isEqualTo(2);
        assertThat(lan.asked)
                .allMatch(one -> other.contains(one.question().address().v4Bits()));
        lan.targets(other);
        assertThat(lan.plan.known()).isEqualTo(1);
        assertThat(lan.plan.addresses()).isEqualTo(254);
    }

    @Test
    void nobodyIsAskedForOurOwnAddresses() {
        TestingLan lan = new TestingLan(settings(1_000));
        lan.plan.targets(List.of(net24()), Set.of(ip("192.168.1.5").v4Bits()), lan.now);
        lan.run(20 * SECOND);
        assertThat(lan.askedFor("192.168.1.5")).isEmpty();
        assertThat(lan.plan.progress(lan.now).addresses()).isEqualTo(253);
    }

    @Test
    void whateverHappensItNeverBreaks() {
        Property.check(200, samples -> {
            TestingLan lan = lan(samples.pick(1, 50, ScanPlan.UNLIMITED));
            lan.loses(() -> samples.oneIn(3));
            for (int i = 0; i < 200; i++) {
                int host = 1 + samples.below(254);
                IpAddress address = IpAddress.v4(0xc0a80100 + host);
                MacAddress mac = mac(samples.below(20));
                switch (samples.below(8)) {
                    case 0 -> lan.hosts.put(address, mac);
                    case 1 -> lan.hosts.remove(address);
                    case 2 -> lan.plan.heard(LINK, samples.oneIn(2) ? address : samples.ip(), mac, lan.now);
                    case 3 -> lan.plan.ask(LINK, mac, address, samples.below(10));
                    case 4 ->
                        lan.plan.settings(new ScanPlan.Settings(1 + samples.below(100), INTERVAL, SWEEP, 2, true));
                    case 5 -> lan.targets(samples.oneIn(2) ? net24() : new ScanTarget(LINK, 0xc0a80100 + host, 100));
                    case 6 -> lan.plan.scan(samples.pick(1, 1_000, ScanPlan.UNLIMITED), lan.now);
                    default -> lan.run(samples.below(100) * SECOND / 10);
                }
                assertThat(lan.plan.known()).isGreaterThanOrEqualTo(0);
                lan.plan.progress(lan.now);
            }
        });
    }
}
