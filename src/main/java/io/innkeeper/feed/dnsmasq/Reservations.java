package io.innkeeper.feed.dnsmasq;

import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.Reservation;
import io.innkeeper.wire.dnsmasq.DhcpHost;
import io.innkeeper.wire.dnsmasq.HostAddress;
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
                host.addresses().stream().map(Reservations::text).toList(),
                host.name(),
                reservation.where());
    }

    /** A whole address as addresses are written everywhere; a part or a range in dnsmasq's own form. */
    private static String text(HostAddress address) {
        boolean whole =
                address.addresses().length() == address.addresses().network().bits();
        return whole && !address.hostPart() ? address.addresses().network().toString() : address.toString();
    }
}
