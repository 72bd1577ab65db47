package io.innkeeper.feed.rdk;

import io.innkeeper.feed.MsgType;
import io.innkeeper.wire.net.Prefix;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.SoftwireOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is published of a lease: the manager's LeaseInfo by its names, without what was not told. Pure. */
public final class LeaseInfo {
    /** What the manager puts where no size is told (from 1.3.0 on). */
    private static final long USUAL_MTU = 1_500;

    private final Map<String, Object> info = new LinkedHashMap<>();

    private LeaseInfo() {}

    /** Of a DHCPv4 client; empty where nothing of the lease is published with such an event. */
    static Map<String, Object> of(MsgType type, Dhcpv4Client.Shown shown) {
        return type == MsgType.UPDATE ? of(shown) : Map.of();
    }

    /** Of a DHCPv6 client; empty where nothing of the lease is published with such an event. */
    static Map<String, Object> of(MsgType type, Dhcpv6Client.Shown shown) {
        return type == MsgType.UPDATE ? of(shown) : Map.of();
    }

    /** Of a DHCPv4 client as it is; empty where it has no lease. */
    public static Map<String, Object> of(Dhcpv4Client.Shown shown) {
        Dhcpv4PluginMessage lease = shown.lease();
        LeaseInfo made = new LeaseInfo();
        if (lease != null) {
            made.four(lease);
        }
        return made.info;
    }

    /** Of a DHCPv6 client as it is; empty where it has no lease. */
    public static Map<String, Object> of(Dhcpv6Client.Shown shown) {
        Dhcpv6PluginMessage lease = shown.lease();
        LeaseInfo made = new LeaseInfo();
        if (lease != null) {
            made.six(lease);
        }
        return made.info;
    }

    /** {@code DHCP_MGR_IPV4_MSG}. */
    private void four(Dhcpv4PluginMessage lease) {
        put("ifname", lease.ifname());
        put("address", lease.address());
        put("netmask", lease.netmask());
        put("gateway", lease.gateway());
        put("dnsServer", lease.dnsServer());
        put("dnsServer1", lease.dnsServer1());
        put("timeZone", lease.timeZone());
        info.put("mtuSize", lease.mtu() == 0 ? USUAL_MTU : lease.mtu());
        if (lease.timeOffsetAssigned()) {
            info.put("timeOffset", lease.timeOffset());
        }
        info.put("isTimeOffsetAssigned", lease.timeOffsetAssigned());
        number("upstreamCurrRate", lease.upstreamRate());
        number("downstreamCurrRate", lease.downstreamRate());
        put("cOption122", lease.mta().option122());
        put("cOption67", lease.mta().bootFile());
        put("cTftpServer", lease.tftpServer());
        put("cHostName", lease.hostname());
        put("cDomainName", lease.domainName());
    }

    /** {@code DHCP_MGR_IPV6_MSG}. */
    private void six(Dhcpv6PluginMessage lease) {
        put("ifname", lease.ifname());
        put("address", lease.address().assigned() ? lease.address().address() : "");
        put("nameserver", lease.dnsServer());
        put("nameserver1", lease.dnsServer1());
        put("domainName", lease.domainNames().strip());
        if (lease.prefix().assigned()) {
            put("sitePrefix", lease.prefix().prefix() + "/" + lease.prefix().length());
            info.put("prefixPltime", lease.prefix().times().preferred());
            info.put("prefixVltime", lease.prefix().times().valid());
        }
        info.put("addrAssigned", lease.address().assigned());
        info.put("prefixAssigned", lease.prefix().assigned());
        info.put("domainNameAssigned", !lease.domainNames().isBlank());
        number("ipv6_TimeOffset", timeOffset(lease));
        info.put("maptAssigned", lease.mapt().assigned());
        info.put("mapeAssigned", lease.mape().assigned());
        put("aftr", lease.aftr().strip());
        boolean translated = lease.mapt().assigned();
        SoftwireOption.parse(translated ? lease.mapt().text() : lease.mape().text())
                .ifPresent(option -> info.put(
                        "map", map(option, translated, lease.delegated().orElse(null))));
    }

    /** Suboption 38 of vendor 4491, as dibbler prints it: {@code vendor=4491 38=3600}; 0 where it is not told. */
    private static long timeOffset(Dhcpv6PluginMessage lease) {
        for (String word : lease.vendor().text().split(" ")) {
            if (word.matches("38=[0-9]{1,10}")) {
                return Long.parseLong(word.substring(3));
            }
        }
        return lease.timeOffset();
    }

    private static Map<String, Object> map(SoftwireOption option, boolean translated, @Nullable Prefix delegated) {
        LeaseInfo map = new LeaseInfo();
        map.put("brIPv6Prefix", option.border() == null ? "" : option.border().toString());
        SoftwireOption.Rule rule = option.rule();
        if (rule != null) {
            map.put("ruleIPv4Prefix", rule.v4().toString());
            map.put("ruleIPv6Prefix", rule.v6().toString());
            if (delegated != null) {
                map.put("pdIPv6Prefix", delegated.toString());
                map.info.put("iapdPrefixLen", delegated.length());
            }
            map.info.put("eaLen", rule.eaLength());
            map.info.put("psidOffset", rule.psidOffset());
            map.info.put("psidLen", rule.psidLength());
            map.info.put("psid", rule.psid(delegated));
            map.info.put("v4Len", rule.v4().length());
            map.info.put("v6Len", rule.v6().length());
            map.info.put("ratio", rule.ratio());
            map.info.put("isFMR", rule.isForwarding());
        }
        map.put("mapType", translated ? "MAPT" : "MAPE");
        return map.info;
    }

    private void put(String name, String value) {
        if (!value.isEmpty()) {
            info.put(name, value);
        }
    }

    private void number(String name, long value) {
        if (value != 0) {
            info.put(name, value);
        }
    }
}
