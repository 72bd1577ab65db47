package io.innkeeper.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which monitors are told, and how. */
final class MonitorOptions {
    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description = {
                "A monitor; repeatable, the preferred first.",
                "Version 2, with --spool: tcp://HOST:PORT, ipc:///PATH, file:/PATH (which names one of the former),"
                        + " dns-sd:NAME[@SERVER]. Default: " + LeaseTargets.USUAL_SECOND,
                "Version 1: rdk:tcp://ADDRESS:PORT, rdk:ipc:///PATH; with --spool only where no other can be reached."
                        + " Default without --spool: " + LeaseTargets.USUAL_MONITOR
            })
    private @Nullable List<String> to;

    @Option(
            names = "--key",
            paramLabel = "ID:FILE",
            description = "The key that the monitor knows by this number, 32 octets or Base64 of them. Repeatable: the"
                    + " next is tried where one is not known.")
    private @Nullable List<String> keys;

    @Option(
            names = "--spool",
            paramLabel = "DIR",
            description = "Where messages are kept until a monitor has stored them. One folder for all interfaces of"
                    + " a machine; never a copy of another's.")
    private @Nullable String spool;

    @Option(
            names = "--balance",
            paramLabel = "HOW",
            defaultValue = "first",
            description = "first: all to the first monitor that lives; spread: interfaces spread over all that live."
                    + " Default: first")
    @SuppressWarnings("NullAway.Init")
    private String balance;

    /** What they say. */
    LeaseTargets targets(String patience) {
        return new LeaseTargets(to == null ? List.of() : to, keys == null ? List.of() : keys, spool, balance, patience);
    }

    /** The folder; null for none. */
    @Nullable
    String spool() {
        return spool;
    }
}
