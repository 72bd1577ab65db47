package io.innkeeper.wire.dnsmasq.log;

/** What one of the lines tells that dnsmasq writes with {@code log-dhcp}. */
public enum DhcpTopic {
    /** {@code available DHCP range: 192.168.1.10 -- 192.168.1.99}; the text is what follows the colon. */
    AVAILABLE_RANGE,
    /** {@code available DHCP subnet: 192.168.1.0/255.255.255.0}. */
    AVAILABLE_SUBNET,
    VENDOR_CLASS,
    USER_CLASS,
    CLIENT_NAME,
    /** {@code client MAC address: …}, of a DHCPv6 client. */
    CLIENT_MAC,
    /** {@code requested options: 1:netmask, 3:router, …}; a long list takes several lines. */
    REQUESTED_OPTIONS,
    TAGS,
    BOOT_FILE,
    SERVER_NAME,
    NEXT_SERVER,
    /** {@code broadcast response}; without text. */
    BROADCAST,
    /** {@code sent size: 4 option: 51 lease-time 1h}; the text is the value, {@code 1h}. */
    SENT_OPTION,
    /** As {@link #SENT_OPTION}, of an option inside the one before (DHCPv6). */
    NESTED_OPTION,
    /** Another line that begins with the number of a transaction; the text is all that follows the number. */
    OTHER
}
