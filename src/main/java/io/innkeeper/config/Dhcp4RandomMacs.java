package io.innkeeper.config;

/** What becomes of locally administered MAC addresses that no access rule names. */
public enum Dhcp4RandomMacs {
    ALLOW,
    DENY
}
