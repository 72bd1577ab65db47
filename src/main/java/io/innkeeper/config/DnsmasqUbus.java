package io.innkeeper.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The section {@code dnsmasq.ubus}.
 *
 * @param program the program {@code ubus}
 * @param metrics how often its counters are read
 * @param enabled whether it is listened to
 */
@Doc("The bus of OpenWrt that a dnsmasq speaks on (`enable-ubus`), read by the program `ubus`.")
public record DnsmasqUbus(
        @Doc("The program.") @Default("/bin/ubus") Path program,

        @Doc("How often its counters are read.") @Default("30s") @Range(min = "1s", max = "1d")
        Duration metrics,

        @Doc("Whether it is listened to.") @Default("true") boolean enabled) {}
