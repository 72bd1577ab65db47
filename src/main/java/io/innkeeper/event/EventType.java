package io.innkeeper.event;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The kinds of event. Their names are a contract with every follower of the stream. */
public enum EventType {
    LEASE_ADDED,
    LEASE_RENEWED,
    LEASE_CHANGED,
    LEASE_RELEASED,
    LEASE_EXPIRED,
    LEASE_DECLINED,
    DEVICE_DISCOVERED,
    DEVICE_CHANGED,
    DEVICE_ONLINE,
    DEVICE_OFFLINE,
    SERVICE_STARTED,
    SERVICE_STOPPED,
    SERVICE_FAILED,
    CONFIG_APPLIED,
    CONFIG_REJECTED,
    /** There is a DHCP server that should not be there. */
    SECURITY_ROGUE_DHCP,
    /** A client was not served. */
    SECURITY_DHCP_REFUSED,
    /** Two devices answer for one address. */
    SECURITY_ARP_CONFLICT,
    /** A device answers for what is another's: for the address of a gateway, or for many. */
    SECURITY_ARP_SPOOF,
    /** A DHCP message, as the log of a dnsmasq tells of it. */
    DHCP_DISCOVER,
    DHCP_OFFER,
    DHCP_REQUEST,
    DHCP_ACK,
    DHCP_NAK,
    DHCP_DECLINE,
    DHCP_RELEASE,
    DHCP_INFORM,
    DHCP_SOLICIT,
    DHCP_ADVERTISE,
    DHCP_CONFIRM,
    DHCP_RENEW,
    DHCP_REBIND,
    DHCP_REPLY,
    DHCP_INFORMATION_REQUEST,
    DHCP_ROUTER_SOLICIT,
    DHCP_ROUTER_ADVERT,
    /** A client was not served, or not as it wished, as the log of a dnsmasq tells. */
    DHCP_PROBLEM,
    /** A system was given a name. */
    DEVICE_NAMED,
    /** Two systems want one name, and it was settled who has it. */
    DEVICE_NAME_CONFLICT,
    /** A system was marked for installation. */
    INSTALL_MARKED,
    /** A system that is marked was told what to boot. */
    INSTALL_SERVED,
    /** A system is not to be installed any more. */
    INSTALL_ENDED,
    /** A DHCP client of this machine began to run. */
    WAN_STARTED,
    /** It was switched off. */
    WAN_STOPPED,
    /** It cannot run. */
    WAN_FAILED,
    /** It has a lease, or another one than before. */
    WAN_UPDATE,
    /** Its lease is over. */
    WAN_DEL,
    /** It has the same lease for longer. */
    WAN_RENEW;

    /** The first word is the subject, the others say what happened to it. */
    private final String text =
            name().toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-');

    /** The name on the wire, such as {@code lease.added}. */
    public String text() {
        return text;
    }

    /** The types that a pattern names: {@code lease.added}, {@code lease.*}, {@code *}; empty where it names none. */
    public static Set<EventType> named(String pattern) {
        Set<EventType> named = EnumSet.noneOf(EventType.class);
        Arrays.stream(values())
                .filter(type -> pattern.equals("*")
                        || type.text.equals(pattern)
                        || (pattern.endsWith(".*") && type.text.startsWith(pattern.substring(0, pattern.length() - 1))))
                .forEach(named::add);
        return named;
    }

    /** The type of that name; empty for an unknown one. */
    public static Optional<EventType> parse(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }
}
