package io.innkeeper.feed.dnsmasq;

import io.innkeeper.lease.Allocation;
import org.jspecify.annotations.Nullable;

/**
 * Whether a lease's address was fixed by configuration.
 *
 * @param allocation static or dynamic
 * @param reason the line that fixes it, as {@code file:line: text}; null for a dynamic one
 */
public record Classification(
        Allocation allocation, @Nullable String reason) {
    /** No line fixes the address. */
    public static final Classification DYNAMIC = new Classification(Allocation.DYNAMIC, null);

    static Classification fixedBy(DnsmasqReservation reservation) {
        return new Classification(Allocation.STATIC, reservation.where());
    }
}
