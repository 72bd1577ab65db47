package io.innkeeper.view;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far our answers agree with those of the real server.
 *
 * @param since when the comparison began
 * @param messages by message of the client: {@code DISCOVER}, {@code REQUEST}, {@code INFORM}, {@code BOOTP}
 * @param fields how often each field differed, by its name
 * @param clients how many clients were compared; those that were heard last, where they are very many
 * @param clientsAgreeing for how many of them the latest comparison agreed
 * @param unmatched answers of the real server to which no request was seen
 * @param forgotten requests that were dropped from the comparison because too many waited
 * @param differences the newest differences, newest first; the same one of the same client once
 */
public record ShadowReport(
        Instant since,
        Map<String, Count> messages,
        Map<String, Long> fields,
        int clients,
        int clientsAgreeing,
        long unmatched,
        long forgotten,
        List<ShadowDifference> differences) {
    /**
     * What became of the messages of one kind.
     *
     * @param agreed both said the same, silence too
     * @param differed both were heard and differ, or only the real server would answer
     * @param unanswered we would have answered, and no answer of the real server was seen
     */
    public record Count(long agreed, long differed, long unanswered) {}

    /** Copies the collections; the maps are sorted. */
    public ShadowReport {
        messages = Collections.unmodifiableMap(new TreeMap<>(messages));
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
        differences = List.copyOf(differences);
    }
}
