package io.innkeeper.feed.dnsmasq;

import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.Reservation;
import io.innkeeper.wire.dnsmasq.DhcpHost;
import java.util.List;
import java.util.Objects;

/** dnsmasq's fixed addresses in the words that all sources share. */
final class Reservations {
    private Reservations() {}

    static List<Reservation> of(LeaseSource source, DnsmasqSetup setup) {
        return setup.reservations().stream()
                .filter(reservation -> reservation.host().fixesAddress())
                .map(reservation -> of(source, reservation))
                .toList();
    }

    private static Reservation of(LeaseSource source, DnsmasqReservation reservation) {
        DhcpHost host = reservation.host();
        return new Reservation(
                source,
                host.hardware().stream().map(Objects::toString).toList(),
                host.clientId() == null ? null : host.clientId().toString(),
                host.addresses().stream().map(Objects::toString).toList(),
                host.name(),
                reservation.where());
    }
}
