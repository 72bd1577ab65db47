package io.innkeeper.feed.rdk.tr181;

import io.innkeeper.feed.MsgType;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.PublishedLease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The data model of all uplinks at one moment. */
public final class DataModel {
    /** The object of a client that says what is published of it. */
    public static final String EVENTS = "Events";

    private static final String CLIENT = "Client";

    /** All tables, {@code *} for a row: one without rows has no parameters. */
    static final Set<String> TABLES = Set.of(
            "Device.IP.Interface",
            "Device.IP.Interface.*.IPv4Address",
            "Device.IP.Interface.*.IPv6Address",
            "Device.IP.Interface.*.IPv6Prefix",
            "Device.DHCPv4.Client",
            "Device.DHCPv4.Client.*.SentOption",
            "Device.DHCPv4.Client.*.ReqOption",
            "Device.DHCPv6.Client",
            "Device.DHCPv6.Client.*.Server",
            "Device.DHCPv6.Client.*.SentOption",
            "Device.DHCPv6.Client.*.ReceivedOption");

    private DataModel() {}

    /**
     * All parameters: tables in the order of TR-181, rows by their number.
     *
     * @param asOriginal whether values are those of the RDK DHCP manager, also where they are a fault
     */
    public static List<Parameter> of(List<Uplink> uplinks, boolean asOriginal, Instant now) {
        Sheet device = new Sheet(new ArrayList<>(), "Device.");
        List<Uplink> four = rows(uplinks, 4);
        List<Uplink> six = rows(uplinks, 6);
        Sheet ip = device.at("IP").number("InterfaceNumberOfEntries", uplinks.size());
        uplinks.stream()
                .sorted(Comparator.comparingInt(Uplink::number))
                .forEach(uplink ->
                        IpInterfaceObject.write(ip.at("Interface").row(uplink.number()), uplink, asOriginal, now));
        Sheet dhcpv4 = device.at("DHCPv4").number("ClientNumberOfEntries", four.size());
        four.forEach(uplink -> Dhcpv4Object.write(row(dhcpv4, uplink, 4), uplink, asOriginal, now));
        Sheet dhcpv6 = device.at("DHCPv6").number("ClientNumberOfEntries", six.size());
        six.forEach(uplink -> Dhcpv6Object.write(row(dhcpv6, uplink, 6), uplink, now));
        return device.all();
    }

    /**
     * What the RDK DHCP manager answers for the events of a client ({@code Device.DHCPv4.Client.{i}.Events}): its lease now, as it
     * is published with an update. Not among all parameters: it is there for those who ask for it.
     */
    public static List<Parameter> events(List<Uplink> uplinks) {
        Sheet device = new Sheet(new ArrayList<>(), "Device.");
        for (Uplink uplink : rows(uplinks, 4)) {
            Dhcpv4PluginMessage lease = uplink.state().v4().lease();
            events(row(device.at("DHCPv4"), uplink, 4), uplink, lease == null ? null : PublishedLease.write(lease));
        }
        for (Uplink uplink : rows(uplinks, 6)) {
            Dhcpv6PluginMessage lease = uplink.state().v6().lease();
            events(row(device.at("DHCPv6"), uplink, 6), uplink, lease == null ? null : PublishedLease.write(lease));
        }
        return device.all();
    }

    private static void events(Sheet client, Uplink uplink, byte @Nullable [] lease) {
        Sheet events = client.at(EVENTS)
                .text("IfName", uplink.name())
                .number("MsgType", (lease == null ? MsgType.DEL : MsgType.UPDATE).number());
        if (lease != null) {
            events.octets("LeaseInfo", lease);
        }
    }

    private static List<Uplink> rows(List<Uplink> uplinks, int family) {
        return uplinks.stream()
                .filter(uplink -> uplink.client(family) != null)
                .sorted(Comparator.comparingInt(uplink -> number(uplink, family)))
                .toList();
    }

    private static int number(Uplink uplink, int family) {
        return Objects.requireNonNull(uplink.client(family), "has a client");
    }

    private static Sheet row(Sheet table, Uplink uplink, int family) {
        return table.at(CLIENT).row(number(uplink, family));
    }
}
