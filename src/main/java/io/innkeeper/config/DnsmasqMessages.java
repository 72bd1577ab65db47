package io.innkeeper.config;

/** Which lines of a log about DHCP become events of their own. */
public enum DnsmasqMessages {
    ALL,
    /** Only what went wrong. */
    PROBLEMS,
    NONE
}
