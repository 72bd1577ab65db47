package io.innkeeper.wire.rdk.v2;

import innkeeper.v1.Dhcp6Address;
import innkeeper.v1.Dhcp6Client;
import innkeeper.v1.Dhcp6NameServers;
import innkeeper.v1.Dhcp6Prefix;
import innkeeper.v1.Dhcp6Times;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.Container;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.IaNa;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.IaPd;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.Times;
import io.innkeeper.wire.rdk.MessageLayout;

/** What a DHCPv6 client said ⇄ Protocol Buffers. What was marked as not there does not go over. */
final class Dhcp6Codec {
    private Dhcp6Codec() {}

    static Dhcp6Client write(Dhcpv6PluginMessage said) {
        Dhcp6Client.Builder out = Dhcp6Client.newBuilder()
                .setEnded(said.isExpired())
                .setVendorLength((int) said.vendorLength())
                .setDomainNames(said.domainNames())
                .setNtpServers(said.ntpServers())
                .setAftr(said.aftr())
                .setTimeOffset((int) said.timeOffset());
        if (said.address().assigned()) {
            out.setAddress(Dhcp6Address.newBuilder()
                    .setAddress(said.address().address())
                    .setTimes(times(said.address().times())));
        }
        if (said.prefix().assigned()) {
            out.setPrefix(Dhcp6Prefix.newBuilder()
                    .setPrefix(said.prefix().prefix())
                    .setLength((int) said.prefix().length())
                    .setTimes(times(said.prefix().times())));
        }
        if (said.dnsAssigned()) {
            out.setNameServers(
                    Dhcp6NameServers.newBuilder().addAllAddresses(Texts.list(said.dnsServer(), said.dnsServer1())));
        }
        if (said.mapt().assigned()) {
            out.setMapt(said.mapt().text());
        }
        if (said.mape().assigned()) {
            out.setMape(said.mape().text());
        }
        if (said.vendor().assigned()) {
            out.setVendor(said.vendor().text());
        }
        return out.build();
    }

    private static Dhcp6Times times(Times times) {
        return Dhcp6Times.newBuilder()
                .setIaid((int) times.iaid())
                .setPreferred((int) times.preferred())
                .setValid((int) times.valid())
                .setT1((int) times.t1())
                .setT2((int) times.t2())
                .build();
    }

    static Dhcpv6PluginMessage read(String ifname, Dhcp6Client said, Texts texts) {
        Dhcp6Address address = said.getAddress();
        Dhcp6Prefix prefix = said.getPrefix();
        Dhcp6NameServers servers = said.getNameServers();
        return new Dhcpv6PluginMessage(
                MessageLayout.LP64_MAPE,
                ifname,
                ifname,
                said.getEnded(),
                new IaNa(said.hasAddress(), texts.of(address.getAddress()), times(address.getTimes())),
                new IaPd(
                        said.hasPrefix(),
                        texts.of(prefix.getPrefix()),
                        Integer.toUnsignedLong(prefix.getLength()),
                        times(prefix.getTimes())),
                said.hasNameServers(),
                texts.of(servers.getAddressesList(), 0),
                texts.of(servers.getAddressesList(), 1),
                new Container(said.hasMapt(), texts.of(said.getMapt())),
                new Container(said.hasMape(), texts.of(said.getMape())),
                new Container(said.hasVendor(), texts.of(said.getVendor())),
                Integer.toUnsignedLong(said.getVendorLength()),
                texts.of(said.getDomainNames()),
                texts.of(said.getNtpServers()),
                texts.of(said.getAftr()),
                Integer.toUnsignedLong(said.getTimeOffset()));
    }

    private static Times times(Dhcp6Times times) {
        return new Times(
                Integer.toUnsignedLong(times.getIaid()),
                Integer.toUnsignedLong(times.getPreferred()),
                Integer.toUnsignedLong(times.getValid()),
                Integer.toUnsignedLong(times.getT1()),
                Integer.toUnsignedLong(times.getT2()));
    }
}
