package io.innkeeper.bench;

import java.util.Locale;
import java.util.Map;

/**
 * What came of a phase.
 *
 * @param phase its name
 * @param held clients that hold leases after it
 * @param exchanges exchanges that were completed
 * @param perSecond completed exchanges a second in the measured part: all of it, or for a phase with a count its second half;
 *     what is in flight at the end does not count
 * @param wantedPerSecond the rate that was asked for; 0 for as many as possible
 * @param times how long exchanges took
 * @param answers what came in
 * @param use what it took
 * @param firstAnswerAtMs wall-clock time of the first answer, in milliseconds; 0 for none
 */
public record LoadReport(
        String phase,
        int held,
        long exchanges,
        double perSecond,
        double wantedPerSecond,
        Times times,
        Answers answers,
        Use use,
        long firstAnswerAtMs) {

    /** Microseconds from when an exchange began (with a rate: was due) to its last answer. */
    public record Times(double p50, double p90, double p99, double p999, double max) {
        /** Of what was measured. */
        public static Times of(Latencies latencies) {
            return new Times(
                    latencies.microsAt(0.5),
                    latencies.microsAt(0.9),
                    latencies.microsAt(0.99),
                    latencies.microsAt(0.999),
                    latencies.maxMicros());
        }
    }

    /**
     * Counts.
     *
     * @param sent packets sent
     * @param offers of OFFERs that belong to an exchange
     * @param acks of ACKs that belong to an exchange
     * @param naks of NAKs that belong to an exchange
     * @param strays answers to nothing that was open: late, twice, or not for us
     * @param dropped times that an answer did not come in time, and was asked for again or given up
     * @param failed exchanges that ended without a lease: refused, or asked for too often
     * @param moved clients that were given another address than they held
     * @param wrong answers that break the rules: another client's hardware address, no server identifier, another address than
     *     was offered or is being renewed
     * @param givenTwice addresses given to a client while another one holds them
     */
    public record Answers(
            long sent,
            long offers,
            long acks,
            long naks,
            long strays,
            long dropped,
            long failed,
            long moved,
            long wrong,
            long givenTwice) {
        /** True where the server did something it must not. */
        public boolean bad() {
            return wrong > 0 || givenTwice > 0;
        }
    }

    /**
     * What the measured part took.
     *
     * @param serverMicros CPU time of the server for an exchange, in µs; 0 where it is not known
     * @param serverThreads the same by name of thread
     * @param serverCores cores that the server kept busy
     * @param generatorMicros CPU time of this process for an exchange, in µs
     * @param generatorCores cores that this process kept busy
     * @param idleCores cores that had nothing to do, of the whole machine
     * @param stolen part of the time that the machine under this one took
     * @param residentMb memory of the server, in MB; 0 where it is not known
     * @param limit what kept the rate from being higher
     */
    public record Use(
            double serverMicros,
            Map<String, Double> serverThreads,
            double serverCores,
            double generatorMicros,
            double generatorCores,
            double idleCores,
            double stolen,
            double residentMb,
            String limit) {}

    /** Drops among the packets that were sent, in percent. */
    public double dropPercent() {
        return answers.sent == 0 ? 0 : 100.0 * answers.dropped / answers.sent;
    }

    /** One line. */
    public String json() {
        StringBuilder json = new StringBuilder(600);
        text(json.append('{'), "phase", phase);
        number(json, "held", held);
        number(json, "exchanges", exchanges);
        number(json, "perSecond", perSecond);
        number(json, "wantedPerSecond", wantedPerSecond);
        number(json, "dropPercent", dropPercent());
        number(json, "p50Us", times.p50);
        number(json, "p90Us", times.p90);
        number(json, "p99Us", times.p99);
        number(json, "p999Us", times.p999);
        number(json, "maxUs", times.max);
        counts(json);
        number(json, "serverUs", use.serverMicros);
        json.append("\"serverThreadsUs\":{");
        use.serverThreads.forEach((name, micros) -> number(json, name, micros));
        close(json).append(',');
        number(json, "serverCores", use.serverCores);
        number(json, "generatorUs", use.generatorMicros);
        number(json, "generatorCores", use.generatorCores);
        number(json, "idleCores", use.idleCores);
        number(json, "stolenPercent", 100 * use.stolen);
        number(json, "residentMb", use.residentMb);
        number(json, "firstAnswerAtMs", firstAnswerAtMs);
        text(json, "limit", use.limit);
        return close(json).toString();
    }

    private void counts(StringBuilder json) {
        number(json, "sent", answers.sent);
        number(json, "offers", answers.offers);
        number(json, "acks", answers.acks);
        number(json, "naks", answers.naks);
        number(json, "strays", answers.strays);
        number(json, "dropped", answers.dropped);
        number(json, "failed", answers.failed);
        number(json, "moved", answers.moved);
        number(json, "wrong", answers.wrong);
        number(json, "givenTwice", answers.givenTwice);
    }

    private static void text(StringBuilder json, String key, String value) {
        json.append('"').append(key).append("\":\"").append(plain(value)).append("\",");
    }

    private static void number(StringBuilder json, String key, long value) {
        number(json, key, (double) value);
    }

    private static void number(StringBuilder json, String key, double value) {
        json.append('"').append(plain(key)).append("\":");
        json.append(
                value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.2f", value));
        json.append(',');
    }

    private static String plain(String text) {
        return text.replaceAll("[\"\\\\\\p{Cntrl}]", "?");
    }

    private static StringBuilder close(StringBuilder json) {
        if (json.charAt(json.length() - 1) == ',') {
            json.setLength(json.length() - 1);
        }
        return json.append('}');
    }
}
