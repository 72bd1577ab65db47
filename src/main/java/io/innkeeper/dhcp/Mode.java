package io.innkeeper.dhcp;

/** What is done with requests. */
public enum Mode {
    /** The clients that the access rules allow are answered. */
    SELECTIVE,
    /** Everything is handed on to another server, as a relay does; its answers are learned from. */
    PASS_THROUGH,
    /** Rules decide, client by client and subnet by subnet, who is answered and who is handed on. */
    HYBRID,
    /** Nothing is answered; what would have been answered is compared with what the real server answered. */
    SHADOW
}
