package io.innkeeper.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code devices}.
 *
 * @param max how many devices are remembered
 * @param presence when a device is there
 * @param names how those without a host name are asked for it
 * @param hostnames what systems are called
 * @param fingerprints a file of lines that say what kind of device has which DHCP fingerprint; null for none
 */
@Doc("The devices that were seen, one for each MAC address.")
public record DevicesConfig(
        @Doc("How many devices are remembered; beyond that, new ones are counted but not kept.")
        @Default("1000000")
        @Range(min = "1", max = "10000000")
        int max,

        @Doc("When a device is online, idle or offline.") DevicePresence presence,

        @Doc(
                "How devices that tell no DHCP server their name are asked for it. Only where the roll call `arp` runs, and only those"
                        + " that it asks itself; without the section `arp`, nothing is sent.")
        DeviceNames names,

        @Doc("What systems are called: one unique name for each, its own or a made one.")
        DeviceHostnames hostnames,

        @Doc("A file that says what kind of device has which DHCP fingerprint, beside and before what Innkeeper knows.")
        @Nullable
        Path fingerprints) {}
