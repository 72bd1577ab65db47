package io.innkeeper.api.http;

import io.innkeeper.store.DeviceQueries;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What devices are called, each asked once. For one call, on its thread. */
final class DnsDevices {
    private static final int MAX = 1_000;

    private final DeviceQueries queries;
    private final Map<MacAddress, Optional<String>> names = new HashMap<>();

    DnsDevices(DeviceQueries queries) {
        this.queries = queries;
    }

    /** The name that its owner gave it, else the one that it gave itself; null for none. */
    @Nullable
    String name(@Nullable MacAddress mac) {
        if (mac == null) {
            return null;
        }
        if (names.size() >= MAX) {
            forget();
        }
        return names.computeIfAbsent(mac, this::ask).orElse(null);
    }

    private Optional<String> ask(MacAddress mac) {
        return queries.find(mac)
                .flatMap(device -> Optional.ofNullable(device.name() == null ? device.hostname() : device.name()));
    }

    /** Asks anew from now on. */
    void forget() {
        names.clear();
    }

    /** The text of an address; null for none. */
    static @Nullable String text(@Nullable MacAddress mac) {
        return mac == null ? null : mac.toString();
    }

    /** The text of an address; null for none. */
    static @Nullable String text(@Nullable IpAddress address) {
        return address == null ? null : address.toString();
    }
}
