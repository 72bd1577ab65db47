package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import java.time.Duration;
import java.util.List;

/**
 * How devices without a host name are asked for it, where the roll call runs.
 *
 * @param mdns whether they are asked by multicast DNS
 * @param reverseDns whether name servers are asked for them
 * @param servers which; empty for those of the system
 * @param rate questions a second at most
 * @param again after how long a device is asked for again that nobody knew the name of
 */
@Doc("How devices that tell no DHCP server their name are asked for it.")
public record DeviceNames(
        @Doc("Whether devices are asked by multicast DNS.") @Default("true")
        boolean mdns,

        @Doc("Whether name servers are asked (PTR).") @Default("true")
        boolean reverseDns,

        @Doc("Which name servers are asked, by address. Empty: those of the system (`/etc/resolv.conf`).")
        List<IpAddress> servers,

        @Doc("Questions a second at most, over all devices.") @Default("4") @Range(min = "1", max = "50")
        int rate,

        @Doc("After how long a device is asked for again that nobody knew the name of.")
        @Default("6h")
        @Range(min = "1m", max = "30d")
        Duration again) {
    /** The most name servers. */
    public static final int MAX_SERVERS = 8;

    /** Copies the list. */
    public DeviceNames {
        servers = List.copyOf(servers);
    }
}
