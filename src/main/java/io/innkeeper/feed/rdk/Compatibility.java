package io.innkeeper.feed.rdk;

/** Whose behaviour counts where the manager's own is a fault. */
public enum Compatibility {
    /** What is right. */
    NONE,
    /** What the manager does, release 1.4.0; the leases in the table end in time all the same. */
    RDK
}
