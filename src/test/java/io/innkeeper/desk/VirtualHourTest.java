package io.innkeeper.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.arp.ArpFinding;
import io.innkeeper.event.EventDraft;
import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.view.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An hour of a house where every fifth packet is lost, and a third of the machines sleep: whatever really changes is told once,
 * in its time, and nothing else is. A failure names its seed; this repeats it:
 *
 * <pre>mvn -o test -Dtest=VirtualHourTest -Dinnkeeper.seed=SEED</pre>
 */
@Tag("slow")
class VirtualHourTest {
    private static final int SEEDS = 6;
    private static final int OFFLINE_AFTER_S = 15 * 60;
    private static final int QUESTIONS_S = 80;
    private static final int SWEEP_S = 10 * 60;

    /** Of an announcement, all five of which may get lost. */
    private static final int HEARD_S = SWEEP_S;

    private static final int CONFLICT_S = 5 * 60;

    /** An event that has to come, at its time. */
    private record Expected(String type, int fromS, int toS) {}

    /** The stories of one hour, each with what is to be told of it. */
    private static final class House {
        final Samples samples;
        final VirtualHour hour;
        final List<Runnable> checks = new ArrayList<>();
        final Set<Integer> fought = new HashSet<>();
        private int count;
        private int taken;

        House(Samples samples) {
            this.samples = samples;
            hour = new VirtualHour(samples);
        }

        /** A machine that has its address from then on, and sleeps, or speaks by itself, or does neither; or both. */
        private VirtualHost next(int second, int address) {
            boolean sleepy = samples.oneIn(3);
            VirtualHost host =
                    hour.host(++count, sleepy).takes(second, address, true).comes(second);
            if (sleepy) {
                host.announces(second, address);
            }
            if (samples.oneIn(2)) {
                host.speaksEvery(20 + samples.below(600), VirtualHour.GATEWAY);
            }
            return host;
        }

        private int freeAddress() {
            return VirtualHour.NETWORK + 10 + 3 * taken++ + samples.below(3);
        }

        private int between(int from, int to) {
            return from + samples.below(to - from);
        }

        void gateway() {
            VirtualHost router = hour.host(++count, false)
                    .takes(0, VirtualHour.GATEWAY, true)
                    .comes(0);
            expect(router, new Expected("device.discovered", 0, 2 * SWEEP_S));
        }

        void stays() {
            expect(next(0, freeAddress()), new Expected("device.discovered", 0, 3 * SWEEP_S));
        }

        void comesWithoutAWord() {
            int second = between(60, 500);
            VirtualHost host =
                    hour.host(++count, false).takes(second, freeAddress(), true).comes(second);
            expect(host, new Expected("device.discovered", second, second + 5 * SWEEP_S));
        }

        void comes() {
            int second = between(60, 2_900);
            int address = freeAddress();
            VirtualHost host = next(second, address).announces(second, address);
            expect(host, new Expected("device.discovered", second, second + HEARD_S));
        }

        void goes() {
            int second = between(1_300, 2_400);
            VirtualHost host = next(0, freeAddress()).goes(second);
            expect(host, new Expected("device.discovered", 0, second), offline(second));
        }

        void goesAndComesBack() {
            int gone = between(900, 1_300);
            int back = between(gone + OFFLINE_AFTER_S + 3 * QUESTIONS_S, 2_900);
            int address = freeAddress();
            VirtualHost host = next(0, address)
                    .announces(0, address)
                    .goes(gone)
                    .comes(back)
                    .announces(back, address);
            expect(
                    host,
                    new Expected("device.discovered", 0, gone),
                    offline(gone),
                    new Expected("device.online", back, back + HEARD_S));
        }

        void changesItsCard() {
            int second = between(1_200, 2_000);
            int later = second + between(30, 120);
            int address = freeAddress();
            VirtualHost old = next(0, address).announces(0, address).goes(second);
            VirtualHost young = next(later, address).announces(later, address);
            expect(young, new Expected("device.discovered", later, later + HEARD_S));
            expect(
                    old,
                    new Expected("device.discovered", 0, second),
                    new Expected("device.changed", later, later + HEARD_S),
                    offline(second));
        }

        /** As DHCP does it: one gets another address, and its old one is given to somebody else. */
        void handsItsAddressOn() {
            int second = between(600, 2_000);
            int later = second + between(30, 120);
            int first = freeAddress();
            VirtualHost old = next(0, first).announces(0, first);
            int other = freeAddress();
            old.takes(second, other, true).announces(second, other);
            VirtualHost young = next(later, first).announces(later, first);
            expect(young, new Expected("device.discovered", later, later + HEARD_S));
            expect(
                    old,
                    new Expected("device.discovered", 0, second),
                    new Expected("device.changed", second, second + HEARD_S),
                    new Expected("device.changed", later, later + HEARD_S));
        }

        /** Both are there, and neither gives way. */
        void fights() {
            int second = between(600, 2_900);
            int address = freeAddress();
            VirtualHost owner = next(0, address).announces(0, address).speaksEvery(50, VirtualHour.GATEWAY);
            int own = freeAddress();
            VirtualHost thief = next(0, own)
                    .announces(0, own)
                    .takes(second, address, false)
                    .announces(second, address)
                    .speaksEvery(60, VirtualHour.GATEWAY);
            fought.add(address);
            checks.add(() -> {
                List<ArpFinding> found = hour.findings.stream()
                        .filter(one -> one.address().v4Bits() == address)
                        .toList();
                assertThat(found).as("about %x at %d", address, second).hasSize(1);
                assertThat(found.getFirst().what()).isEqualTo(ArpFinding.What.CONFLICT);
                Instant at = Instant.ofEpochMilli(found.getFirst().now().atMs());
                assertThat(seconds(at)).isBetween((long) second, (long) second + CONFLICT_S);
                assertThat(types(owner)).doesNotContain("device.online", "device.offline");
                assertThat(types(thief)).doesNotContain("device.online", "device.offline");
            });
        }

        private static Expected offline(int second) {
            return new Expected("device.offline", second, second + OFFLINE_AFTER_S + 2 * QUESTIONS_S);
        }

        private List<EventDraft> events(VirtualHost host) {
            return hour.events.stream()
                    .filter(event -> event.subject().equals(host.mac.toString()))
                    .toList();
        }

        private List<String> types(VirtualHost host) {
            return events(host).stream().map(event -> event.type().text()).toList();
        }

        private void expect(VirtualHost host, Expected... all) {
            checks.add(() -> {
                List<EventDraft> told = events(host);
                assertThat(types(host))
                        .as("of %s", host.mac)
                        .containsExactlyElementsOf(
                                List.of(all).stream().map(Expected::type).toList());
                for (int i = 0; i < all.length; i++) {
                    assertThat(seconds(told.get(i).at()))
                            .as("%s of %s", all[i], host.mac)
                            .isBetween((long) all[i].fromS, (long) all[i].toS);
                    if (all[i].type.equals("device.offline")) {
                        silentForLong(told.get(i));
                    }
                }
            });
        }

        private static void silentForLong(EventDraft offline) {
            Instant since = Instant.parse(
                    Json.MAPPER.readTree(offline.body()).path("since").asString());
            assertThat(Duration.between(since, offline.at()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(OFFLINE_AFTER_S));
        }

        private static long seconds(Instant at) {
            return Duration.between(VirtualHour.START, at).toSeconds();
        }

        void live() {
            hour.pass();
            checks.forEach(Runnable::run);
            assertThat(hour.findings)
                    .as("only of those who fight")
                    .allMatch(one -> fought.contains(one.address().v4Bits()));
            assertThat(hour.events)
                    .as("only of those who live here")
                    .allMatch(event -> event.subject().startsWith("02:00:00:00:77:"));
        }
    }

    private static void many(int times, Runnable story) {
        for (int i = 0; i < times; i++) {
            story.run();
        }
    }

    @Test
    void whatChangesIsToldOnceAndNothingElseIs() {
        int[] seen = new int[2];
        Property.check(SEEDS, samples -> {
            House house = new House(samples);
            house.gateway();
            many(30, house::stays);
            house.comesWithoutAWord();
            many(5, house::comes);
            many(6, house::goes);
            many(5, house::goesAndComesBack);
            many(4, house::changesItsCard);
            many(3, house::handsItsAddressOn);
            many(2, house::fights);
            house.live();
            seen[0] += house.hour.link.lost;
            seen[1] += house.hour.events.size();
        });
        System.out.printf("%d packets lost, %d events told%n", seen[0], seen[1]);
        assertThat(seen).doesNotContain(0);
    }
}
