package io.innkeeper.device;

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
}
