package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code install.profiles}: what a marked system boots.
 *
 * @param name unique; what a mark names
 * @param nextServer the TFTP server; null for the DHCP server itself
 * @param files files of it by kind of machine
 * @param http URLs by kind of machine
 * @param ipxe what iPXE is told; null for the same as others
 * @param options further options, by name or code
 * @param ends when a mark ends by itself
 * @param hold for how long the system is told what to boot, from the first time on; only after-served
 */
@Doc("What a system boots that is marked with this profile.")
public record InstallProfile(
        @Doc("The name of the profile, by which systems are marked; unique.")
        @Default("default")
        @Matches(pattern = "^[a-z0-9][a-z0-9-]{0,31}$", words = "a name of 1 to 32 lower-case letters, digits or '-'")
        String name,

        @Doc("The address of the TFTP server. Without it, the one of the DHCP server.")
        @Matches(pattern = Dhcp4Config.V4, words = "an IPv4 address")
        @Nullable
        IpAddress nextServer,

        @Doc("Files of the TFTP server, for machines that boot by PXE.")
        InstallBoot files,

        @Doc("URLs, for machines that boot by UEFI HTTP boot.")
        InstallBoot http,

        @Doc("The script, as a URL or a file of the TFTP server, for machines that run iPXE already. Without it they"
                + " are told the same as all others.")
        @Matches(pattern = InstallBoot.FORM, words = InstallBoot.WORDS)
        @Nullable
        String ipxe,

        @Doc("Further options for these machines while they boot, by name or code, as in `dhcp4.options`.")
        Map<String, Dhcp4Option> options,

        @Doc("When a mark ends by itself: `after-served`, when `hold` is over; or `confirmed`, when the installer"
                + " or a user says that it is done.")
        @Default("after-served")
        InstallEnds ends,

        @Doc("For how long a marked machine is told what to boot, from the first time on: long enough for a chain of"
                + " boot loaders, shorter than the installation, or it is installed again and again.")
        @Default("5m")
        @Range(min = "10s", max = "1d")
        Duration hold) {

    /** Copies the map; the order stays. */
    public InstallProfile {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
