package io.innkeeper.config;

import java.nio.file.Path;

/**
 * The section {@code dnsmasq.log}.
 *
 * @param file the file
 * @param start where reading begins in a file that was never read before
 * @param enabled whether it is read
 */
@Doc("The file that a dnsmasq logs to. It may be rotated in any way. The path alone needs no section.")
public record DnsmasqLog(
        @Doc("The file, such as `/var/log/dnsmasq.log`.") @Shorthand
        Path file,

        @Doc("Where reading begins in a file that was never read before: at its `end` or at its `beginning`.")
        @Default("end")
        DnsmasqLogStart start,

        @Doc("Whether it is read.") @Default("true") boolean enabled) {}
