package io.innkeeper.bench.rdk;

import io.innkeeper.bench.LoadReport;
import java.util.Locale;

/**
 * What came of a phase of {@link LeaseLoad}.
 *
 * @param phase its name
 * @param perSecond messages a second: pushed and taken, or published where events are followed
 * @param wantedPerSecond the rate that was asked for; 0 for as many as possible
 * @param times from when a message was due to its event at the follower; 0 where none follows
 * @param counts what went and what came
 * @param use what it took
 */
public record LeaseReport(
        String phase,
        double perSecond,
        double wantedPerSecond,
        LoadReport.Times times,
        Counts counts,
        LoadReport.Use use) {
    /**
     * Counts.
     *
     * @param pushed messages pushed
     * @param published messages whose event came; 0 where none follows
     * @param missing messages whose event did not come until half a minute after the phase
     * @param disordered events that came twice or out of the order of their interface
     */
    public record Counts(long pushed, long published, long missing, long disordered) {
        boolean bad() {
            return missing > 0 || disordered > 0;
        }
    }

    /** One line. */
    public String json() {
        StringBuilder threads = new StringBuilder();
        use.serverThreads()
                .forEach((name, micros) -> threads.append(threads.isEmpty() ? "" : ",")
                        .append(String.format(Locale.ROOT, "\"%s\":%.2f", name.replaceAll("[\"\\\\]", "?"), micros)));
        return String.format(
                Locale.ROOT,
                "{\"phase\":\"%s\",\"perSecond\":%.0f,\"wantedPerSecond\":%.0f,\"p50Us\":%.1f,\"p90Us\":%.1f,\"p99Us\":%.1f,"
                        + "\"p999Us\":%.1f,\"maxUs\":%.0f,\"pushed\":%d,\"published\":%d,\"missing\":%d,\"disordered\":%d,"
                        + "\"serverUs\":%.2f,\"serverCores\":%.2f,\"generatorUs\":%.2f,\"generatorCores\":%.2f,"
                        + "\"idleCores\":%.2f,\"stolenPercent\":%.1f,\"residentMb\":%.1f,\"limit\":\"%s\","
                        + "\"serverThreadsUs\":{%s}}",
                phase,
                perSecond,
                wantedPerSecond,
                times.p50(),
                times.p90(),
                times.p99(),
                times.p999(),
                times.max(),
                counts.pushed,
                counts.published,
                counts.missing,
                counts.disordered,
                use.serverMicros(),
                use.serverCores(),
                use.generatorMicros(),
                use.generatorCores(),
                use.idleCores(),
                100 * use.stolen(),
                use.residentMb(),
                use.limit(),
                threads);
    }
}
