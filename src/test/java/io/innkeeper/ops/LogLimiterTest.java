package io.innkeeper.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.ops.LogLimiter.Verdict;
import io.innkeeper.property.Property;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogLimiterTest {
    private static final Instant T0 = Instant.parse("2026-11-01T00:00:00Z");

    private final LogLimiter limiter = new LogLimiter(Duration.ofSeconds(10), 2);

    private Verdict at(int second, String key) {
        return limiter.allow(key, T0.plusSeconds(second));
    }

    @Test
    void oneLineAnIntervalAndThenTheCount() {
        assertThat(at(0, "a")).isEqualTo(new Verdict(true, 0));
        assertThat(at(1, "a")).isEqualTo(new Verdict(false, 1));
        assertThat(at(9, "a")).isEqualTo(new Verdict(false, 2));
        assertThat(at(10, "a")).isEqualTo(new Verdict(true, 2));
        assertThat(at(20, "a")).isEqualTo(new Verdict(true, 0));
    }

    @Test
    void keysDoNotDisturbEachOther() {
        assertThat(at(0, "a").allowed()).isTrue();
        assertThat(at(0, "b").allowed()).isTrue();
        assertThat(at(1, "a").allowed()).isFalse();
    }

    @Test
    void aFullMemorySuppressesFurtherKeysUntilTheOldestIsDone() {
        at(0, "a");
        at(5, "b");
        at(6, "a");
        assertThat(at(9, "c")).isEqualTo(new Verdict(false, 0));
        assertThat(limiter.untold()).isEqualTo(1);
        assertThat(at(10, "c")).isEqualTo(new Verdict(true, 0));
        assertThat(limiter.untold()).as("and the line of a that was suppressed").isEqualTo(2);
        assertThat(at(10, "a").allowed()).isFalse();
    }

    @Test
    void aClockSetBackSilencesNobody() {
        at(0, "a");
        assertThat(at(-3600, "a").allowed()).isTrue();
    }

    @Test
    void everyLineIsAllowedOrCounted() {
        Property.check(300, samples -> {
            LogLimiter any = new LogLimiter(Duration.ofSeconds(5), 3);
            int second = 0;
            long allowed = 0;
            long told = 0;
            int lines = 200;
            for (int i = 0; i < lines; i++) {
                second += samples.below(3);
                Verdict verdict = any.allow(samples.pick("a", "b", "c", "d", "e"), T0.plusSeconds(second));
                allowed += verdict.allowed() ? 1 : 0;
                told += verdict.allowed() ? verdict.suppressed() : 0;
            }
            for (String key : new String[] {"a", "b", "c", "d", "e"}) {
                Verdict last = any.allow(key, T0.plusSeconds(second + 100));
                allowed += last.allowed() ? 1 : 0;
                told += last.allowed() ? last.suppressed() : 0;
            }
            assertThat(allowed + told + any.untold()).isEqualTo(lines + 5);
            assertThat(allowed).isLessThanOrEqualTo(3L * (second / 5 + 1) + 5);
        });
    }
}
