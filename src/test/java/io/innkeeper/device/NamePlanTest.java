package io.innkeeper.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.device.NamePlan.Nameless;
import io.innkeeper.device.NamePlan.Question;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is asked, how, how often and how fast. */
class NamePlanTest {
    private static final long AGAIN_MS = 21_600_000;
    private static final NamePlan.Settings ALL = new NamePlan.Settings(List.of(NameWay.values()), 4, AGAIN_MS);

    private final NamePlan plan = new NamePlan(ALL);

    private record Asked(long atMs, Question question) {
        @Override
        public String toString() {
            return atMs + " " + question.way() + " " + question.attempt();
        }
    }

    private static Nameless nameless(int number) {
        byte[] octets = {2, 0, 0, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
        return new Nameless(MacAddress.of(MacAddress.ETHERNET, octets), IpAddress.v4(0x0a00_0000 + number));
    }

    private List<Asked> until(long fromMs, long toMs) {
        List<Asked> asked = new ArrayList<>();
        for (long now = fromMs; now < toMs; now += 50) {
            long at = now;
            plan.next(now).ifPresent(question -> asked.add(new Asked(at, question)));
        }
        return asked;
    }

    @Test
    void eachWayTwiceThenNotForHours() {
        plan.look(List.of(nameless(1)), 0);
        assertThat(until(0, AGAIN_MS).stream().map(Asked::toString))
                .containsExactly(
                        "0 MDNS_LINK 0",
                        "2000 MDNS_LINK 1",
                        "4000 MDNS_DEVICE 0",
                        "6000 MDNS_DEVICE 1",
                        "8000 REVERSE_DNS 0",
                        "10000 REVERSE_DNS 1");
        assertThat(until(AGAIN_MS, AGAIN_MS + 100_000)).hasSize(6);
    }

    @Test
    void neverFasterThanItsRateWhateverWaits() {
        plan.look(IntStream.range(0, 2_000).mapToObj(NamePlanTest::nameless).toList(), 0);
        List<Asked> asked = until(0, 60_000);
        assertThat(asked).hasSize(240);
        for (int i = 1; i < asked.size(); i++) {
            assertThat(asked.get(i).atMs() - asked.get(i - 1).atMs()).isGreaterThanOrEqualTo(250);
        }
        assertThat(asked.stream().map(one -> one.question().mac()).distinct())
                .as("each its turn")
                .hasSize(240);
    }

    @Test
    void whoHasANameIsNotAskedFor() {
        plan.look(List.of(nameless(1), nameless(2)), 0);
        Question first = plan.next(0).orElseThrow();
        plan.answered(first.mac(), true, 0);
        assertThat(until(250, 20_000).stream().map(one -> one.question().mac()))
                .hasSize(6)
                .containsOnly(nameless(2).mac());
        plan.look(List.of(), 20_000);
        assertThat(until(AGAIN_MS, AGAIN_MS + 100_000)).isEmpty();
    }

    @Test
    void aNoEndsAWayAtOnce() {
        plan.look(List.of(nameless(1)), 0);
        Question first = plan.next(0).orElseThrow();
        plan.answered(first.mac(), false, 100);
        assertThat(until(250, 7_000).stream().map(Asked::toString))
                .containsExactly("250 MDNS_DEVICE 0", "2250 MDNS_DEVICE 1", "4250 REVERSE_DNS 0", "6250 REVERSE_DNS 1");
        plan.answered(first.mac(), false, 7_000);
        assertThat(until(7_000, AGAIN_MS)).isEmpty();
        assertThat(until(AGAIN_MS, AGAIN_MS + 100_000)).hasSize(6);
    }

    @Test
    void oneThatComesBackIsNotAskedAnewButAtANewAddressItIs() {
        plan.look(List.of(nameless(1)), 0);
        until(0, 20_000);
        plan.look(List.of(), 20_000);
        plan.look(List.of(nameless(1)), 30_000);
        assertThat(until(30_000, 60_000)).isEmpty();
        plan.look(List.of(new Nameless(nameless(1).mac(), IpAddress.v4(0x0a00_0009))), 60_000);
        assertThat(until(60_000, 90_000))
                .hasSize(6)
                .allSatisfy(one -> assertThat(one.question().address()).hasToString("10.0.0.9"));
    }

    @Test
    void whatIsSwitchedOffIsNotAsked() {
        plan.settings(new NamePlan.Settings(List.of(), 4, AGAIN_MS));
        plan.look(List.of(nameless(1)), 0);
        assertThat(until(0, 60_000)).isEmpty();
        plan.settings(new NamePlan.Settings(List.of(NameWay.REVERSE_DNS), 4, AGAIN_MS));
        plan.look(List.of(nameless(1)), 60_000);
        assertThat(until(60_000, 90_000).stream().map(one -> one.question().way()))
                .containsExactly(NameWay.REVERSE_DNS, NameWay.REVERSE_DNS);
    }

    @Test
    void itRemembersSoManyAndNoMore() {
        for (int round = 0; round < 3; round++) {
            int from = round * 8_000;
            plan.look(
                    IntStream.range(from, from + 12_000)
                            .mapToObj(NamePlanTest::nameless)
                            .toList(),
                    round);
            assertThat(plan.size()).isLessThanOrEqualTo(NamePlan.MOST);
        }
    }
}
