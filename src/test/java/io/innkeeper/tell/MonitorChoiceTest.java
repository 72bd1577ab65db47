package io.innkeeper.tell;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.tell.MonitorChoice.Candidate;
import io.innkeeper.tell.MonitorChoice.Patience;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which monitor hears of which interface, in virtual time. */
class MonitorChoiceTest {
    private static final Patience PATIENCE = new Patience(100, 1_000);
    private static final int INTERFACES = 300;

    private static MonitorChoice choice(Balance balance, int monitors) {
        List<Candidate> candidates = IntStream.range(0, monitors)
                .mapToObj(number -> new Candidate("tcp://192.0.2." + number + ":50326", false))
                .toList();
        return new MonitorChoice(candidates, balance, PATIENCE);
    }

    private static Map<String, Integer> owners(MonitorChoice choice) {
        Map<String, Integer> owners = new HashMap<>();
        for (int i = 0; i < INTERFACES; i++) {
            owners.put("wan" + i, choice.of("wan" + i).orElse(-1));
        }
        return owners;
    }

    /** All that are tried now answer; those must be these. */
    private static void recover(MonitorChoice choice, Set<Integer> monitors, long nowMs) {
        List<Integer> tried = choice.trials(nowMs);
        assertThat(tried).containsExactlyInAnyOrderElementsOf(monitors);
        tried.forEach(monitor -> {
            choice.answered(monitor);
            choice.took(monitor);
        });
    }

    @Test
    void theFirstThatLivesHearsOfAll() {
        MonitorChoice choice = choice(Balance.FIRST, 3);
        assertThat(choice.of("wan0")).hasValue(0);
        choice.failed(0, 1_000, 0);
        assertThat(choice.of("wan0")).hasValue(1);
        choice.failed(1, 1_000, 0);
        assertThat(choice.of("wan0")).hasValue(2);
        recover(choice, Set.of(0, 1), 1_050);
        assertThat(choice.of("wan0")).hasValue(0);
    }

    @Test
    void oneThatFailedIsNotUsedBeforeItAnswered() {
        MonitorChoice choice = choice(Balance.FIRST, 2);
        choice.failed(0, 0, 0.5);
        assertThat(choice.nextTrialAtMs()).isEqualTo(75);
        assertThat(choice.trials(74)).isEmpty();
        assertThat(choice.trials(75)).containsExactly(0);
        assertThat(choice.trials(76)).as("it is being tried").isEmpty();
        assertThat(choice.nextTrialAtMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(choice.of("wan0")).hasValue(1);
    }

    @Test
    void theWaitDoublesUpToItsLimit() {
        MonitorChoice choice = choice(Balance.FIRST, 1);
        List<Long> waits = new ArrayList<>();
        for (long now = 0; waits.size() < 7; ) {
            choice.failed(0, now, 0.999_999);
            waits.add(choice.nextTrialAtMs() - now);
            now = choice.nextTrialAtMs();
            choice.trials(now);
        }
        assertThat(waits).containsExactly(99L, 199L, 399L, 799L, 999L, 999L, 999L);
        assertThat(choice.of("wan0")).isEqualTo(OptionalInt.empty());
    }

    /** One that greets and then breaks the connection, such as for another key, must not be asked without a pause. */
    @Test
    void answeringAloneDoesNotEndTheRowOfFailures() {
        MonitorChoice choice = choice(Balance.FIRST, 1);
        long now = 0;
        for (int i = 0; i < 5; i++) {
            choice.failed(0, now, 0);
            now = choice.nextTrialAtMs();
            choice.trials(now);
            choice.answered(0);
        }
        choice.failed(0, now, 0);
        assertThat(choice.nextTrialAtMs() - now).isEqualTo(500);
    }

    @Test
    void spreadIsFairAndStays() {
        Map<String, Integer> owners = owners(choice(Balance.SPREAD, 3));
        for (int monitor = 0; monitor < 3; monitor++) {
            int its = monitor;
            assertThat(owners.values().stream().filter(owner -> owner == its).count())
                    .isBetween(70L, 130L);
        }
        assertThat(owners(choice(Balance.SPREAD, 3))).isEqualTo(owners);
    }

    @Test
    void onlyTheInterfacesOfADeadMonitorMove() {
        Property.check(100, samples -> {
            MonitorChoice choice = choice(Balance.SPREAD, 2 + samples.below(5));
            Map<String, Integer> before = owners(choice);
            Set<Integer> dead = new HashSet<>();
            for (int i = samples.below(3); i >= 0; i--) {
                int monitor = before.getOrDefault("wan" + samples.below(INTERFACES), 0);
                choice.failed(monitor, 0, 0);
                dead.add(monitor);
            }
            owners(choice).forEach((name, owner) -> {
                if (dead.contains(before.get(name))) {
                    assertThat(dead).doesNotContain(owner);
                } else {
                    assertThat(owner).isEqualTo(before.get(name));
                }
            });
            recover(choice, dead, 10_000);
            assertThat(owners(choice)).isEqualTo(before);
        });
    }

    @Test
    void theLastResortWaitsUntilTheOthersFailedOften() {
        List<Candidate> candidates = List.of(
                new Candidate("rdk:tcp://127.0.0.1:50324", true), new Candidate("tcp://127.0.0.1:50326", false));
        MonitorChoice choice = new MonitorChoice(candidates, Balance.FIRST, PATIENCE);
        assertThat(choice.of("wan0")).hasValue(1);
        choice.failed(1, 0, 0);
        choice.failed(1, 0, 0);
        assertThat(choice.of("wan0")).as("it may come back").isEqualTo(OptionalInt.empty());
        choice.failed(1, 0, 0);
        assertThat(choice.of("wan0")).hasValue(0);
        recover(choice, Set.of(1), 10_000);
        assertThat(choice.of("wan0")).hasValue(1);
    }

    @Test
    void aLastResortAloneIsUsedAtOnce() {
        List<Candidate> candidates = List.of(new Candidate("rdk:tcp://127.0.0.1:50324", true));
        assertThat(new MonitorChoice(candidates, Balance.SPREAD, PATIENCE).of("wan0"))
                .hasValue(0);
    }
}
