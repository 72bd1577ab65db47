package io.innkeeper.feed;

import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import java.util.List;

/**
 * What DHCP clients of this machine told: stored and published as a whole, or not at all.
 *
 * @param source of which interface
 * @param leases what it makes of leases, in this order
 * @param events what is published of the clients, in this order
 * @param places how far senders have come that may say a thing again; they move in the same transaction
 */
public record ClientReport(
        LeaseSource source, List<LeaseReport> leases, List<ClientEvent> events, List<ReadPlace> places) {
    /** Copies the lists. */
    public ClientReport {
        leases = leases.stream().filter(report -> !report.isEmpty()).toList();
        events = List.copyOf(events);
        places = List.copyOf(places);
    }

    /** True where there is nothing to say and nothing to remember. */
    public boolean isEmpty() {
        return leases.isEmpty() && events.isEmpty() && places.isEmpty();
    }
}
