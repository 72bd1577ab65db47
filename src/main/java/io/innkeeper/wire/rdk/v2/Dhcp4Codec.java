package io.innkeeper.wire.rdk.v2;

import innkeeper.v1.Dhcp4Client;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.MessageLayout;

/** What a DHCPv4 client said ⇄ Protocol Buffers. What was marked as not there does not go over. */
final class Dhcp4Codec {
    private Dhcp4Codec() {}

    static Dhcp4Client write(Dhcpv4PluginMessage said) {
        Dhcp4Client.Builder out = Dhcp4Client.newBuilder()
                .setEnded(said.isExpired())
                .setState(said.state())
                .setAddress(said.address())
                .setNetmask(said.netmask())
                .setRouters(said.gateway())
                .addAllNameServers(Texts.list(said.dnsServer(), said.dnsServer1()))
                .setLeaseTime((int) said.leaseTime())
                .setRenewalTime((int) said.renewalTime())
                .setRebindingTime((int) said.rebindingTime())
                .setTimeZone(said.timeZone())
                .setUpstreamRate((int) said.upstreamRate())
                .setDownstreamRate((int) said.downstreamRate())
                .setServerId(said.serverId())
                .setSipServers(said.sipServer())
                .setStaticRoutes(said.staticRoutes())
                .setBootFile(said.mta().bootFile())
                .setTftpServer(said.tftpServer())
                .setHostname(said.hostname())
                .setDomainName(said.domainName());
        if (said.timeOffsetAssigned()) {
            out.setTimeOffset(said.timeOffset());
        }
        if (said.mtuAssigned()) {
            out.setMtu((int) said.mtu());
        }
        if (said.mta().assigned122()) {
            out.setOption122(said.mta().option122());
        }
        if (said.mta().assigned125()) {
            out.setOption125(said.mta().option125());
        }
        return out.build();
    }

    static Dhcpv4PluginMessage read(String ifname, Dhcp4Client said, Texts texts) {
        return new Dhcpv4PluginMessage(
                MessageLayout.LP64_MAPE,
                ifname,
                ifname,
                !said.getEnded(),
                said.getEnded(),
                texts.of(said.getAddress()),
                texts.of(said.getNetmask()),
                texts.of(said.getRouters()),
                texts.of(said.getNameServersList(), 0),
                texts.of(said.getNameServersList(), 1),
                Integer.toUnsignedLong(said.getLeaseTime()),
                Integer.toUnsignedLong(said.getRebindingTime()),
                Integer.toUnsignedLong(said.getRenewalTime()),
                said.getTimeOffset(),
                said.hasTimeOffset(),
                texts.of(said.getTimeZone()),
                Integer.toUnsignedLong(said.getUpstreamRate()),
                Integer.toUnsignedLong(said.getDownstreamRate()),
                texts.of(said.getServerId()),
                texts.of(said.getState()),
                said.hasMtu(),
                Integer.toUnsignedLong(said.getMtu()),
                texts.of(said.getSipServers()),
                texts.of(said.getStaticRoutes()),
                new Dhcpv4PluginMessage.Mta(
                        said.hasOption122(),
                        said.hasOption125(),
                        texts.of(said.getOption122()),
                        texts.of(said.getOption125()),
                        texts.of(said.getBootFile())),
                texts.of(said.getTftpServer()),
                texts.of(said.getHostname()),
                texts.of(said.getDomainName()));
    }
}
