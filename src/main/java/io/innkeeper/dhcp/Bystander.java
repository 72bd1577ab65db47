package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.DhcpMessage;

/** Is shown what came and what became of it; quick, never waits: it runs in the server's thread. */
@FunctionalInterface
public interface Bystander {
    /** This came of that message. */
    void saw(DhcpMessage message, Arrival arrival, Outcome outcome, long nowMs);

    /** A client was told what to boot: the reply is on its way. */
    default void told(InstallPlan.Told told) {}
}
