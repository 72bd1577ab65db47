package io.innkeeper.wire.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "2000-02-29T23:59:59.999999999Z",
                "2100-02-28T00:00:00Z",
                "2100-03-01T00:00:00Z",
                "2026-12-31T01:02:03.040Z",
                "2027-01-01T00:00:00.000050Z",
                "2028-02-29T12:00:00.000000006Z",
                "9999-12-31T23:59:59.1Z",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z"
            })
    void isWhatTheTimeSays(String text) {
        Instant time = Instant.parse(text);
        assertThat(UtcText.of(time)).isEqualTo(time.toString());
    }

    @Test
    void allDaysOfFourHundredYearsAndAnyTimes() {
        Random random = new Random(4);
        for (long day = 0; day < 150_000; day++) {
            int nanos = random.nextInt(1_000) * (day % 3 == 0 ? 1 : day % 3 == 1 ? 1_000 : 1_000_000);
            Instant time = Instant.ofEpochSecond(day * 86_400 + random.nextInt(86_400), nanos);
            assertThat(UtcText.of(time)).isEqualTo(time.toString());
        }
    }
}
