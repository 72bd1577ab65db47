package io.innkeeper.wire.rdk;

import io.innkeeper.wire.net.Prefix;

/**
 * LeaseInfo, the octets in which the RDK DHCP manager publishes a lease since February 2026: {@code DHCP_MGR_IPV4_MSG} and
 * {@code DHCP_MGR_IPV6_MSG}. They are the same on 32 and on 64 bits.
 */
public final class PublishedLease {
    /** Octets of a DHCPv4 lease. */
    public static final int V4 = 884;

    /** Octets of a DHCPv6 lease. */
    public static final int V6 = 924;

    /** What the manager puts where no size is told. */
    private static final long USUAL_MTU = 1_500;

    private static final int MAP_E = 1;
    private static final int MAP_T = 2;

    private final StructWriter out;

    private PublishedLease(byte[] bytes) {
        out = new StructWriter(bytes, 0);
    }

    /** Of a DHCPv4 lease. */
    public static byte[] write(Dhcpv4PluginMessage lease) {
        byte[] bytes = new byte[V4];
        PublishedLease published = new PublishedLease(bytes);
        published.text(lease.ifname(), 64);
        published.text(lease.address(), 32);
        published.text(lease.netmask(), 32);
        published.text(lease.gateway(), 32);
        published.text(lease.dnsServer(), 64);
        published.text(lease.dnsServer1(), 64);
        published.text(lease.timeZone(), 64);
        published.out.number(lease.mtu() == 0 ? USUAL_MTU : lease.mtu());
        published.out.number(lease.timeOffset());
        published.out.bool(lease.timeOffsetAssigned());
        published.out.number(lease.upstreamRate());
        published.out.number(lease.downstreamRate());
        published.text(lease.mta().option122(), 256);
        published.text(lease.mta().bootFile(), 64);
        published.text(lease.tftpServer(), 64);
        published.text(lease.hostname(), 64);
        published.text(lease.domainName(), 64);
        return bytes;
    }

    /** Of a DHCPv6 lease. */
    public static byte[] write(Dhcpv6PluginMessage lease) {
        byte[] bytes = new byte[V6];
        PublishedLease published = new PublishedLease(bytes);
        published.text(lease.ifname(), 32);
        published.text(lease.address().assigned() ? lease.address().address() : "", 48);
        published.text(lease.dnsServer(), 128);
        published.text(lease.dnsServer1(), 128);
        published.text(lease.domainNames(), 64);
        // Without a prefix it says "/0".
        published.text(
                (lease.prefix().assigned() ? lease.prefix().prefix() : "") + "/"
                        + lease.prefix().length(),
                48);
        published.out.number(lease.prefix().times().preferred());
        published.out.number(lease.prefix().times().valid());
        published.out.bool(lease.address().assigned());
        published.out.bool(lease.prefix().assigned());
        published.out.bool(!lease.domainNames().isBlank());
        published.out.number(lease.timeOffset());
        published.out.bool(lease.mapt().assigned());
        published.out.bool(lease.mape().assigned());
        published.out.aligned();
        published.softwire(lease);
        return bytes;
    }

    private void softwire(Dhcpv6PluginMessage lease) {
        boolean translated = lease.mapt().assigned();
        SoftwireOption option = SoftwireOption.parse(
                        translated ? lease.mapt().text() : lease.mape().text())
                .orElse(null);
        SoftwireOption.Rule rule = option == null ? null : option.rule();
        Prefix delegated = lease.delegated().orElse(null);
        text(option == null || option.border() == null ? "" : option.border().toString(), 128);
        text(rule == null ? "" : rule.v4().toString(), 32);
        text(rule == null ? "" : rule.v6().toString(), 128);
        text(option == null || delegated == null ? "" : delegated.toString(), 128);
        out.number(option == null || delegated == null ? 0 : delegated.length());
        out.number(rule == null ? 0 : rule.eaLength());
        out.number(rule == null ? 0 : rule.psidOffset());
        out.number(rule == null ? 0 : rule.psidLength());
        out.number(rule == null ? 0 : rule.psid(delegated));
        out.number(rule == null ? 0 : rule.v4().length());
        out.number(rule == null ? 0 : rule.v6().length());
        out.number(rule == null ? 0 : rule.ratio());
        out.bool(rule != null && rule.isForwarding());
        out.number(option == null ? 0 : translated ? MAP_T : MAP_E);
    }

    /** With a NUL at its end, however long it is. */
    private void text(String text, int size) {
        out.text(text, size - 1);
        out.bool(false);
    }
}
