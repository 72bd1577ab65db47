package io.innkeeper.config;

/** Who has a name that two systems want. */
public enum HostnamePolicy {
    /** Who had it first. */
    FIRST_WINS,
    /** Who says it last. */
    LATEST_WINS,
    /** Who has a static lease. */
    STATIC_WINS,
    /** Who had it first; the others have it with a number behind. */
    SUFFIX
}
