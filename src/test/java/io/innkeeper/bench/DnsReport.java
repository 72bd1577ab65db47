package io.innkeeper.bench;

import java.util.Locale;

/**
 * What came of a phase of {@link DnsLoad}.
 *
 * @param phase its name
 * @param perSecond right answers a second
 * @param wantedPerSecond the rate that was asked for; 0 for as many as possible
 * @param times how long answers took
 * @param answers what came in
 * @param use what it took
 * @param firstAnswerAtMs wall-clock time of the first right answer, in milliseconds; 0 for none
 */
public record DnsReport(
        String phase,
        double perSecond,
        double wantedPerSecond,
        LoadReport.Times times,
        Answers answers,
        LoadReport.Use use,
        long firstAnswerAtMs) {

    /**
     * Counts.
     *
     * @param sent questions
     * @param right answers with the address that the name has
     * @param wrong answers with another one, with none, or with an error
     * @param strays answers to nothing that was open: late, twice, or not for us
     * @param lost questions without an answer within a second
     */
    public record Answers(long sent, long right, long wrong, long strays, long lost) {}

    /** One line. */
    public String json() {
        return String.format(
                Locale.ROOT,
                "{\"phase\":\"%s\",\"perSecond\":%.0f,\"wantedPerSecond\":%.0f,\"p50Us\":%.1f,\"p90Us\":%.1f,\"p99Us\":%.1f,"
                        + "\"p999Us\":%.1f,\"maxUs\":%.0f,\"sent\":%d,\"right\":%d,\"wrong\":%d,\"strays\":%d,\"lost\":%d,"
                        + "\"serverUs\":%.2f,\"serverCores\":%.2f,\"generatorUs\":%.2f,\"generatorCores\":%.2f,"
                        + "\"idleCores\":%.2f,\"stolenPercent\":%.1f,\"residentMb\":%.1f,\"firstAnswerAtMs\":%d,"
                        + "\"limit\":\"%s\"}",
                phase,
                perSecond,
                wantedPerSecond,
                times.p50(),
                times.p90(),
                times.p99(),
                times.p999(),
                times.max(),
                answers.sent,
                answers.right,
                answers.wrong,
                answers.strays,
                answers.lost,
                use.serverMicros(),
                use.serverCores(),
                use.generatorMicros(),
                use.generatorCores(),
                use.idleCores(),
                100 * use.stolen(),
                use.residentMb(),
                firstAnswerAtMs,
                use.limit());
    }
}
