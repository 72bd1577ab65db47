package io.innkeeper.feed.rdk;

import io.innkeeper.feed.MsgType;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is published of a lease: the manager's LeaseInfo by name, without what was not told. Pure. */
final class LeaseInfo {
    private LeaseInfo() {}

    /** Of a DHCPv4 client; empty where nothing of the lease is published with such an event. */
    static Map<String, Object> of(MsgType type, Dhcpv4Client.Shown shown) {
        Map<String, Object> info = new LinkedHashMap<>();
        Dhcpv4PluginMessage lease = shown.lease();
        if (type != MsgType.UPDATE || lease == null) {
            return info;
        }
        put(info, "address", lease.address());
        put(info, "netmask", lease.netmask());
        put(info, "gateway", lease.gateway());
        put(info, "dnsServer", lease.dnsServer());
        put(info, "dnsServer1", lease.dnsServer1());
        return info;
    }

    /** Of a DHCPv6 client; empty where nothing of the lease is published with such an event. */
    static Map<String, Object> of(MsgType type, Dhcpv6Client.Shown shown) {
        Map<String, Object> info = new LinkedHashMap<>();
        Dhcpv6PluginMessage lease = shown.lease();
        if (type != MsgType.UPDATE || lease == null) {
            return info;
        }
        put(info, "address", lease.address().address());
        if (lease.prefix().assigned()) {
            put(
                    info,
                    "sitePrefix",
                    lease.prefix().prefix() + "/" + lease.prefix().length());
        }
        put(info, "nameserver", lease.dnsServer());
        put(info, "nameserver1", lease.dnsServer1());
        return info;
    }

    private static void put(Map<String, Object> info, String name, String value) {
        if (!value.isEmpty()) {
            info.put(name, value);
        }
    }
}
