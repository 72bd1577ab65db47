package io.innkeeper.config;

import org.jspecify.annotations.Nullable;

/**
 * One interface whose DHCP clients are heard.
 *
 * @param name the interface
 * @param dhcpv4 its number in {@code Device.DHCPv4.Client}; null where it has no DHCPv4 client
 * @param dhcpv6 its number in {@code Device.DHCPv6.Client}; null where it has no DHCPv6 client
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
        Integer dhcpv6) {}
