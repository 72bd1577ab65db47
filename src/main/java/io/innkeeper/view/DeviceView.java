package io.innkeeper.view;

import io.innkeeper.device.Device;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device as JSON.
 *
 * @param mac its hardware address, its identity
 * @param name what its owner calls it
 * @param notes what its owner wrote about it
 * @param hostname the newest name it was seen with
 * @param hostnames each name and who said it
 * @param addresses the addresses it has or had, newest first
 * @param firstSeenAt the first sighting
 * @param lastSeenAt the newest sighting
 * @param randomMac true for a locally administered hardware address
 * @param vendor who made it, from the IEEE registry
 * @param allocation static where one of its leases is, else dynamic; null without a lease
 * @param details what sources told beyond names and addresses
 */
public record DeviceView(
        String mac,
        @Nullable String name,
        @Nullable String notes,
        @Nullable String hostname,
        List<Name> hostnames,
        List<Address> addresses,
        Instant firstSeenAt,
        Instant lastSeenAt,
        boolean randomMac,
        @Nullable String vendor,
        @Nullable String allocation,
        Map<String, String> details) {

    /** A name and who said it when. */
    public record Name(String name, String source, Instant seenAt) {}

    /** An address, who said it, and whether the device has it now. */
    public record Address(String address, String source, Instant firstSeenAt, Instant lastSeenAt, boolean current) {}

    /** The view of a device. */
    public static DeviceView of(Device device, @Nullable String vendor, @Nullable String allocation) {
        return new DeviceView(
                device.mac().toString(),
                device.name(),
                device.notes(),
                device.hostname(),
                device.names().stream()
                        .map(seen -> new Name(seen.name(), seen.source(), seen.seenAt()))
                        .toList(),
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
                vendor,
                allocation,
                device.details());
    }
}
