package io.innkeeper.lease;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address kept for a host.
 *
 * @param source who keeps it
 * @param macs the hardware addresses it is for; patterns such as {@code 00:20:e0:*:*:*} among them
 * @param clientId the client identifier or DUID it is for, as its source writes it
 * @param addresses what is kept: addresses, or parts of one such as {@code ::56}
 * @param name the host name
 * @param where what says so: {@code file:line: text}
 */
public record Reservation(
        LeaseSource source,
        List<String> macs,
        @Nullable String clientId,
        List<String> addresses,
        @Nullable String name,
        String where) {
    /** Copies the lists. */
    public Reservation {
        macs = List.copyOf(macs);
        addresses = List.copyOf(addresses);
    }
}
