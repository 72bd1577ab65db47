package io.innkeeper.device;

import io.innkeeper.wire.net.IpAddress;
import java.time.Instant;
import java.util.Set;

/** One thing that happened to a device. */
public sealed interface DeviceChange {
    /** The device as it stands after the change. */
    Device device();

    /** Seen for the first time. */
    record Discovered(Device device) implements DeviceChange {}

    /**
     * Its addresses, its host name or what its owner says of it changed.
     *
     * @param fields the names of what changed, as in the API
     */
    record Changed(Device before, Device device, Set<String> fields) implements DeviceChange {
        /** Copies the names. */
        public Changed {
            fields = Set.copyOf(fields);
        }
    }

    /** Seen again, or an address of its came to an end: kept, not announced. */
    record Touched(Device device) implements DeviceChange {}

    /**
     * Lost an address to a device that had it a moment ago, for two fight for it: kept, not announced.
     *
     * @param address which one
     * @param at when it was lost
     */
    record Contested(Device device, IpAddress address, Instant at) implements DeviceChange {}
}
