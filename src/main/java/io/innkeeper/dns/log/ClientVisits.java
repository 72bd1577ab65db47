package io.innkeeper.dns.log;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who asked since the last report, and whose addresses those are: looked up once for each report. */
final class ClientVisits {
    /** The most clients between two reports; of others it is not noted that they were there. */
    static final int MAX_CLIENTS = 65_536;

    /** A client. */
    static final class Visit {
        final @Nullable MacAddress device;
        final QueryClient client;
        private long lastMs;

        Visit(IpAddress address, @Nullable MacAddress device) {
            this.device = device;
            client = QueryClient.of(device, address);
        }
    }

    private final Function<IpAddress, Optional<MacAddress>> devices;
    private final Map<IpAddress, Visit> visits = new HashMap<>();

    ClientVisits(Function<IpAddress, Optional<MacAddress>> devices) {
        this.devices = devices;
    }

    /** Notes that an address asked. */
    Visit note(IpAddress address, long atMs) {
        Visit visit = visits.get(address);
        if (visit == null) {
            visit = new Visit(address, devices.apply(address).orElse(null));
            if (visits.size() < MAX_CLIENTS) {
                visits.put(address, visit);
            }
        }
        visit.lastMs = Math.max(visit.lastMs, atMs);
        return visit;
    }

    /** Those who asked since the last report. */
    List<QuerySighting> report() {
        List<QuerySighting> sightings = new ArrayList<>(visits.size());
        visits.forEach((address, visit) ->
                sightings.add(new QuerySighting(address, visit.device, Instant.ofEpochMilli(visit.lastMs))));
        visits.clear();
        return sightings;
    }
}
