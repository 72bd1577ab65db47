package io.innkeeper.dns.block;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Times of the week, in local time: {@code 21:00-07:00}, {@code mo-fr 08:00-15:00}, {@code sa,su}. A span over midnight belongs
 * to the day it begins at. Where clocks change, a time that comes twice means the first, one that does not come means as much
 * later as the clock was moved.
 */
public final class Schedule {
    /** At any time. */
    public static final Schedule ALWAYS =
            new Schedule(List.of(new Span(EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT)));

    private static final List<String> DAYS = List.of("mo", "tu", "we", "th", "fr", "sa", "su");

    /** A change is looked for this far ahead: a week and a day over. */
    private static final int DAYS_AHEAD = 8;

    /** Days on which it begins, and from when to when; an end that is not later is on the next day. */
    private record Span(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
        ZonedDateTime start(LocalDate day, ZonedDateTime zoned) {
            return ZonedDateTime.of(day, from, zoned.getZone());
        }

        ZonedDateTime end(LocalDate day, ZonedDateTime zoned) {
            return ZonedDateTime.of(to.isAfter(from) ? day : day.plusDays(1), to, zoned.getZone());
        }

        boolean isOn(ZonedDateTime at) {
            LocalDate today = at.toLocalDate();
            return isOn(today, at) || isOn(today.minusDays(1), at);
        }

        private boolean isOn(LocalDate day, ZonedDateTime at) {
            return days.contains(day.getDayOfWeek())
                    && !at.toInstant().isBefore(start(day, at).toInstant())
                    && at.toInstant().isBefore(end(day, at).toInstant());
        }
    }

    private final List<Span> spans;

    private Schedule(List<Span> spans) {
        this.spans = List.copyOf(spans);
    }

    /** Reads one text; empty where it is none. Letters may be large. */
    public static Optional<Schedule> parse(String text) {
        String[] parts = text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        if (parts.length > 2) {
            return Optional.empty();
        }
        boolean timeOnly = parts.length == 1 && parts[0].indexOf(':') >= 0;
        Optional<Set<DayOfWeek>> days = timeOnly ? Optional.of(EnumSet.allOf(DayOfWeek.class)) : days(parts[0]);
        Optional<LocalTime[]> times = timeOnly || parts.length == 2
                ? times(parts[parts.length - 1])
                : Optional.of(new LocalTime[] {LocalTime.MIDNIGHT, LocalTime.MIDNIGHT});
        return days.flatMap(on -> times.map(time -> new Schedule(List.of(new Span(on, time[0], time[1])))));
    }

    /** On where one of the texts is; {@link #ALWAYS} for none. Empty where one of them is no schedule. */
    public static Optional<Schedule> parse(List<String> texts) {
        List<Span> spans = new ArrayList<>();
        for (String text : texts) {
            Optional<Schedule> one = parse(text);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            spans.addAll(one.get().spans);
        }
        return Optional.of(spans.isEmpty() ? ALWAYS : new Schedule(spans));
    }

    /** Days and spans of days, such as {@code mo-we,fr}; {@code fr-mo} goes over the end of the week. */
    private static Optional<Set<DayOfWeek>> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            int first = DAYS.indexOf(ends[0]);
            int last = DAYS.indexOf(ends[ends.length - 1]);
            if (ends.length > 2 || first < 0 || last < 0) {
                return Optional.empty();
            }
            for (int i = 0; i <= Math.floorMod(last - first, DAYS.size()); i++) {
                days.add(DayOfWeek.of(1 + (first + i) % DAYS.size()));
            }
        }
        return Optional.of(days);
    }

    private static Optional<LocalTime[]> times(String text) {
        String[] ends = text.split("-", -1);
        if (ends.length != 2) {
            return Optional.empty();
        }
        Optional<LocalTime> to = ends[1].equals("24:00") ? Optional.of(LocalTime.MIDNIGHT) : time(ends[1]);
        return time(ends[0]).flatMap(from -> to.map(end -> new LocalTime[] {from, end}));
    }

    private static Optional<LocalTime> time(String text) {
        if (!text.matches("([01]?[0-9]|2[0-3]):[0-5][0-9]")) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        return Optional.of(
                LocalTime.of(Integer.parseInt(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1))));
    }

    /** Whether it is on at this moment, by the clock of its zone. */
    public boolean isOn(ZonedDateTime at) {
        return spans.stream().anyMatch(span -> span.isOn(at));
    }

    /** The next moment at which it goes on or off; empty where it never does. */
    public Optional<ZonedDateTime> nextChange(ZonedDateTime after) {
        boolean now = isOn(after);
        return spans.stream()
                .flatMap(span -> IntStream.rangeClosed(-1, DAYS_AHEAD)
                        .mapToObj(after.toLocalDate()::plusDays)
                        .filter(day -> span.days().contains(day.getDayOfWeek()))
                        .flatMap(day -> Stream.of(span.start(day, after), span.end(day, after))))
                .filter(change -> change.toInstant().isAfter(after.toInstant()))
                .sorted(Comparator.comparing(ZonedDateTime::toInstant))
                .filter(change -> isOn(change) != now)
                .findFirst();
    }
}
