package io.innkeeper.feed;

/** What the RDK DHCP manager publishes of a client, with the number that stands in its event. */
public enum MsgType {
    /** The client began to run. */
    STARTED(0, "DHCP_CLIENT_STARTED"),
    /** The client was switched off. */
    STOPPED(1, "DHCP_CLIENT_STOPPED"),
    /** The client cannot run. */
    FAILED(2, "DHCP_CLIENT_FAILED"),
    /** There is a lease, or it is another one. */
    UPDATE(3, "DHCP_LEASE_UPDATE"),
    /** The lease is over. */
    DEL(4, "DHCP_LEASE_DEL"),
    /** The same lease again. */
    RENEW(5, "DHCP_LEASE_RENEW");

    private final int number;
    private final String text;

    MsgType(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** The number of the manager's header. */
    public int number() {
        return number;
    }

    /** The name of the manager's header, such as {@code DHCP_LEASE_UPDATE}. */
    public String text() {
        return text;
    }
}
