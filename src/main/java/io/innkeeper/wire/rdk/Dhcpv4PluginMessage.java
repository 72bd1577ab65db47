package io.innkeeper.wire.rdk;

import io.innkeeper.wire.rdk.Rejected.Reason;

/**
 * What the plugin of udhcpc says ({@code DHCPv4_PLUGIN_MSG}). Texts are as the client's environment had them, cut at the size of
 * their field; empty where it had none. Times are seconds. Releases up to 1.1.0 end after {@code staticRoutes}: the rest is then
 * empty.
 *
 * @param layout how the sender lays out its messages
 * @param ifname the interface that the lease is of
 * @param innerIfname the interface once more; may be empty
 * @param assigned whether there is an address: after {@code bound} and {@code renew}
 * @param isExpired the opposite, after {@code deconfig} and {@code leasefail}
 * @param address the address
 * @param netmask as an address, such as {@code 255.255.255.0}
 * @param gateway routers, with blanks between; the last may be cut
 * @param dnsServer the first name server
 * @param dnsServer1 the second
 * @param leaseTime how long the lease lasts
 * @param rebindingTime T2
 * @param renewalTime T1
 * @param timeOffset from UTC
 * @param timeOffsetAssigned whether there is a time offset
 * @param timeZone option 2, as the client prints it
 * @param upstreamRate as given
 * @param downstreamRate as given
 * @param serverId the DHCP server
 * @param state the word of the client: {@code bound}, {@code renew}, {@code deconfig}, {@code leasefail}
 * @param mtuAssigned never by the known plugins
 * @param mtu never by the known plugins
 * @param sipServer option 120
 * @param staticRoutes option 121
 * @param mta what media terminal adapters need
 * @param tftpServer siaddr
 * @param hostname option 12
 * @param domainName option 15
 */
public record Dhcpv4PluginMessage(
        MessageLayout layout,
        String ifname,
        String innerIfname,
        boolean assigned,
        boolean isExpired,
        String address,
        String netmask,
        String gateway,
        String dnsServer,
        String dnsServer1,
        long leaseTime,
        long rebindingTime,
        long renewalTime,
        int timeOffset,
        boolean timeOffsetAssigned,
        String timeZone,
        long upstreamRate,
        long downstreamRate,
        String serverId,
        String state,
        boolean mtuAssigned,
        long mtu,
        String sipServer,
        String staticRoutes,
        Mta mta,
        String tftpServer,
        String hostname,
        String domainName)
        implements PluginMessage {

    /**
     * What media terminal adapters need.
     *
     * @param assigned122 whether there is an option 122
     * @param assigned125 whether there is an option 125
     * @param option122 in hex
     * @param option125 in hex
     * @param bootFile option 67
     */
    public record Mta(boolean assigned122, boolean assigned125, String option122, String option125, String bootFile) {}

    static PluginParsed read(MessageLayout layout, String ifname, StructReader in) {
        boolean assigned = in.bool();
        boolean expired = in.bool();
        String address = in.text(32);
        String netmask = in.text(32);
        String gateway = in.text(32);
        String dnsServer = in.text(64);
        String dnsServer1 = in.text(64);
        String inner = in.text(IFNAME);
        long leaseTime = in.number();
        long rebindingTime = in.number();
        long renewalTime = in.number();
        int timeOffset = (int) in.number();
        boolean timeOffsetAssigned = in.bool();
        String timeZone = in.text(64);
        long upstream = in.number();
        long downstream = in.number();
        String serverId = in.text(64);
        String state = in.text(64);
        boolean mtuAssigned = in.bool();
        long mtu = in.number();
        String sipServer = in.text(64);
        String staticRoutes = in.text(64);
        Mta mta = new Mta(in.bool(), in.bool(), in.text(256), in.text(256), in.text(64));
        Dhcpv4PluginMessage message = new Dhcpv4PluginMessage(
                layout,
                ifname,
                inner,
                assigned,
                expired,
                address,
                netmask,
                gateway,
                dnsServer,
                dnsServer1,
                leaseTime,
                rebindingTime,
                renewalTime,
                timeOffset,
                timeOffsetAssigned,
                timeZone,
                upstream,
                downstream,
                serverId,
                state,
                mtuAssigned,
                mtu,
                sipServer,
                staticRoutes,
                mta,
                in.text(64),
                in.text(64),
                in.text(64));
        return in.strange() ? message.rejected(Reason.FLAGS, "a truth value is neither 0 nor 1") : message.checked();
    }

    /** The message, or why it says nothing that could be believed: the rules that hold however it was carried. */
    public PluginParsed checked() {
        if (assigned == isExpired) {
            return rejected(Reason.FLAGS, "addressAssigned and isExpired are both " + assigned);
        }
        // A client that has no address to tell says nothing that could become a lease, but the manager takes it: so do
        // we.
        if (!address.isEmpty() && !PluginMessage.isAddress(address, false)) {
            return rejected(Reason.ADDRESS, "address is '" + address + "'");
        }
        if (!netmask.isEmpty() && !PluginMessage.isAddress(netmask, false)) {
            return rejected(Reason.ADDRESS, "netmask is '" + netmask + "'");
        }
        return this;
    }

    private Rejected rejected(Reason reason, String detail) {
        return new Rejected(reason, ifname, layout.length(), detail);
    }

    /** The same with other times, in seconds. */
    public Dhcpv4PluginMessage lasting(long lease, long rebinding, long renewal) {
        return new Dhcpv4PluginMessage(
                layout,
                ifname,
                innerIfname,
                assigned,
                isExpired,
                address,
                netmask,
                gateway,
                dnsServer,
                dnsServer1,
                lease,
                rebinding,
                renewal,
                timeOffset,
                timeOffsetAssigned,
                timeZone,
                upstreamRate,
                downstreamRate,
                serverId,
                state,
                mtuAssigned,
                mtu,
                sipServer,
                staticRoutes,
                mta,
                tftpServer,
                hostname,
                domainName);
    }

    @Override
    public byte[] write() {
        byte[] bytes = new byte[layout.length()];
        StructWriter head = new StructWriter(bytes, 0);
        head.text(ifname, IFNAME);
        head.number(0);
        StructWriter out = new StructWriter(bytes, layout.dataAt());
        out.bool(assigned);
        out.bool(isExpired);
        out.text(address, 32);
        out.text(netmask, 32);
        out.text(gateway, 32);
        out.text(dnsServer, 64);
        out.text(dnsServer1, 64);
        out.text(innerIfname, IFNAME);
        out.number(leaseTime);
        out.number(rebindingTime);
        out.number(renewalTime);
        out.number(timeOffset);
        out.bool(timeOffsetAssigned);
        out.text(timeZone, 64);
        out.number(upstreamRate);
        out.number(downstreamRate);
        out.text(serverId, 64);
        out.text(state, 64);
        out.bool(mtuAssigned);
        out.number(mtu);
        out.text(sipServer, 64);
        out.text(staticRoutes, 64);
        out.bool(mta.assigned122);
        out.bool(mta.assigned125);
        out.text(mta.option122, 256);
        out.text(mta.option125, 256);
        out.text(mta.bootFile, 64);
        out.text(tftpServer, 64);
        out.text(hostname, 64);
        out.text(domainName, 64);
        return bytes;
    }
}
