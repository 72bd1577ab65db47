package io.innkeeper.dhcp;

import io.innkeeper.lease.LeaseReport;

/** Takes what others should hear of. Never waits: it is told by the threads that answer packets. */
public interface News {
    /** A client was not served. */
    void refused(Refusal refusal);

    /** There is a DHCP server that should not be there. */
    void rogue(RogueFinding finding);

    /** Another server's answer that passed us tells of leases. */
    void learned(LeaseReport report);

    /** A client that is marked for installation was told what to boot. */
    default void told(InstallPlan.Told told) {}
}
