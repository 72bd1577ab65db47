package io.innkeeper.feed.dnsmasq.bus;

import io.innkeeper.lease.Lease;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lease that we know of a dnsmasq.
 *
 * @param lease as it was last told
 * @param lostAt when only its lease file ceased to show it, before its time was over; null for one that stands
 */
public record KnownLease(Lease lease, @Nullable Instant lostAt) {}
