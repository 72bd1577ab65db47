package io.innkeeper.config;

/** Whose behaviour counts where that of the RDK DHCP manager is a fault. */
public enum LeaseMonitorCompatibility {
    /** What is right. */
    NONE,
    /** The manager's. */
    RDK
}
