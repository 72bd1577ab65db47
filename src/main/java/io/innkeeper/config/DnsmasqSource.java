package io.innkeeper.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One entry of {@code dnsmasq}: an instance whose files are read.
 *
 * @param name what it is called in the API, unique
 * @param leases its lease file
 * @param config its configuration files, which tell static from dynamic leases
 * @param poll how often to look at files where the kernel reports nothing
 * @param ethers the file that {@code read-ethers} means
 */
@Doc("A dnsmasq instance whose files are read.")
public record DnsmasqSource(
        @Doc("What this instance is called; unique.")
        @Default("dnsmasq")
        @Matches(pattern = "^[A-Za-z0-9_-]{1,32}$", words = "a name of 1 to 32 letters, digits, '_' or '-'")
        String name,

        @Doc("The lease file, such as `/var/lib/misc/dnsmasq.leases`.")
        Path leases,

        @Doc("The configuration files, such as `[/etc/dnsmasq.conf]`: they say which leases are static.")
        List<Path> config,

        @Doc("How often to look at the files where the kernel does not report changes (some mounts).")
        @Default("1s")
        @Range(min = "100ms", max = "1h")
        Duration poll,

        @Doc("The file that dnsmasq reads where its configuration says `read-ethers`.") @Default("/etc/ethers")
        Path ethers) {

    /** Copies the list. */
    public DnsmasqSource {
        config = List.copyOf(config);
    }
}
