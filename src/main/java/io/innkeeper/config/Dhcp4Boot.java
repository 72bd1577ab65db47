package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * What network boot is told.
 *
 * @param nextServer the server of the boot file, siaddr; null for none
 * @param serverName its name, sname; empty for none
 * @param file the boot file; empty for none
 */
@Doc("Where network boot finds its file. The strongest level that has this section counts as a whole.")
public record Dhcp4Boot(
        @Doc("The address of the server that has the boot file.")
        @Matches(pattern = Dhcp4Config.V4, words = "an IPv4 address")
        @Nullable
        IpAddress nextServer,

        @Doc("The name of that server.")
        @Default("")
        @Matches(pattern = "^[ -~]{0,63}$", words = "a text of up to 63 ASCII characters")
        String serverName,

        @Doc("The boot file.")
        @Default("")
        @Matches(pattern = "^[ -~]{0,127}$", words = "a text of up to 127 ASCII characters")
        String file) {}
