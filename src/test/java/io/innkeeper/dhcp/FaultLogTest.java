package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultLogTest {
    private static final long T0 = 1_800_000_000_000L;

    private final FaultLog log = new FaultLog();

    private static RuntimeException one() {
        return new IllegalStateException("one");
    }

    private static RuntimeException other() {
        return new IllegalStateException("one");
    }

    @Test
    void aKindIsWrittenOnceAMinuteWithTheNumberOfThoseBetween() {
        assertThat(log.look(one(), T0)).isZero();
        assertThat(log.look(one(), T0 + 1)).isEqualTo(-1);
        assertThat(log.look(one(), T0 + FaultLog.QUIET_MS - 1)).isEqualTo(-1);
        assertThat(log.look(one(), T0 + FaultLog.QUIET_MS)).isEqualTo(2);
        assertThat(log.look(one(), T0 + 2 * FaultLog.QUIET_MS)).isZero();
    }

    @Test
    void anotherPlaceInTheCodeIsAnotherKind() {
        assertThat(log.look(one(), T0)).isZero();
        assertThat(log.look(other(), T0)).isZero();
    }

    @Test
    void aClockThatIsSetBackSilencesNothing() {
        assertThat(log.look(one(), T0)).isZero();
        assertThat(log.look(one(), T0 - 1_000_000)).isZero();
    }

    @Test
    void thereAreOnlySoManyKinds() {
        for (int line = 0; line < FaultLog.MAX_KINDS; line++) {
            assertThat(log.look(at(line), T0)).isZero();
        }
        assertThat(log.look(at(1_000), T0)).isZero();
        assertThat(log.look(at(1_001), T0)).isEqualTo(-1);
        assertThat(log.look(at(1_002), T0 + FaultLog.QUIET_MS)).isEqualTo(1);
    }

    private static RuntimeException at(int line) {
        RuntimeException fault = new IllegalStateException("at " + line);
        fault.setStackTrace(new StackTraceElement[] {new StackTraceElement("Made", "up", "Made.java", line)});
        return fault;
    }
}
