package io.innkeeper.view;

import io.innkeeper.device.naming.NameConflict;
import io.innkeeper.device.naming.SystemName;
import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventType;
import io.innkeeper.lease.LeaseState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What stands in each kind of event, beside its number, type and time. */
public final class EventBodies {
    /** How long a lease is in JSON, mostly. */
    private static final int LEASE_ROOM = 1_000;

    private static final int CLIENT_ROOM = 100;

    private EventBodies() {}

    /**
     * How something was noticed.
     *
     * @param via through what it was noticed first
     * @param sources all that noticed it in time, sorted; empty where nobody saw it, such as a time that is up
     */
    public record Seen(String via, SortedSet<String> sources) {}

    /**
     * An event about a lease.
     *
     * @param seen through what it was noticed
     * @param before the lease before a change; null where there was none or it does not matter
     * @param changed the names of the fields that changed; empty where that does not matter
     */
    public static EventDraft lease(
            EventType type, Instant at, Seen seen, LeaseView lease, @Nullable LeaseView before, Set<String> changed) {
        JsonText body = new JsonText(before == null ? LEASE_ROOM : 2 * LEASE_ROOM);
        body.open().field("via", seen.via()).field("sources", seen.sources());
        lease.write(body.name("lease"));
        if (before != null) {
            before.write(body.name("before"));
            body.field("changed", changed.size() < 2 ? changed : new TreeSet<>(changed));
        }
        return new EventDraft(type, at, lease.address(), body.close().toString());
    }

    /**
     * What is published of a DHCP client of this machine.
     *
     * @param interfaceName of which interface it is the client
     * @param family 4 or 6
     * @param msgType what happened to it, in the words of the RDK DHCP manager
     * @param number the same as its number
     * @param leaseInfo what is known of its lease; left out where it is empty
     */
    public record Client(String interfaceName, int family, String msgType, int number, Map<String, Object> leaseInfo) {}

    /** An event about a DHCP client of this machine. */
    public static EventDraft client(EventType type, Instant at, Client client) {
        JsonText body = new JsonText(CLIENT_ROOM)
                .open()
                .field("interface", client.interfaceName())
                .field("family", (long) client.family())
                .field("msgType", client.msgType())
                .field("msgNumber", (long) client.number());
        if (!client.leaseInfo().isEmpty()) {
            body.name("leaseInfo").whole(Json.write(client.leaseInfo()));
        }
        return new EventDraft(type, at, client.interfaceName(), body.close().toString());
    }

    /** The event of a lease that ended in this state. */
    public static EventType ended(LeaseState state) {
        return switch (state) {
            case EXPIRED -> EventType.LEASE_EXPIRED;
            case DECLINED -> EventType.LEASE_DECLINED;
            case RELEASED, FORGOTTEN, ACTIVE -> EventType.LEASE_RELEASED;
        };
    }

    /** An event about a device; before and changed as for a lease. */
    public static EventDraft device(
            EventType type, Instant at, DeviceView device, @Nullable DeviceView before, Set<String> changed) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("device", device);
        if (before != null) {
            body.put("before", before);
            body.put("changed", new TreeSet<>(changed));
        }
        return new EventDraft(type, at, device.mac(), Json.write(body));
    }

    /** A device came or went: the device, and shortly since when and by what it is known. */
    public static EventDraft presence(EventType type, Instant at, DeviceView device, DeviceView.PresenceView presence) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("mac", device.mac());
        body.put("since", presence.since());
        body.put("evidence", presence.lastEvidence());
        body.put("address", presence.address());
        body.put("device", device);
        return new EventDraft(type, at, device.mac(), Json.write(body));
    }

    /**
     * A system was given a name.
     *
     * @param system what it is called now
     * @param before what it was called until now; null for nothing
     */
    public static EventDraft named(Instant at, SystemName system, @Nullable String before) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("mac", system.mac().toString());
        body.put("name", system.name());
        body.put("before", before);
        body.put("system", SystemNameView.of(system));
        return new EventDraft(EventType.DEVICE_NAMED, at, system.mac().toString(), Json.write(body));
    }

    /** Two systems wanted one name. Its subject is the one that does not have it. */
    public static EventDraft nameConflict(Instant at, NameConflict conflict) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", conflict.name());
        body.put("policy", conflict.rule());
        body.put("winner", party(conflict.winner()));
        body.put("loser", party(conflict.loser()));
        return new EventDraft(
                EventType.DEVICE_NAME_CONFLICT, at, conflict.loser().mac().toString(), Json.write(body));
    }

    private static Map<String, Object> party(SystemName system) {
        Map<String, Object> party = new LinkedHashMap<>();
        party.put("mac", system.mac().toString());
        party.put("name", system.name());
        return party;
    }

    /** An event about a service. */
    public static EventDraft service(EventType type, Instant at, String service, String message) {
        return new EventDraft(type, at, service, Json.write(Map.of("service", service, "message", message)));
    }

    /** An event about the configuration; the body's parts are its fields. */
    public static EventDraft config(EventType type, Instant at, Map<String, Object> body) {
        return new EventDraft(type, at, "config", Json.write(body));
    }

    /** An event about a message that was heard of; the body's parts are its fields. */
    public static EventDraft heard(EventType type, Instant at, String subject, Map<String, Object> body) {
        return new EventDraft(type, at, subject, Json.write(body));
    }

    /** An event about the security of the network; the body's parts are its fields. */
    public static EventDraft security(EventType type, Instant at, String subject, Map<String, Object> body) {
        return new EventDraft(type, at, subject, Json.write(body));
    }
}
