package io.innkeeper.config;

import java.time.Duration;

/**
 * The section {@code dnsmasq.dbus}.
 *
 * @param address of the bus
 * @param service the name that dnsmasq has there
 * @param metrics how often its counters are read
 * @param enabled whether it is listened to
 */
@Doc("The D-Bus that a dnsmasq speaks on (`enable-dbus`).")
public record DnsmasqBus(
        @Doc("The address of the bus, such as `unix:path=/run/dbus/system_bus_socket`; `system` is the system bus.")
        @Default("system")
        @Matches(pattern = "^(system|unix:[ -~]{1,200})$", words = "'system' or an address such as unix:path=/run/bus")
        String address,

        @Doc("The name that dnsmasq has on the bus (`enable-dbus=NAME`).")
        @Default("uk.org.thekelleys.dnsmasq")
        @Matches(pattern = "^[A-Za-z_][A-Za-z0-9_.-]{1,254}$", words = "a name on the bus")
        String service,

        @Doc("How often its counters are read.") @Default("30s") @Range(min = "1s", max = "1d")
        Duration metrics,

        @Doc("Whether it is listened to.") @Default("true") boolean enabled) {}
