package io.innkeeper.feed.rdk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** What was heard, refused and decided, by interface. Safe for all threads. */
public final class MonitorCounts {
    /** How many interfaces are counted each for itself; the others together. */
    public static final int INTERFACES = 64;

    /** The name under which the others are counted, and what names no interface. */
    public static final String OTHERS = "other";

    private final ConcurrentMap<String, ConcurrentMap<String, LongAdder>> byInterface = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> connections = new ConcurrentHashMap<>();

    /** Counts a message of an interface: {@code taken}, or why it was not. */
    public void message(String ifname, String outcome) {
        of(ifname).computeIfAbsent(outcome, _ -> new LongAdder()).increment();
    }

    private ConcurrentMap<String, LongAdder> of(String ifname) {
        ConcurrentMap<String, LongAdder> known = byInterface.get(ifname);
        if (known != null) {
            return known;
        }
        boolean room = !ifname.isEmpty() && byInterface.size() < INTERFACES;
        return byInterface.computeIfAbsent(room ? ifname : OTHERS, _ -> new ConcurrentHashMap<>());
    }

    /** Counts a connection: {@code accepted}, or why it was closed. */
    void connection(String what) {
        connections.computeIfAbsent(what, _ -> new LongAdder()).increment();
    }

    /** Messages by interface and outcome. */
    public Map<List<String>, Double> messages() {
        Map<List<String>, Double> all = new LinkedHashMap<>();
        byInterface.forEach((ifname, outcomes) ->
                outcomes.forEach((outcome, count) -> all.put(List.of(ifname, outcome), (double) count.sum())));
        return all;
    }

    /** Connections by what became of them. */
    public Map<List<String>, Double> connections() {
        Map<List<String>, Double> all = new LinkedHashMap<>();
        connections.forEach((what, count) -> all.put(List.of(what), (double) count.sum()));
        return all;
    }

    /** How many connections had this fate. */
    long connectionsThat(String what) {
        LongAdder count = connections.get(what);
        return count == null ? 0 : count.sum();
    }

    /** The outcomes of an interface's messages. */
    public Map<String, Long> ofInterface(String ifname) {
        Map<String, Long> outcomes = new TreeMap<>();
        byInterface
                .getOrDefault(ifname, new ConcurrentHashMap<>())
                .forEach((outcome, count) -> outcomes.put(outcome, count.sum()));
        return outcomes;
    }

    /** The fates of connections. */
    Map<String, Long> fates() {
        Map<String, Long> fates = new TreeMap<>();
        connections.forEach((what, count) -> fates.put(what, count.sum()));
        return fates;
    }
}
