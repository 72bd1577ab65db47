package io.innkeeper.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the real server answered to one message, what we would have answered, and where they differ.
 *
 * @param at when the client asked, or the answer came
 * @param mac the client's hardware address, where it has one
 * @param clientId its identifier, hex, where it sent one
 * @param hostname what it calls itself
 * @param asked the message: {@code DISCOVER}, {@code REQUEST}, {@code INFORM} or {@code BOOTP}
 * @param server the identifier of the real server, where it answered
 * @param real its answer, such as {@code OFFER 192.168.1.120}, {@code silence} or {@code not seen}
 * @param ours ours, such as {@code OFFER 192.168.1.120}, or {@code silence} and why
 * @param fields where they differ; empty where they agree
 */
public record ShadowDifference(
        Instant at,
        @Nullable String mac,
        @Nullable String clientId,
        @Nullable String hostname,
        String asked,
        @Nullable String server,
        String real,
        String ours,
        List<ShadowField> fields) {
    /** Copies the list. */
    public ShadowDifference {
        fields = List.copyOf(fields);
    }

    /** True where both say the same. */
    public boolean agrees() {
        return fields.isEmpty();
    }
}
