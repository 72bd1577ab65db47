package io.innkeeper.api.grpc;

import innkeeper.v1.AddressAllocation;
import innkeeper.v1.HostnameOrigin;
import innkeeper.v1.InstallationState;
import innkeeper.v1.PresenceState;
import innkeeper.v1.SeenHostname;
import innkeeper.v1.SystemAddress;
import innkeeper.v1.SystemInstallation;
import innkeeper.v1.SystemRecord;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.store.Installations;
import io.innkeeper.view.DeviceView;
import io.innkeeper.view.InstallationView;
import io.innkeeper.view.SystemNameView;
import io.innkeeper.wire.net.MacAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is known of systems, in the words of the contract. Safe for any thread. */
public final class SystemRecords {
    private final DeviceQueries devices;
    private final Installations installations;

    /** Reading from these. */
    public SystemRecords(DeviceQueries devices, Installations installations) {
        this.devices = devices;
        this.installations = installations;
    }

    /** A system; empty where it was never seen. */
    public Optional<SystemRecord> find(MacAddress mac) {
        return devices.find(mac).map(this::of);
    }

    /** A system that was read, with what is to become of it. */
    SystemRecord of(DeviceView device) {
        SystemRecord.Builder record = SystemRecord.newBuilder()
                .setMac(device.mac())
                .setFirstSeenAt(Times.of(device.firstSeenAt()))
                .setLastSeenAt(Times.of(device.lastSeenAt()))
                .setRandomMac(device.randomMac())
                .setAllocation(allocation(device.allocation()))
                .putAllDetails(device.details());
        ifThere(device.name(), record::setDisplayName);
        ifThere(device.notes(), record::setNotes);
        ifThere(device.vendor(), record::setVendor);
        ifThere(device.system(), name -> name(record, name));
        ifThere(
                device.presence(),
                presence ->
                        record.setPresence(presence(presence.state())).setPresenceSince(Times.of(presence.since())));
        device.addresses().forEach(seen -> record.addAddresses(address(seen)));
        device.hostnames()
                .forEach(seen -> record.addSeenHostnames(SeenHostname.newBuilder()
                        .setHostname(seen.name())
                        .setSource(seen.source())
                        .setSeenAt(Times.of(seen.seenAt()))));
        MacAddress.parse(device.mac())
                .flatMap(installations::find)
                .ifPresent(mark -> record.setInstallation(installation(mark)));
        return record.build();
    }

    private static <T> void ifThere(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    private static void name(SystemRecord.Builder record, SystemNameView name) {
        record.setHostname(name.name())
                .setHostnameOrigin(origin(name.origin()))
                .setHostnameReason(name.reason())
                .setHostnameSince(Times.of(name.since()));
        ifThere(name.wanted(), wanted -> {
            if (!wanted.equals(name.name())) {
                record.setHostnameWanted(wanted);
            }
        });
    }

    private static SystemAddress address(DeviceView.Address seen) {
        return SystemAddress.newBuilder()
                .setAddress(seen.address())
                .setSource(seen.source())
                .setFirstSeenAt(Times.of(seen.firstSeenAt()))
                .setLastSeenAt(Times.of(seen.lastSeenAt()))
                .setCurrent(seen.current())
                .build();
    }

    private static SystemInstallation installation(InstallationView mark) {
        SystemInstallation.Builder installation = SystemInstallation.newBuilder()
                .setProfile(mark.profile())
                .setState(state(mark.state()))
                .setMarkedAt(Times.of(mark.markedAt()));
        ifThere(mark.servedAt(), at -> installation.setServedAt(Times.of(at)));
        ifThere(mark.endedAt(), at -> installation.setEndedAt(Times.of(at)));
        ifThere(mark.until(), at -> installation.setUntil(Times.of(at)));
        ifThere(mark.served(), installation::setServed);
        ifThere(mark.ended(), installation::setEnded);
        return installation.build();
    }

    private static InstallationState state(String state) {
        return switch (state) {
            case InstallationView.MARKED -> InstallationState.INSTALLATION_STATE_MARKED;
            case InstallationView.SERVED -> InstallationState.INSTALLATION_STATE_SERVED;
            case InstallationView.ENDED -> InstallationState.INSTALLATION_STATE_ENDED;
            default -> InstallationState.INSTALLATION_STATE_UNSPECIFIED;
        };
    }

    private static HostnameOrigin origin(String origin) {
        return switch (origin) {
            case "given" -> HostnameOrigin.HOSTNAME_ORIGIN_GIVEN;
            case "generated" -> HostnameOrigin.HOSTNAME_ORIGIN_GENERATED;
            case "owner" -> HostnameOrigin.HOSTNAME_ORIGIN_OWNER;
            default -> HostnameOrigin.HOSTNAME_ORIGIN_UNSPECIFIED;
        };
    }

    private static PresenceState presence(String state) {
        return switch (state) {
            case "online" -> PresenceState.PRESENCE_STATE_ONLINE;
            case "idle" -> PresenceState.PRESENCE_STATE_IDLE;
            case "offline" -> PresenceState.PRESENCE_STATE_OFFLINE;
            default -> PresenceState.PRESENCE_STATE_UNSPECIFIED;
        };
    }

    private static AddressAllocation allocation(@Nullable String allocation) {
        return switch (allocation) {
            case "static" -> AddressAllocation.ADDRESS_ALLOCATION_STATIC;
            case "dynamic" -> AddressAllocation.ADDRESS_ALLOCATION_DYNAMIC;
            case null, default -> AddressAllocation.ADDRESS_ALLOCATION_UNSPECIFIED;
        };
    }
}
