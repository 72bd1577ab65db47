package io.innkeeper.dns.log;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: a device, where it is known, whatever address it has; else an address.
 *
 * @param device null where nobody knows whose address it is
 * @param address null where the device is known
 */
public record QueryClient(
        @Nullable MacAddress device, @Nullable IpAddress address) {
    /** The device, or else the address. */
    static QueryClient of(@Nullable MacAddress device, IpAddress address) {
        return new QueryClient(device, device == null ? address : null);
    }

    /** The hardware address, or the address. */
    public String text() {
        return String.valueOf(device == null ? address : device);
    }
}
