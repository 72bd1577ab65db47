package io.innkeeper.wire.dnsmasq.log;

/** What can go wrong with DHCP, as far as dnsmasq says so in its log. */
public enum Trouble {
    /** No range fits the network that a request came from. */
    NO_RANGE,
    /** All addresses of the ranges are given out. */
    NO_ADDRESS,
    /** The address that the configuration fixes belongs to somebody's lease. */
    RESERVED_LEASED,
    /** The address that the configuration fixes is the server's own, or somebody answers there. */
    RESERVED_IN_USE,
    /** The address that the configuration fixes was declined before. */
    RESERVED_DECLINED,
    /** A lease ended early, because the client is given another address. */
    LEASE_ABANDONED,
    /** The client is not to be answered ({@code ignore}), or its address is out of service. */
    IGNORED,
    /** A request was refused (DHCPNAK). */
    REFUSED,
    /** A client declined an address: somebody else uses it. */
    DECLINED,
    /** A client gave back, or asked about, a lease that is not known. */
    UNKNOWN_LEASE,
    /** A name is not given to a lease, because somebody else has it. */
    NAME_TAKEN,
    /** A name is not used because it is not a name, or of a domain that is not ours. */
    NAME_REFUSED,
    /** A packet came by an interface that has no address. */
    NO_INTERFACE_ADDRESS,
    /** An answer could not be sent. */
    SEND_FAILED,
    /** Too little room in a packet for what should be sent. */
    NO_ROOM,
    /** No more leases can be kept, or they could not be written. */
    STORE,
    /** Somebody who may not asked for leases. */
    LEASEQUERY_REFUSED,
    /** Two entries of the configuration fix the same address or the same name. */
    DUPLICATE,
    /** Lines were lost because they came faster than dnsmasq could write them. */
    LINES_LOST
}
