package io.innkeeper.config;

/** When a mark for installation ends by itself. */
public enum InstallEnds {
    /** Some time after the system was told first what to boot: {@code hold}. */
    AFTER_SERVED,
    /** When the installer, or a user, says that it is done. */
    CONFIRMED
}
