package io.innkeeper.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code dnsmasq}: an instance that is watched, in one or several ways.
 *
 * @param name what it is called in the API, unique
 * @param leases its lease file; null where it is watched otherwise
 * @param config its configuration files, which tell static from dynamic leases
 * @param poll how often to look at files where the kernel reports nothing
 * @param ethers the file that {@code read-ethers} means
 * @param log the file it logs to; null for none
 * @param syslog where its log is received; null for nowhere
 * @param journal the journal it logs to; null for none
 * @param dbus the bus it speaks on; null for none
 * @param ubus the OpenWrt bus it speaks on; null for none
 * @param gather for how long the ways of watching are waited for, so that an event names all that saw it
 * @param messages which lines about DHCP become events of their own
 */
@Doc("A dnsmasq instance, watched by its files, its log, its bus, or all of them.")
public record DnsmasqSource(
        @Doc("What this instance is called; unique.")
        @Default("dnsmasq")
        @Matches(pattern = "^[A-Za-z0-9_-]{1,32}$", words = "a name of 1 to 32 letters, digits, '_' or '-'")
        String name,

        @Doc("The lease file, such as `/var/lib/misc/dnsmasq.leases`.") @Nullable
        Path leases,

        @Doc("The configuration files, such as `[/etc/dnsmasq.conf]`: they say which leases are static.")
        List<Path> config,

        @Doc("How often to look at the files where the kernel does not report changes (some mounts).")
        @Default("1s")
        @Range(min = "100ms", max = "1h")
        Duration poll,

        @Doc("The file that dnsmasq reads where its configuration says `read-ethers`.") @Default("/etc/ethers")
        Path ethers,

        @Doc("The file that it logs to (`log-facility=FILE`). The path alone needs no section.") @Nullable
        DnsmasqLog log,

        @Doc("Where its log is received by the syslog protocol.") @Nullable
        DnsmasqSyslog syslog,

        @Doc("The systemd journal that it logs to; `journal: {}` is that of this machine.") @Nullable
        DnsmasqJournal journal,

        @Doc("The D-Bus that it speaks on (`enable-dbus`); `dbus: {}` is the system bus.") @Nullable
        DnsmasqBus dbus,

        @Doc("The bus of OpenWrt that it speaks on (`enable-ubus`); `ubus: {}` is the usual one.") @Nullable
        DnsmasqUbus ubus,

        @Doc(
                "For how long all ways in which an instance is watched are waited for, so that an event names each that saw it."
                        + " With one way, nothing waits.")
        @Default("250ms")
        @Range(min = "0s", max = "5s")
        Duration gather,

        @Doc("Which lines of the log about DHCP become events of their own (`dhcp.*`): `all`, `problems` or `none`.")
        @Default("all")
        DnsmasqMessages messages) {

    /** Copies the list. */
    public DnsmasqSource {
        config = List.copyOf(config);
    }
}
