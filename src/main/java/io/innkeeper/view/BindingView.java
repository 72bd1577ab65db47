package io.innkeeper.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A binding of the past or present as JSON: who had an address from when to when.
 *
 * @param id grows with each binding
 * @param address the address
 * @param mac the holder's hardware address
 * @param clientId client identifier or DUID, hex
 * @param hostname the last name it had
 * @param origin the kind of source
 * @param source the name of the source
 * @param startedAt when it began, as far as known
 * @param endedAt when it ended; null while it stands
 * @param endReason released, expired or declined; null while it stands
 */
public record BindingView(
        long id,
        String address,
        @Nullable String mac,
        @Nullable String clientId,
        @Nullable String hostname,
        String origin,
        String source,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String endReason) {}
