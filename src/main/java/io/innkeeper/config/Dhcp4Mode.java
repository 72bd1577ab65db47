package io.innkeeper.config;

/** What is done with DHCPv4 requests. */
public enum Dhcp4Mode {
    /** The clients that the access rules allow are answered. */
    SELECTIVE,
    /** Everything is handed on to other servers. */
    PASS_THROUGH,
    /** The access rules decide who is answered and who is handed on. */
    HYBRID,
    /** Nothing is answered; what would have been is compared with what the real server says. */
    SHADOW
}
