package io.innkeeper.wire.net;

import java.time.Instant;

/** Times as {@link Instant#toString} writes them, several times as fast: each event has some. */
public final class UtcText {
    private static final int SECONDS_A_DAY = 86_400;

    /** From 0000-03-01, with which the calendar repeats every 400 years, to 1970-01-01. */
    private static final long DAYS_TO_1970 = 719_468;

    private static final int DAYS_A_CYCLE = 146_097;
    private static final long FIRST_SECOND = 0;

    /** 10000-01-01. */
    private static final long END_SECOND = 253_402_300_800L;

    private UtcText() {}

    /** The time as text, such as {@code 2026-11-21T07:00:00.123Z}. */
    public static String of(Instant time) {
        StringBuilder text = new StringBuilder(30);
        append(text, time);
        return text.toString();
    }

    /** Appends the time. */
    public static void append(StringBuilder text, Instant time) {
        long seconds = time.getEpochSecond();
        if (seconds < FIRST_SECOND || seconds >= END_SECOND) {
            text.append(time);
            return;
        }
        date(text, seconds / SECONDS_A_DAY);
        int second = (int) (seconds % SECONDS_A_DAY);
        two(text.append('T'), second / 3_600);
        two(text.append(':'), second / 60 % 60);
        two(text.append(':'), second % 60);
        fraction(text, time.getNano());
        text.append('Z');
    }

    /** Counted from March on, the day that a leap year has more is the last of its year. */
    private static void date(StringBuilder text, long daysSince1970) {
        long days = daysSince1970 + DAYS_TO_1970;
        int day = (int) (days % DAYS_A_CYCLE);
        int year = (day - day / 1_460 + day / 36_524 - day / (DAYS_A_CYCLE - 1)) / 365;
        int dayOfYear = day - (365 * year + year / 4 - year / 100);
        int month = (5 * dayOfYear + 2) / 153;
        int dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1;
        boolean nextYear = month >= 10;
        long calendarYear = days / DAYS_A_CYCLE * 400 + year + (nextYear ? 1 : 0);
        two(text, (int) (calendarYear / 100));
        two(text, (int) (calendarYear % 100));
        two(text.append('-'), nextYear ? month - 9 : month + 3);
        two(text.append('-'), dayOfMonth);
    }

    private static void fraction(StringBuilder text, int nanos) {
        if (nanos == 0) {
            return;
        }
        text.append('.');
        three(text, nanos / 1_000_000);
        if (nanos % 1_000_000 != 0) {
            three(text, nanos / 1_000 % 1_000);
        }
        if (nanos % 1_000 != 0) {
            three(text, nanos % 1_000);
        }
    }

    private static void two(StringBuilder text, int value) {
        text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }

    private static void three(StringBuilder text, int value) {
        text.append((char) ('0' + value / 100));
        two(text, value % 100);
    }
}
