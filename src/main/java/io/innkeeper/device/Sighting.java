package io.innkeeper.device;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A source noticed a device.
 *
 * @param mac which one
 * @param address the address it had, where the sighting tells
 * @param hostname the name it had, where the sighting tells
 * @param source who says so, such as {@code dnsmasq/home}
 * @param evidence what kind of sign of life it was
 * @param details what else was told: fingerprint, vendor class, interface, …
 */
public record Sighting(
        MacAddress mac,
        @Nullable IpAddress address,
        @Nullable String hostname,
        String source,
        Evidence evidence,
        Map<String, String> details) {
    /** Copies the details, sorted: which of too many a device keeps must not depend on chance. */
    public Sighting {
        details = Collections.unmodifiableMap(new TreeMap<>(details));
    }
}
