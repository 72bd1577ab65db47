package io.innkeeper.wire.dnsmasq.log;

/** Which part of dnsmasq wrote a line, by the name in front of its message. */
public enum LogProgram {
    /** {@code dnsmasq}: DNS, and what concerns the whole program. */
    DNS("dnsmasq"),
    /** {@code dnsmasq-dhcp}: DHCP, DHCPv6 and router advertisements. */
    DHCP("dnsmasq-dhcp"),
    /** {@code dnsmasq-tftp}. */
    TFTP("dnsmasq-tftp"),
    /** {@code dnsmasq-script}: what a script wrote. */
    SCRIPT("dnsmasq-script");

    private final String tag;

    LogProgram(String tag) {
        this.tag = tag;
    }

    /** The name in the log. */
    public String tag() {
        return tag;
    }
}
