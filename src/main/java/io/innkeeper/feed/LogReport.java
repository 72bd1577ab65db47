package io.innkeeper.feed;

import io.innkeeper.device.Sighting;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a log: stored and told as a whole, or not at all. Because the place moves in the same transaction as what the
 * lines said, a line is never told twice and none is passed over, whenever the program ends.
 *
 * @param source whose log
 * @param via who carried the lines: {@code log}, {@code syslog}, {@code journal}
 * @param leases what the lines say of leases, in their order
 * @param messages what they say of DHCP messages, in their order
 * @param sightings signs of life of devices beside those
 * @param places how far readers have come with it; empty where they cannot go back
 */
public record LogReport(
        LeaseSource source,
        String via,
        List<LeaseReport> leases,
        List<HeardMessage> messages,
        List<Sighting> sightings,
        List<ReadPlace> places) {
    /** Copies the lists. */
    public LogReport {
        leases = leases.stream().filter(report -> !report.isEmpty()).toList();
        messages = List.copyOf(messages);
        sightings = List.copyOf(sightings);
        places = List.copyOf(places);
    }

    /** A report that moves one place, or none. */
    public LogReport(
            LeaseSource source,
            String via,
            List<LeaseReport> leases,
            List<HeardMessage> messages,
            List<Sighting> sightings,
            @Nullable ReadPlace place) {
        this(source, via, leases, messages, sightings, place == null ? List.of() : List.of(place));
    }

    /** True where there is nothing to say and nothing to remember. */
    public boolean isEmpty() {
        return leases.isEmpty() && messages.isEmpty() && sightings.isEmpty() && places.isEmpty();
    }
}
