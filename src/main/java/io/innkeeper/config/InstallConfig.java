package io.innkeeper.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code install}: systems that are to be installed are marked, and only these are told what to boot.
 *
 * @param profiles what can be installed
 * @param expires after how long a mark ends that was not used
 * @param dnsmasqFile where the marks are written for a dnsmasq; null for nowhere
 */
@Doc("Installation from the network. Nobody is told what to boot by this section alone: a system has to be marked, with"
        + " `innkeeper install`, on the page or through the API.")
public record InstallConfig(
        @Doc("What can be installed: one object, a list of named ones, or a mapping from name to object.") @ByName
        List<InstallProfile> profiles,

        @Doc("After how long a mark ends by itself whose system did not boot from the network.")
        @Default("1d")
        @Range(min = "1m", max = "365d")
        Duration expires,

        @Doc("A file that is kept with the marks, in a folder that a dnsmasq reads by `dhcp-hostsdir`. See"
                + " `innkeeper install snippet`.")
        @Nullable
        Path dnsmasqFile) {
    /** The most profiles. */
    public static final int MAX_PROFILES = 100;

    /** Copies the list. */
    public InstallConfig {
        profiles = List.copyOf(profiles);
    }

    /** The profile of that name; empty where there is none. */
    public Optional<InstallProfile> profile(String name) {
        return profiles.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
