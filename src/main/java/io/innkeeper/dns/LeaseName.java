package io.innkeeper.dns;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * A lease whose holder has a name.
 *
 * @param address what it holds
 * @param source who gave it: with the address, what tells leases apart
 * @param label the first label of the host name, a valid one (RFC 1123 §2.1)
 * @param mac the holder; null where nobody knows
 * @param startedAtMs when it got the address
 * @param expiresAtMs when it ends; {@link Long#MAX_VALUE} for never
 */
public record LeaseName(
        IpAddress address,
        String source,
        String label,
        @Nullable MacAddress mac,
        long startedAtMs,
        long expiresAtMs) {}
