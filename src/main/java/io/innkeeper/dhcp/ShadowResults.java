package io.innkeeper.dhcp;

import io.innkeeper.view.ShadowDifference;
import io.innkeeper.view.ShadowField;
import io.innkeeper.view.ShadowReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps what the comparisons brought, within bounds. */
final class ShadowResults {
    /** The most differences that are kept, the newest ones. */
    static final int MAX_DIFFERENCES = 500;

    /** The most clients whose latest comparison is kept, those that were heard last. */
    static final int MAX_CLIENTS = 10_000;

    private static final class Counts {
        long agreed;
        long differed;
        long unanswered;
    }

    /** What makes a difference the same again. */
    private record Same(String client, String asked, List<String> fields) {}

    private final Map<String, Counts> messages = new TreeMap<>();
    private final Map<String, Long> fields = new TreeMap<>();
    private final RecentTable<Same, ShadowDifference> differences = new RecentTable<>(MAX_DIFFERENCES, Long.MAX_VALUE);
    private final RecentTable<String, ShadowDifference> clients = new RecentTable<>(MAX_CLIENTS, Long.MAX_VALUE);

    /**
     * Takes a comparison in.
     *
     * @param client a key for the client
     * @param unanswered no answer of the real server was seen although we would have answered
     */
    void add(String client, ShadowDifference found, boolean unanswered, long nowMs) {
        Counts counts = messages.computeIfAbsent(found.asked(), asked -> new Counts());
        if (unanswered) {
            counts.unanswered++;
        } else if (found.agrees()) {
            counts.agreed++;
        } else {
            counts.differed++;
        }
        if (!found.agrees()) {
            List<String> names = found.fields().stream().map(ShadowField::field).toList();
            names.forEach(name -> fields.merge(name, 1L, Long::sum));
            differences.put(new Same(client, found.asked(), names), found, nowMs);
        }
        clients.put(client, found, nowMs);
    }

    /** The latest comparison of a client; null where there is none. */
    @Nullable
    ShadowDifference of(String client, long nowMs) {
        return clients.get(client, nowMs);
    }

    /** The latest comparison of every client that is kept, the one heard last first. */
    List<ShadowDifference> clients() {
        List<ShadowDifference> all = new ArrayList<>(clients.size());
        clients.newestFirst().forEach(all::add);
        return all;
    }

    ShadowReport report(Instant since, long unmatched, long forgotten) {
        Map<String, ShadowReport.Count> counts = new TreeMap<>();
        messages.forEach((asked, c) -> counts.put(asked, new ShadowReport.Count(c.agreed, c.differed, c.unanswered)));
        List<ShadowDifference> newest = new ArrayList<>(differences.size());
        differences.newestFirst().forEach(newest::add);
        int agreeing = (int) clients().stream().filter(ShadowDifference::agrees).count();
        return new ShadowReport(since, counts, fields, clients.size(), agreeing, unmatched, forgotten, newest);
    }
}
