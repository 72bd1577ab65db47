package io.innkeeper.dns.log;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts of the DNS server: by step for each minute of a day and each hour of a month, what was asked most and by whom, how
 * long it took. In bounded memory; written by the log's thread, read by any.
 */
public final class QueryStatistics {
    private static final int MINUTES = 24 * 60;
    private static final long MINUTE_MS = 60_000;
    private static final int HOURS = 31 * 24;
    private static final long HOUR_MS = 60 * MINUTE_MS;

    private final InstantSource clock;
    private final StepSeries minutes = new StepSeries(MINUTES, MINUTE_MS);
    private final StepSeries hours = new StepSeries(HOURS, HOUR_MS);
    private final Map<StatisticsWindow, SliceRing> windows = new EnumMap<>(StatisticsWindow.class);

    QueryStatistics(InstantSource clock) {
        this.clock = clock;
        for (StatisticsWindow window : StatisticsWindow.values()) {
            windows.put(window, new SliceRing(window));
        }
    }

    /**
     * Counts an answer.
     *
     * @param name in small letters; null where names are not to be kept
     * @param client null where it is not to be kept
     */
    synchronized void add(
            long atMs, QueryStep step, int micros, @Nullable LoggedName name, @Nullable QueryClient client) {
        minutes.add(atMs, step, 1);
        hours.add(atMs, step, 1);
        for (SliceRing ring : windows.values()) {
            StatisticsSlice slice = ring.current(atMs);
            slice.timesOf(step).add(micros);
            if (name != null) {
                (step == QueryStep.BLOCKED ? slice.blocked : slice.names).add(name);
            }
            if (client != null) {
                slice.clients.add(client);
            }
        }
    }

    /** The minutes of the last day from this time on, in order; those without a question are left out. */
    public synchronized List<StepCounts> minutes(Instant from) {
        return minutes.since(Math.max(from.toEpochMilli(), clock.millis() - MINUTES * MINUTE_MS));
    }

    /** The hours of the last 31 days from this time on, in order; those without a question are left out. */
    public synchronized List<StepCounts> hours(Instant from) {
        return hours.since(Math.max(from.toEpochMilli(), clock.millis() - HOURS * HOUR_MS));
    }

    /** The names that were asked for most, but for blocked ones; the first is the most frequent. */
    public synchronized List<TopEntry<DnsName>> topNames(StatisticsWindow window, int limit) {
        return names(top(window, limit, slice -> slice.names));
    }

    /** The names that were blocked most. */
    public synchronized List<TopEntry<DnsName>> topBlocked(StatisticsWindow window, int limit) {
        return names(top(window, limit, slice -> slice.blocked));
    }

    /** Those who asked most. */
    public synchronized List<TopEntry<QueryClient>> topClients(StatisticsWindow window, int limit) {
        return top(window, limit, slice -> slice.clients);
    }

    private static List<TopEntry<DnsName>> names(List<TopEntry<LoggedName>> entries) {
        return entries.stream()
                .map(entry -> new TopEntry<>(entry.key().name(), entry.count(), entry.error()))
                .toList();
    }

    private <K> List<TopEntry<K>> top(
            StatisticsWindow window, int limit, Function<StatisticsSlice, TopSketch<K>> which) {
        Map<K, TopEntry<K>> sums = new HashMap<>();
        for (StatisticsSlice slice : slices(window)) {
            for (TopEntry<K> entry : which.apply(slice).entries()) {
                sums.merge(
                        entry.key(),
                        entry,
                        (one, other) ->
                                new TopEntry<>(one.key(), one.count() + other.count(), one.error() + other.error()));
            }
        }
        return sums.values().stream()
                .sorted(Comparator.<TopEntry<K>>comparingLong(TopEntry::count).reversed())
                .limit(limit)
                .toList();
    }

    /** How long the answers of each step took; steps that answered nothing are left out. */
    public synchronized List<StepTimes> times(StatisticsWindow window) {
        List<StepTimes> found = new ArrayList<>();
        for (QueryStep step : QueryStep.values()) {
            MicrosHistogram all = new MicrosHistogram();
            for (StatisticsSlice slice : slices(window)) {
                MicrosHistogram part = slice.times(step);
                if (part != null) {
                    all.add(part);
                }
            }
            if (all.count > 0) {
                found.add(new StepTimes(step, all.count, all.average(), all.percentile(99)));
            }
        }
        return found;
    }

    /** Forgets everything. */
    synchronized void clear() {
        minutes.clear();
        hours.clear();
        windows.values().forEach(SliceRing::clear);
    }

    /** Takes a device out of the list of those who asked most; its part of the other counts remains. */
    synchronized void forget(MacAddress device) {
        for (StatisticsWindow window : StatisticsWindow.values()) {
            for (StatisticsSlice slice : slices(window)) {
                slice.clients.remove(new QueryClient(device, null));
            }
        }
    }

    /** For the file: all slices of a window, the newest first. Held by this object's lock. */
    synchronized List<StatisticsSlice> slices(StatisticsWindow window) {
        return ring(window).at(clock.millis());
    }

    /** For the file: a slice that is newer than those there are. */
    synchronized void enter(StatisticsWindow window, StatisticsSlice slice) {
        ring(window).enter(slice);
    }

    /** For the file: counts of a minute. */
    synchronized void enterMinute(long atMs, QueryStep step, int count) {
        minutes.add(atMs, step, count);
    }

    /** For the file: counts of an hour. */
    synchronized void enterHour(long atMs, QueryStep step, int count) {
        hours.add(atMs, step, count);
    }

    private SliceRing ring(StatisticsWindow window) {
        return Objects.requireNonNull(windows.get(window));
    }
}
