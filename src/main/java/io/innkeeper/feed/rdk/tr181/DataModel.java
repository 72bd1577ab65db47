package io.innkeeper.feed.rdk.tr181;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The data model of all uplinks at one moment. */
public final class DataModel {
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

    private static List<Uplink> rows(List<Uplink> uplinks, int family) {
        return uplinks.stream()
                .filter(uplink -> uplink.client(family) != null)
                .sorted(Comparator.comparing(uplink -> number(uplink, family)))
                .toList();
    }

    private static int number(Uplink uplink, int family) {
        return Objects.requireNonNull(uplink.client(family), "has a client");
    }

    private static Sheet row(Sheet table, Uplink uplink, int family) {
        return table.at(CLIENT).row(number(uplink, family));
    }
}
