package io.innkeeper.config;

import io.innkeeper.wire.rdk.SpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code lease-monitor}.
 *
 * @param listen where plugins are heard
 * @param compatibility whose behaviour counts
 * @param clients the interfaces whose clients are heard; empty for any
 * @param hooks programs that tell clients to do something
 * @param limits what peers may take
 * @param v2 version 2 of the protocol; null where it is not spoken
 */
@Doc(
        "The lease monitor: hears the plugins of this machine's DHCP clients, as the RDK DHCP manager does. It does not run without"
                + " this section.")
public record LeaseMonitorConfig(
        @Doc("Where plugins are heard, as nanomsg writes it: `tcp://127.0.0.1:50324`, `ipc:///run/leases.sock`,"
                + " `ws://127.0.0.1:50325`.")
        @OneOrMany
        @Default("tcp://127.0.0.1:50324")
        List<SpAddress> listen,

        @Doc("`none` does what is right; `rdk` does what the RDK DHCP manager does, also where that is a fault.")
        @Default("none")
        LeaseMonitorCompatibility compatibility,

        @Doc(
                "The interfaces whose clients are heard, with their numbers in TR-181: one object, a list of named ones, or a"
                        + " mapping from name to object. Empty: any, numbered in the order in which they were seen first.")
        @ByName
        List<LeaseMonitorClient> clients,

        @Doc("Programs that tell clients to do something.") LeaseMonitorHooks hooks,
        @Doc("What peers may take.") LeaseMonitorLimits limits,

        @Doc("Version 2 of the protocol: acknowledged, told once, encrypted. It is not spoken without this section.")
        @Nullable
        LeaseMonitorV2 v2) {
    /** Copies the lists. */
    public LeaseMonitorConfig {
        listen = List.copyOf(listen);
        clients = List.copyOf(clients);
    }

    /** The same with the keys of another. */
    LeaseMonitorConfig withKeysOf(LeaseMonitorConfig other) {
        if (v2 == null || other.v2 == null) {
            return this;
        }
        LeaseMonitorV2 keyed = new LeaseMonitorV2(v2.listen(), other.v2.keys(), v2.announce(), v2.limits());
        return new LeaseMonitorConfig(listen, compatibility, clients, hooks, limits, keyed);
    }
}
