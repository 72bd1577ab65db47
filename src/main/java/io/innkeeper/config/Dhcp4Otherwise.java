package io.innkeeper.config;

/** What becomes of clients that no access rule names. */
public enum Dhcp4Otherwise {
    ANSWER,
    PASS_THROUGH
}
