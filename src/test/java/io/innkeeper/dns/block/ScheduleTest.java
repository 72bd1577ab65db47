package io.innkeeper.dns.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static ZonedDateTime at(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN);
    }

    private static Schedule schedule(String text) {
        return Schedule.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "never",
            value = {
                // 2026-03-02 is a Monday.
                "21:00-07:00, 2026-03-02T20:59, false, 2026-03-02T21:00",
                "21:00-07:00, 2026-03-02T21:00, true, 2026-03-03T07:00",
                "21:00-07:00, 2026-03-03T06:59:59, true, 2026-03-03T07:00",
                "21:00-07:00, 2026-03-03T07:00, false, 2026-03-03T21:00",
                "mo-fr 08:00-15:00, 2026-03-06T14:00, true, 2026-03-06T15:00",
                "mo-fr 08:00-15:00, 2026-03-06T15:00, false, 2026-03-09T08:00",
                "MO-FR 8:00-15:00, 2026-03-02T08:00, true, 2026-03-02T15:00",
                // A night belongs to the day it begins at: that of Friday ends on Saturday, that of Sunday does not
                // begin.
                "mo-fr 21:00-07:00, 2026-03-07T06:00, true, 2026-03-07T07:00",
                "mo-fr 21:00-07:00, 2026-03-02T06:00, false, 2026-03-02T21:00",
                "'sa,su', 2026-03-06T23:59, false, 2026-03-07T00:00",
                "'sa,su', 2026-03-07T12:00, true, 2026-03-09T00:00",
                "fr-mo, 2026-03-03T00:00, false, 2026-03-06T00:00",
                "fr-mo, 2026-03-08T00:00, true, 2026-03-10T00:00",
                "we 18:00-24:00, 2026-03-04T23:59, true, 2026-03-05T00:00",
                "00:00-24:00, 2026-03-04T23:59, true, never",
                "mo-su, 2026-03-04T23:59, true, never",
                // The clock goes from 2:00 to 3:00 on 2026-03-29: half past two comes as half past three.
                "su 02:30-05:00, 2026-03-29T01:59, false, 2026-03-29T03:30",
                "su 02:30-05:00, 2026-03-29T03:30, true, 2026-03-29T05:00",
            })
    void isOnInLocalTime(String text, String now, boolean on, String next) {
        assertThat(schedule(text).isOn(at(now))).isEqualTo(on);
        assertThat(schedule(text).nextChange(at(now)))
                .isEqualTo(Optional.ofNullable(next).map(ScheduleTest::at));
    }

    @Test
    void anHourThatComesTwiceMeansTheFirst() {
        // The clock goes back from 3:00 to 2:00 on 2026-10-25.
        Schedule night = schedule("sa 22:00-02:30");
        ZonedDateTime first = at("2026-10-25T02:15").withEarlierOffsetAtOverlap();
        assertThat(night.isOn(first)).isTrue();
        assertThat(night.isOn(first.withLaterOffsetAtOverlap())).isFalse();
        assertThat(night.nextChange(first)).contains(at("2026-10-25T02:30").withEarlierOffsetAtOverlap());
    }

    @Test
    void severalAreOnWhereOneIs() {
        Schedule both =
                Schedule.parse(List.of("mo 20:00-22:00", "mo 21:00-23:00")).orElseThrow();
        assertThat(both.nextChange(at("2026-03-02T20:30"))).contains(at("2026-03-02T23:00"));
        assertThat(Schedule.parse(List.of())).contains(Schedule.ALWAYS);
        assertThat(Schedule.ALWAYS.isOn(at("2026-03-02T20:30"))).isTrue();
        assertThat(Schedule.parse(List.of("mo", "x"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "xy",
                "mo-",
                "mo-tu-we",
                "21:00",
                "21:00-",
                "25:00-26:00",
                "21:60-22:00",
                "24:00-06:00",
                "mo 21:00-07:00 x",
                "mo fr",
                "mo,,fr",
                "21:00-07:00 mo",
                "21-07"
            })
    void othersAreNone(String text) {
        assertThat(Schedule.parse(text)).isEmpty();
    }
}
