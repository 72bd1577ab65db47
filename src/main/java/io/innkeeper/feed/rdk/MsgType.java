package io.innkeeper.feed.rdk;

/** What the manager publishes of a client, with the number that stands in its event. */
public enum MsgType {
    /** The client began to run. */
    STARTED,
    /** The client was switched off. */
    STOPPED,
    /** The client cannot run. */
    FAILED,
    /** There is a lease, or it is another one. */
    UPDATE,
    /** The lease is over. */
    DEL,
    /** The same lease again. */
    RENEW;

    /** The number of the manager's header. */
    public int number() {
        return ordinal();
    }

    /** The name of the manager's header, such as {@code DHCP_LEASE_UPDATE}. */
    public String text() {
        return (ordinal() < UPDATE.ordinal() ? "DHCP_CLIENT_" : "DHCP_LEASE_") + name();
    }
}
