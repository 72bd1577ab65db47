package io.innkeeper.desk;

import io.innkeeper.device.DeviceChange;
import io.innkeeper.device.DeviceLink;
import io.innkeeper.device.PresenceBook.Question;
import io.innkeeper.device.PresenceChange;
import io.innkeeper.device.naming.SystemName;
import io.innkeeper.event.EventDraft;
import io.innkeeper.feed.ReadPlace;
import io.innkeeper.lease.LeaseChange;
import io.innkeeper.store.Commit;
import io.innkeeper.store.JournalPosition;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What comes of one piece of work: gathered while it is decided, then stored and told as a whole. */
final class Outcome {
    final List<LeaseChange> leases = new ArrayList<>();
    final List<DeviceChange> devices = new ArrayList<>();
    final List<PresenceChange> presences = new ArrayList<>();
    final List<DeviceLink> links = new ArrayList<>();
    final Map<MacAddress, ClientId> clients = new LinkedHashMap<>();
    final List<SystemName> names = new ArrayList<>();
    final List<EventDraft> events = new ArrayList<>();
    final List<ReadPlace> places = new ArrayList<>();

    /** To be asked once all is stored. */
    final List<Question> questions = new ArrayList<>();

    /** What comes of several, in their order. */
    static Outcome together(List<Outcome> outcomes) {
        if (outcomes.size() == 1) {
            return outcomes.getFirst();
        }
        Outcome all = new Outcome();
        for (Outcome one : outcomes) {
            all.leases.addAll(one.leases);
            all.devices.addAll(one.devices);
            all.presences.addAll(one.presences);
            all.links.addAll(one.links);
            all.clients.putAll(one.clients);
            all.names.addAll(one.names);
            all.events.addAll(one.events);
            all.places.addAll(one.places);
            all.questions.addAll(one.questions);
        }
        return all;
    }

    /** True where there is nothing to store. */
    boolean isEmpty() {
        return leases.isEmpty()
                && devices.isEmpty()
                && presences.isEmpty()
                && links.isEmpty()
                && clients.isEmpty()
                && names.isEmpty()
                && events.isEmpty()
                && places.isEmpty();
    }

    Commit commit(Instant now, @Nullable JournalPosition position) {
        Map<String, String> reached = new LinkedHashMap<>();
        places.forEach(place -> reached.put(place.reader(), place.place()));
        return new Commit(leases, devices, presences, links, clients, names, now, position, reached);
    }
}
