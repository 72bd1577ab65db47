package io.innkeeper.view;

import io.innkeeper.device.Device;
import io.innkeeper.device.DeviceLink;
import io.innkeeper.device.Evidence;
import io.innkeeper.device.Fingerprint;
import io.innkeeper.device.Presence;
import io.innkeeper.device.naming.SystemName;
import io.innkeeper.wire.net.IpAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A device as JSON.
 *
 * @param mac its hardware address, its identity
 * @param name what its owner calls it
 * @param notes what its owner wrote about it
 * @param hostname the newest name it was seen with; one of a lease before one that was asked for
 * @param hostnameSource who said that one, such as {@code dnsmasq/home}, {@code mdns} or {@code reverse-dns}
 * @param hostnames each name and who said it
 * @param system what it is called in this store, unique; null where it has no name yet
 * @param addresses the addresses it has or had, newest first
 * @param firstSeenAt the first sighting
 * @param lastSeenAt the newest sighting
 * @param randomMac true for a locally administered hardware address
 * @param vendor who made it, from the IEEE registry
 * @param allocation static where one of its leases is, else dynamic; null without a lease
 * @param presence whether it is there; null where nothing is known of that
 * @param fingerprint how its DHCP client asks; null where it was not heard asking
 * @param link which known device it may be under a new hardware address; null for none
 * @param linkedTo the hardware address of that device, where its owner said so; name and notes are then inherited from it
 * @param details what sources told beyond names and addresses
 */
public record DeviceView(
        String mac,
        @Nullable String name,
        @Nullable String notes,
        @Nullable String hostname,
        @Nullable String hostnameSource,
        List<Name> hostnames,
        @Nullable SystemNameView system,
        List<Address> addresses,
        Instant firstSeenAt,
        Instant lastSeenAt,
        boolean randomMac,
        @Nullable String vendor,
        @Nullable String allocation,
        @Nullable PresenceView presence,
        @Nullable FingerprintView fingerprint,
        @Nullable Link link,
        @Nullable String linkedTo,
        Map<String, String> details) {

    /** A name and who said it when. */
    public record Name(String name, String source, Instant seenAt) {}

    /** An address, who said it, and whether the device has it now. */
    public record Address(String address, String source, Instant firstSeenAt, Instant lastSeenAt, boolean current) {}

    /**
     * Whether a device is there.
     *
     * @param state online, idle or offline
     * @param since since when: online since it came or was active again; else since the last sign of life
     * @param lastSeenAt the newest sign of life
     * @param lastEvidence what it was, such as arp
     * @param address where it was last heard
     * @param evidence the newest sign of life of each kind
     */
    public record PresenceView(
            String state,
            Instant since,
            Instant lastSeenAt,
            @Nullable String lastEvidence,
            @Nullable String address,
            Map<String, Instant> evidence) {
        /** The view of a presence. */
        public static PresenceView of(Presence presence) {
            Map<String, Instant> evidence = new TreeMap<>();
            presence.evidence().forEach((kind, at) -> evidence.put(kind.text(), at));
            Evidence last = presence.lastEvidence();
            IpAddress address = presence.address();
            return new PresenceView(
                    presence.state().text(),
                    presence.since(),
                    presence.lastSeenAt(),
                    last == null ? null : last.text(),
                    address == null ? null : address.toString(),
                    evidence);
        }
    }

    /**
     * How a DHCP client asks.
     *
     * @param ja4d how its message is built, in that notation of FoxIO; null where the source tells only what it asks for
     * @param ja4dParameters the options it asks for, in the notation of the last part of JA4D
     * @param vendorClass what it calls its kind
     * @param kind what kind of device asks so; null where the table does not know
     */
    public record FingerprintView(
            @Nullable String ja4d,
            String ja4dParameters,
            @Nullable String vendorClass,
            @Nullable String kind) {}

    /**
     * Which known device it may be.
     *
     * @param to the hardware address of that one
     * @param state suggested or confirmed
     * @param confidence 0 to 1
     * @param reasons why
     * @param at since when
     */
    public record Link(String to, String state, double confidence, List<String> reasons, Instant at) {
        /** The view of a link. */
        public static Link of(DeviceLink link) {
            return new Link(link.to().toString(), link.state().text(), link.confidence(), link.reasons(), link.at());
        }
    }

    /**
     * What is known of a device beside what it is.
     *
     * @param vendor who made it
     * @param allocation static or dynamic; null without a lease
     * @param presence whether it is there
     * @param kind what its fingerprint says that it is
     * @param link which known device it may be
     * @param linkedName what the owner calls the device of a confirmed link
     * @param linkedNotes what the owner wrote about that one
     * @param system what it is called in this store
     */
    public record Beside(
            @Nullable String vendor,
            @Nullable String allocation,
            @Nullable Presence presence,
            @Nullable String kind,
            @Nullable DeviceLink link,
            @Nullable String linkedName,
            @Nullable String linkedNotes,
            @Nullable SystemName system) {
        /** Nothing. */
        public static final Beside NOTHING = new Beside(null, null, null, null, null, null, null, null);
    }

    /** The view of a device of which nothing is known beside this. */
    public static DeviceView of(Device device, @Nullable String vendor, @Nullable String allocation) {
        return of(device, new Beside(vendor, allocation, null, null, null, null, null, null));
    }

    /** The view of a device. */
    public static DeviceView of(Device device, Beside beside) {
        Presence presence = beside.presence();
        Fingerprint fingerprint = Fingerprint.of(device.details());
        DeviceLink link = beside.link();
        boolean confirmed = link != null && link.state() == DeviceLink.State.CONFIRMED;
        return new DeviceView(
                device.mac().toString(),
                device.name() == null && confirmed ? beside.linkedName() : device.name(),
                device.notes() == null && confirmed ? beside.linkedNotes() : device.notes(),
                device.hostname(),
                device.hostnameSource(),
                device.names().stream()
                        .map(seen -> new Name(seen.name(), seen.source(), seen.seenAt()))
                        .toList(),
                beside.system() == null ? null : SystemNameView.of(beside.system()),
                device.addresses().stream()
                        .map(seen -> new Address(
                                seen.address().toString(),
                                seen.source(),
                                seen.firstSeenAt(),
                                seen.lastSeenAt(),
                                seen.current()))
                        .toList(),
                device.firstSeenAt(),
                device.lastSeenAt(),
                device.mac().isLocallyAdministered(),
                beside.vendor(),
                beside.allocation(),
                presence == null ? null : PresenceView.of(presence),
                fingerprint == null
                        ? null
                        : new FingerprintView(
                                fingerprint.ja4d(), fingerprint.parameters(), fingerprint.vendorClass(), beside.kind()),
                link == null ? null : Link.of(link),
                link == null || !confirmed ? null : link.to().toString(),
                device.details());
    }
}
