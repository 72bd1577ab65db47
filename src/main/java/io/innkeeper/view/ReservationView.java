package io.innkeeper.view;

import io.innkeeper.lease.Reservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address kept for a host, as JSON.
 *
 * @param name the host name
 * @param macs hardware addresses or patterns
 * @param clientId client identifier or DUID
 * @param addresses what is kept
 * @param origin the kind of source
 * @param source the name of the source
 * @param readOnly true where it is another server's own
 * @param where what says so: file, line and text
 * @param leased true where one of the addresses is leased now
 */
public record ReservationView(
        @Nullable String name,
        List<String> macs,
        @Nullable String clientId,
        List<String> addresses,
        String origin,
        String source,
        boolean readOnly,
        String where,
        boolean leased) {
    /** The view of a reservation. */
    public static ReservationView of(Reservation reservation, boolean leased) {
        return new ReservationView(
                reservation.name(),
                reservation.macs(),
                reservation.clientId(),
                reservation.addresses(),
                reservation.source().origin(),
                reservation.source().name(),
                true,
                reservation.where(),
                leased);
    }
}
