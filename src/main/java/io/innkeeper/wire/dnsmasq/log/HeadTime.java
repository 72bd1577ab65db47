package io.innkeeper.wire.dnsmasq.log;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time at the beginning of a line. What has the shape of a time is passed over; only when somebody asks it is looked at whether it
 * is one. One object is used again and again.
 */
final class HeadTime {
    private static final int MAX_WORD = 24;
    private static final int MAX_FRACTION = 9;
    private static final int NO_OFFSET = Integer.MIN_VALUE;
    private static final long DAY_MS = 86_400_000L;

    /** How far the clock of the writer may be ahead of ours when a local time that there was twice is settled. */
    private static final long SLACK_MS = 60_000;

    private byte[] bytes = new byte[0];
    private int to;
    private int at;

    private long epochSecond;
    private boolean hasYear;
    private int year;
    private int month;
    private int monthFrom;
    private int monthTo;
    private int day;
    private int secondOfDay;
    private int millis;
    private int offset;
    private boolean ambiguous;
    private final Minute minute = new Minute();

    /**
     * Reads what has the shape of a time.
     *
     * @return the octet behind it, or {@code from} where there is none
     */
    int read(byte[] octets, int from, int end) {
        bytes = octets;
        to = end;
        at = from;
        epochSecond = -1;
        hasYear = false;
        month = 0;
        monthFrom = from;
        monthTo = from;
        millis = 0;
        offset = NO_OFFSET;
        skipBlanks();
        return (iso() || named(from) || epoch(from)) && ends() ? at : from;
    }

    /** A time is followed by a blank, or nothing. */
    private boolean ends() {
        return at == to || bytes[at] == ' ';
    }

    /** {@code 2026-11-21T19:40:00.123456+01:00}, with a blank for the T, with or without zone and fraction. */
    private boolean iso() {
        int start = at;
        if (digits(4) && take('-')) {
            year = number(start, at - 1);
            hasYear = true;
            if (digits(2) && take('-') && digits(2) && at < to && (bytes[at] == 'T' || bytes[at] == ' ')) {
                monthFrom = start + 5;
                monthTo = start + 7;
                day = number(start + 8, start + 10);
                at++;
                if (clock()) {
                    zone();
                    return true;
                }
            }
        }
        at = start;
        hasYear = false;
        return false;
    }

    /** {@code Nov 21 19:40:00}, with a weekday before it, with a year before or after the time; or a weekday and an ISO date. */
    private boolean named(int from) {
        at = from;
        skipBlanks();
        if (!word()) {
            return false;
        }
        int second = at;
        if (dayAndClock()) {
            yearBehind();
            return true;
        }
        at = second;
        skipBlanks();
        if (iso()) {
            return true;
        }
        at = second;
        if (word() && dayAndClock()) {
            yearBehind();
            return true;
        }
        return false;
    }

    /** {@code 1795376400.123456}, as {@code journalctl -o short-unix}. */
    private boolean epoch(int from) {
        at = from;
        skipBlanks();
        int start = at;
        while (at < to && digit(bytes[at]) && at - start < 11) {
            at++;
        }
        if (at - start < 10 || at == to || bytes[at] != '.') {
            return false;
        }
        epochSecond = 0;
        for (int i = start; i < at; i++) {
            epochSecond = epochSecond * 10 + bytes[i] - '0';
        }
        fraction();
        return true;
    }

    /** A word that may be the name of a month, and a blank behind it. */
    private boolean word() {
        skipBlanks();
        int start = at;
        while (at < to && bytes[at] != ' ' && bytes[at] != ':' && bytes[at] != '[' && at - start <= MAX_WORD) {
            at++;
        }
        monthFrom = start;
        monthTo = at;
        return at > start && at < to && bytes[at] == ' ';
    }

    private boolean dayAndClock() {
        skipBlanks();
        int start = at;
        if (!digits(2)) {
            at = start;
            if (!digits(1)) {
                return false;
            }
        }
        day = number(start, at);
        if (!blanks()) {
            return false;
        }
        int behindDay = at;
        if (clock()) {
            return true;
        }
        at = behindDay;
        if (digits(4)) {
            year = number(behindDay, at);
            hasYear = true;
            return blanks() && clock();
        }
        return false;
    }

    private void yearBehind() {
        int start = at;
        if (!hasYear && blanks() && digits(4) && ends()) {
            year = number(at - 4, at);
            hasYear = true;
        } else {
            at = start;
        }
    }

    /** {@code 19:40:00}, with or without a fraction. */
    private boolean clock() {
        int start = at;
        if (digits(2) && take(':') && digits(2) && take(':') && digits(2)) {
            secondOfDay = (number(start, start + 2) * 60 + number(start + 3, start + 5)) * 60 + number(start + 6, at);
            fraction();
            return true;
        }
        return false;
    }

    private void fraction() {
        if (at + 1 >= to || (bytes[at] != '.' && bytes[at] != ',') || !digit(bytes[at + 1])) {
            return;
        }
        at++;
        int scale = 100;
        for (int i = 0; i < MAX_FRACTION && at < to && digit(bytes[at]); i++) {
            millis += (bytes[at] - '0') * scale;
            scale /= 10;
            at++;
        }
    }

    /** {@code Z}, {@code +01:00}, {@code +0100}, {@code +01}; also {@code  UTC} and {@code  CET} with a blank, as {@code short-full} has. */
    private void zone() {
        int start = at;
        if (take('Z')) {
            offset = 0;
        } else if (at < to && (bytes[at] == '+' || bytes[at] == '-')) {
            numericZone();
        } else if (blanks()) {
            namedZone(start);
        }
    }

    private void numericZone() {
        int sign = bytes[at++] == '-' ? -1 : 1;
        int start = at;
        if (!digits(2)) {
            return;
        }
        int seconds = number(start, at) * 3_600;
        int minutes = at;
        if ((take(':') || at == minutes) && digits(2)) {
            seconds += number(at - 2, at) * 60;
        } else {
            at = minutes;
        }
        offset = sign * seconds;
    }

    private void namedZone(int start) {
        int name = at;
        while (at < to && bytes[at] >= 'A' && bytes[at] <= 'Z') {
            at++;
        }
        if (at - name < 3 || at - name > 5 || !ends()) {
            at = start;
        } else if ((bytes[name] == 'U' && bytes[name + 1] == 'T') || (bytes[name] == 'G' && bytes[name + 1] == 'M')) {
            offset = 0;
        }
    }

    private boolean take(char c) {
        if (at < to && bytes[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private boolean digits(int count) {
        if (to - at < count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (!digit(bytes[at + i])) {
                return false;
            }
        }
        at += count;
        return true;
    }

    private boolean blanks() {
        int start = at;
        skipBlanks();
        return at > start;
    }

    private void skipBlanks() {
        while (at < to && bytes[at] == ' ') {
            at++;
        }
    }

    private static boolean digit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    private int number(int from, int end) {
        int value = 0;
        for (int i = from; i < end; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    /** What was read last, as milliseconds since 1970; {@link LogLines#NO_TIME} where it was none. See {@link LogLines#atMs}. */
    long atMs(long nowMs, ZoneId zone) {
        if (epochSecond >= 0) {
            return epochSecond * 1_000 + millis;
        }
        long seconds = secondOfDay % 60 * 1_000L + millis;
        if (minute.is(this, nowMs, zone)) {
            return minute.ms + seconds;
        }
        ambiguous = false;
        long ms = reckon(nowMs, zone);
        minute.learn(this, ms == LogLines.NO_TIME || ambiguous ? LogLines.NO_TIME : ms - seconds, zone);
        return ms;
    }

    private long reckon(long nowMs, ZoneId zone) {
        month = monthTo > monthFrom
                ? MonthNames.number(new String(bytes, monthFrom, monthTo - monthFrom, StandardCharsets.UTF_8))
                : -1;
        if (month < 0 || secondOfDay > 86_400) {
            return LogLines.NO_TIME;
        }
        try {
            return hasYear ? ms(year, nowMs, zone) : withoutYear(nowMs, zone);
        } catch (DateTimeException impossible) {
            return LogLines.NO_TIME;
        }
    }

    /** The name of the month in a number; 0 where it is too long for one. */
    private long monthKey() {
        long key = 0;
        for (int i = monthFrom; i < monthTo; i++) {
            key = key << 8 | (bytes[i] & 0xff);
        }
        return monthTo - monthFrom > 8 ? 0 : key;
    }

    /** The newest minute and when it began: calendars and zones are asked once a minute, not for each line. */
    private static final class Minute {
        private long month;
        private int year;
        private int day;
        private int ofDay;
        private int offset;
        private @Nullable ZoneId zone;
        private long ms;

        /** Between these times of ours, a minute without a year is of the same year. */
        private long nowFromMs;

        private long nowToMs;

        boolean is(HeadTime time, long nowMs, ZoneId inZone) {
            return zone != null
                    && time.day == day
                    && time.secondOfDay / 60 == ofDay
                    && (time.hasYear ? time.year : -1) == year
                    && time.offset == offset
                    && nowMs >= nowFromMs
                    && nowMs < nowToMs
                    && time.monthKey() == month
                    && inZone.equals(zone);
        }

        void learn(HeadTime time, long minuteMs, ZoneId inZone) {
            month = time.monthKey();
            zone = minuteMs == LogLines.NO_TIME || month == 0 ? null : inZone;
            year = time.hasYear ? time.year : -1;
            day = time.day;
            ofDay = time.secondOfDay / 60;
            offset = time.offset;
            ms = minuteMs;
            // A year later is more than 362 days later in any zone.
            nowFromMs = time.hasYear ? Long.MIN_VALUE : minuteMs + 60_000 - DAY_MS;
            nowToMs = time.hasYear ? Long.MAX_VALUE : minuteMs + 362 * DAY_MS;
        }
    }

    private long withoutYear(long nowMs, ZoneId zone) {
        int next = Instant.ofEpochMilli(nowMs).atZone(zone).getYear() + 1;
        // Eight years back there is a 29th of February, except around 1900 and 2100.
        for (int candidate = next; candidate >= next - 9; candidate--) {
            if (day == 29 && month == 2 && !Year.isLeap(candidate)) {
                continue;
            }
            long ms = ms(candidate, nowMs, zone);
            if (ms <= nowMs + DAY_MS) {
                return ms;
            }
        }
        return LogLines.NO_TIME;
    }

    private long ms(int inYear, long nowMs, ZoneId zone) {
        // A leap second, 23:59:60, is the second before it.
        int second = secondOfDay % 60 == 0 && secondOfDay == 86_400 ? 86_399 : secondOfDay;
        LocalDateTime local = LocalDateTime.of(inYear, month, day, 0, 0).plusSeconds(second);
        if (offset != NO_OFFSET) {
            return local.toEpochSecond(ZoneOffset.UTC) * 1_000 - offset * 1_000L + millis;
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        ambiguous |= offsets.size() > 1;
        ZoneOffset used = offsets.isEmpty() ? zone.getRules().getOffset(local) : offsets.getFirst();
        for (ZoneOffset later : offsets) {
            long ms = local.toEpochSecond(later) * 1_000 + millis;
            used = ms <= nowMs + SLACK_MS ? later : used;
        }
        return local.toEpochSecond(used) * 1_000 + millis;
    }
}
