package io.innkeeper.feed.rdk;

import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When what follows in the life of a lease. {@link Instant#MAX} stands for never, null for what was not told. Pure.
 *
 * @param heardAt when the lease was told: its times count from there
 * @param renewAt T1: its client asks its server for more time
 * @param rebindAt T2: it asks any server
 * @param preferredUntil until when it is preferred; DHCPv6 alone
 * @param validUntil until when it counts
 */
public record Deadlines(
        Instant heardAt,
        @Nullable Instant renewAt,
        @Nullable Instant rebindAt,
        @Nullable Instant preferredUntil,
        @Nullable Instant validUntil) {
    /** Where a lease is in its life (RFC 2131 §4.4.5). */
    public enum Stage {
        /** Its client has nothing to do. */
        BOUND,
        /** T1 has passed. */
        RENEWING,
        /** T2 has passed. */
        REBINDING,
        /** Its time is over. */
        OVER
    }

    /** Of a DHCPv4 lease; empty where there is none. Where T1 and T2 are not told, they are as RFC 2131 §4.4.5 has them. */
    public static Optional<Deadlines> of(Dhcpv4Client.Shown shown) {
        Dhcpv4PluginMessage lease = shown.lease();
        Instant heardAt = shown.heardAt();
        if (lease == null || heardAt == null) {
            return Optional.empty();
        }
        if (LeaseDetails.isForever(lease)) {
            return Optional.of(new Deadlines(heardAt, Instant.MAX, Instant.MAX, null, Instant.MAX));
        }
        long time = lease.leaseTime();
        long t1 = lease.renewalTime() > 0 ? lease.renewalTime() : time / 2;
        long t2 = lease.rebindingTime() > 0 ? lease.rebindingTime() : time * 7 / 8;
        return Optional.of(new Deadlines(heardAt, at(heardAt, t1), at(heardAt, t2), null, at(heardAt, time)));
    }

    /** Of the address of a DHCPv6 client; empty where there is none. */
    public static Optional<Deadlines> ofAddress(Dhcpv6Client.Shown shown) {
        Dhcpv6PluginMessage lease = shown.lease();
        return lease == null || !lease.address().assigned()
                ? Optional.empty()
                : Optional.of(of(lease.address().times(), shown.addressAt()));
    }

    /** Of the prefix of a DHCPv6 client; empty where there is none. */
    public static Optional<Deadlines> ofPrefix(Dhcpv6Client.Shown shown) {
        Dhcpv6PluginMessage lease = shown.lease();
        return lease == null || !lease.prefix().assigned()
                ? Optional.empty()
                : Optional.of(of(lease.prefix().times(), shown.prefixAt()));
    }

    private static Deadlines of(Times times, Instant heardAt) {
        return new Deadlines(
                heardAt,
                at(heardAt, times.t1()),
                at(heardAt, times.t2()),
                end(heardAt, times.preferred()),
                end(heardAt, times.valid()));
    }

    private static @Nullable Instant at(Instant heardAt, long seconds) {
        return seconds == 0 ? null : end(heardAt, seconds);
    }

    private static Instant end(Instant heardAt, long seconds) {
        return seconds == Dhcpv6PluginMessage.INFINITE ? Instant.MAX : heardAt.plusSeconds(seconds);
    }

    /** Where the lease is now. */
    public Stage stage(Instant now) {
        if (isPast(validUntil, now)) {
            return Stage.OVER;
        }
        return isPast(rebindAt, now) ? Stage.REBINDING : isPast(renewAt, now) ? Stage.RENEWING : Stage.BOUND;
    }

    private static boolean isPast(@Nullable Instant at, Instant now) {
        return at != null && !now.isBefore(at);
    }

    /** Seconds until then, begun ones in full; 0 where it is past or not told, {@code forever} where it never comes. */
    public static long left(@Nullable Instant at, Instant now, long forever) {
        if (at == null || !now.isBefore(at)) {
            return 0;
        }
        return at.equals(Instant.MAX) ? forever : (Duration.between(now, at).toMillis() + 999) / 1_000;
    }
}
