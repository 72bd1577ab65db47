package io.innkeeper.feed.rdk.v2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** What became of connections and reports of version 2. Safe for all threads. */
public final class ReportCounts {
    private final ConcurrentMap<String, LongAdder> connections = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> reports = new ConcurrentHashMap<>();

    /** Counts a connection: {@code accepted}, or why it ended. */
    void connection(String what) {
        connections.computeIfAbsent(what, _ -> new LongAdder()).increment();
    }

    /** Counts a report by what became of it. */
    void report(String outcome) {
        reports.computeIfAbsent(outcome, _ -> new LongAdder()).increment();
    }

    /** Connections by what became of them, with one label. */
    public Map<List<String>, Double> connections() {
        return labelled(connections);
    }

    /** Reports by what became of them, with one label. */
    public Map<List<String>, Double> reports() {
        return labelled(reports);
    }

    private static Map<List<String>, Double> labelled(Map<String, LongAdder> counts) {
        Map<List<String>, Double> all = new LinkedHashMap<>();
        counts.forEach((what, count) -> all.put(List.of(what), (double) count.sum()));
        return all;
    }

    /** Connections by what became of them. */
    Map<String, Long> fates() {
        return sums(connections);
    }

    /** Reports by what became of them. */
    Map<String, Long> outcomes() {
        return sums(reports);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((what, count) -> all.put(what, count.sum()));
        return all;
    }
}
