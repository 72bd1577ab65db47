package io.innkeeper.wire.dnsmasq.log;

/** What kind of message of DHCP, DHCPv6 or neighbor discovery a line is about. */
public enum DhcpKind {
    DISCOVER("DHCPDISCOVER", false),
    OFFER("DHCPOFFER", false),
    /** Of both versions: {@link LogEntry.DhcpLine#v6()} says which. */
    REQUEST("DHCPREQUEST", false),
    ACK("DHCPACK", false),
    NAK("DHCPNAK", false),
    /** Of both versions. */
    DECLINE("DHCPDECLINE", false),
    /** Of both versions. */
    RELEASE("DHCPRELEASE", false),
    INFORM("DHCPINFORM", false),
    LEASEQUERY("DHCPLEASEQUERY", false),
    LEASEACTIVE("DHCPLEASEACTIVE", false),
    LEASEUNASSIGNED("DHCPLEASEUNASSIGNED", false),
    LEASEUNKNOWN("DHCPLEASEUNKNOWN", false),
    BOOTP("BOOTP", false),
    PXE("PXE", false),
    SOLICIT("DHCPSOLICIT", true),
    ADVERTISE("DHCPADVERTISE", true),
    CONFIRM("DHCPCONFIRM", true),
    RENEW("DHCPRENEW", true),
    REBIND("DHCPREBIND", true),
    REPLY("DHCPREPLY", true),
    INFORMATION_REQUEST("DHCPINFORMATION-REQUEST", true),
    RTR_SOLICIT("RTR-SOLICIT", true),
    RTR_ADVERT("RTR-ADVERT", true),
    /** An address that a client made itself answers. */
    SLAAC_CONFIRM("SLAAC-CONFIRM", true);

    private final String word;
    private final boolean onlyV6;

    DhcpKind(String word, boolean onlyV6) {
        this.word = word;
        this.onlyV6 = onlyV6;
    }

    /** The word in the log, such as {@code DHCPACK}. */
    public String word() {
        return word;
    }

    /** True for what exists with IPv6 alone. */
    public boolean onlyV6() {
        return onlyV6;
    }
}
