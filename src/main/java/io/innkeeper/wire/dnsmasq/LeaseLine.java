package io.innkeeper.wire.dnsmasq;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * One lease as dnsmasq wrote it (lease.c, {@code lease_update_file}).
 *
 * @param expires the first field: seconds since 1970; 0 for ever; or the granted length in seconds where dnsmasq was built
 *     without a clock, see {@link #isLength()}
 * @param mac the hardware address; null on IPv6 lines and where the client has none
 * @param address the address leased
 * @param name the host name; null where the file has {@code *}
 * @param clientId the client identifier, on IPv6 lines the DUID; null where the file has {@code *}
 * @param iaid the identity association of an IPv6 lease, 0 to 2³²−1; null on IPv4 lines
 * @param temporary true for an IPv6 temporary address (the {@code T} before the IAID)
 */
public record LeaseLine(
        long expires,
        @Nullable MacAddress mac,
        IpAddress address,
        @Nullable String name,
        @Nullable ClientId clientId,
        @Nullable Long iaid,
        boolean temporary) {
    /** What a build without a clock writes for an infinite lease: the DHCP lifetime 0xffffffff. */
    private static final long INFINITE_LENGTH = 0xffff_ffffL;

    /** Below this (September 2001) the first field cannot be a time that a working clock gave. */
    private static final long FIRST_CREDIBLE_TIME = 1_000_000_000L;

    /** True for a lease without end. */
    public boolean isInfinite() {
        return expires == 0 || expires == INFINITE_LENGTH;
    }

    /** True where the first field is the length of the lease, not its end ({@code HAVE_BROKEN_RTC}). */
    public boolean isLength() {
        return expires != 0 && expires < FIRST_CREDIBLE_TIME;
    }
}
