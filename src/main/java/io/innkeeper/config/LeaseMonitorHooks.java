package io.innkeeper.config;

import java.time.Duration;
import java.util.List;

/**
 * Programs that tell a DHCP client to do something.
 *
 * @param renew renews the lease; empty for none
 * @param restart gives the lease back and begins anew; empty for none
 * @param release gives the lease back and stops; empty for none
 * @param timeout how long each may take
 */
@Doc(
        "Programs that carry out the commands `renew`, `restart` and `release`: program and arguments, run without a shell, with"
                + " `INTERFACE`, `FAMILY` (4 or 6) and `COMMAND` in their environment. They cannot be set through the API.")
public record LeaseMonitorHooks(
        @Doc("Renews the lease: program and arguments. Empty: the command is refused.") @OneOrMany
        List<String> renew,

        @Doc("Gives the lease back and begins anew. Empty: the command is refused.") @OneOrMany
        List<String> restart,

        @Doc("Gives the lease back and stops the client. Empty: the command is refused.") @OneOrMany
        List<String> release,

        @Doc("How long a program may take; it is then ended.") @Default("10s") @Range(min = "1s", max = "1m")
        Duration timeout) {
    /** Copies the lists. */
    public LeaseMonitorHooks {
        renew = List.copyOf(renew);
        restart = List.copyOf(restart);
        release = List.copyOf(release);
    }
}
