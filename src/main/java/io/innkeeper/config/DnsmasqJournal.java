package io.innkeeper.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code dnsmasq.journal}.
 *
 * @param directory a journal directory; null for that of this machine
 * @param unit the unit that dnsmasq runs in; null for any
 * @param start where reading begins in a journal that was never read before
 * @param enabled whether it is read
 */
@Doc("The systemd journal that a dnsmasq logs to, read by `journalctl`.")
public record DnsmasqJournal(
        @Doc(
                "A directory of journal files, such as one that is mounted from elsewhere. Without it, the journal of this machine.")
        @Nullable
        Path directory,

        @Doc("The unit that dnsmasq runs in, such as `dnsmasq.service`. Without it, any.")
        @Matches(pattern = "^[A-Za-z0-9:_.@\\\\-]{1,255}$", words = "the name of a unit")
        @Nullable
        String unit,

        @Doc("Where reading begins in a journal that was never read before: at its `end` or at its `beginning`.")
        @Default("end")
        DnsmasqLogStart start,

        @Doc("Whether it is read.") @Default("true") boolean enabled) {}
