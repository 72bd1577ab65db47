package io.innkeeper.view;

import io.innkeeper.lease.Reservation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An address, a name or options kept for a host, as JSON.
 *
 * @param id by which it can be changed; null where it can only be read
 * @param name the host name
 * @param macs hardware addresses or patterns
 * @param clientId client identifier or DUID
 * @param duid the DUID inside the client identifier
 * @param circuitId what the relay says of the line
 * @param remoteId what the relay says of the far end
 * @param hostname what the client calls itself
 * @param addresses what is kept
 * @param subnet where it belongs; null where its address says so, or for all
 * @param options by name, as written
 * @param lifetime how long its leases run, such as {@code 12h}; null for inherited
 * @param origin the kind of source
 * @param source the name of the source
 * @param readOnly true where it is another server's own, or stands in the configuration
 * @param where what says so: file, line and text; {@code API} for one that was made at run time
 * @param problem why it has no effect now; null where it has
 * @param leased true where one of the addresses is leased now
 */
public record ReservationView(
        @Nullable String id,
        @Nullable String name,
        List<String> macs,
        @Nullable String clientId,
        @Nullable String duid,
        @Nullable String circuitId,
        @Nullable String remoteId,
        @Nullable String hostname,
        List<String> addresses,
        @Nullable String subnet,
        Map<String, List<String>> options,
        @Nullable String lifetime,
        String origin,
        String source,
        boolean readOnly,
        String where,
        @Nullable String problem,
        boolean leased) {
    /** Copies the lists. A row of an earlier version has no options. */
    public ReservationView {
        macs = List.copyOf(macs);
        addresses = List.copyOf(addresses);
        options = Objects.requireNonNullElse(options, Map.of());
    }

    /** The view of a reservation of another server. */
    public static ReservationView of(Reservation reservation, boolean leased) {
        return new ReservationView(
                null,
                reservation.name(),
                reservation.macs(),
                reservation.clientId(),
                null,
                null,
                null,
                null,
                reservation.addresses(),
                null,
                Map.of(),
                null,
                reservation.source().origin(),
                reservation.source().name(),
                true,
                reservation.where(),
                null,
                leased);
    }

    /** The same, leased now or not. */
    public ReservationView withLeased(boolean now) {
        return new ReservationView(
                id, name, macs, clientId, duid, circuitId, remoteId, hostname, addresses, subnet, options, lifetime,
                origin, source, readOnly, where, problem, now);
    }
}
