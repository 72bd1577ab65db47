package io.innkeeper.config;

import org.jspecify.annotations.Nullable;

/**
 * One interface whose DHCP clients are heard.
 *
 * @param name the interface
 * @param dhcpv4 its number in {@code Device.DHCPv4.Client}; null where it has no DHCPv4 client
 * @param dhcpv6 its number in {@code Device.DHCPv6.Client}; null where it has no DHCPv6 client
 * @param alias what it is called in TR-181; null for {@code cpe-} and its name
 * @param duid the DUID of its DHCPv6 client in hex; null where not known
 */
@Doc("An interface whose DHCP clients are heard.")
public record LeaseMonitorClient(
        @Doc("The interface.")
        @Default("erouter0")
        @Matches(pattern = "^[^\\s/]{1,31}$", words = "the name of an interface, such as erouter0")
        String name,

        @Doc("Its number in `Device.DHCPv4.Client.`; without it, it has no DHCPv4 client.")
        @Nullable
        @Range(min = "1", max = "65535")
        Integer dhcpv4,

        @Doc("Its number in `Device.DHCPv6.Client.`; without it, it has no DHCPv6 client.")
        @Nullable
        @Range(min = "1", max = "65535")
        Integer dhcpv6,

        @Doc("Its `Alias` in TR-181; without it, `cpe-` and its name.")
        @Nullable
        @Matches(pattern = "^[A-Za-z][A-Za-z0-9_-]{0,63}$", words = "a letter, then up to 63 letters, digits, - and _")
        String alias,

        @Doc("The DUID of its DHCPv6 client, in hex: no plugin tells it, and TR-181 has it.")
        @Nullable
        @Matches(
                pattern = "^([0-9A-Fa-f]{2}:?){2,130}$",
                words = "a DUID in hex, such as 00:03:00:01:02:00:00:00:00:01")
        String duid) {}
