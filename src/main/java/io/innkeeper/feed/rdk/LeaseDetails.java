package io.innkeeper.feed.rdk;

import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Details;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import io.innkeeper.wire.net.UtcText;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.Container;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.IaNa;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.IaPd;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage.Times;
import io.innkeeper.wire.rdk.MessageLayout;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leases of plugins as the lease table has them, and back. Pure. */
final class LeaseDetails {
    /** The delegated prefix with its length, in the details of the lease of a prefix. */
    static final String PREFIX = "prefix";

    /** When the plugin last told of the lease; its times count from there. */
    private static final String HEARD_AT = "heardAt";

    private static final String INTERFACE = "interface";
    private static final String VALID = "validLifetime";
    private static final String PREFERRED = "preferredLifetime";
    private static final String T1 = "t1";
    private static final String T2 = "t2";
    private static final long INFINITE_32_BIT = 0x7fff_ffffL;
    private static final Container NOTHING = new Container(false, "");

    private LeaseDetails() {}

    /** A DHCPv4 lease; its address must be one. */
    static LeaseFact of(Dhcpv4PluginMessage said, Instant heardAt) {
        Details.Builder details = new Details.Builder();
        put(details, INTERFACE, said.ifname());
        details.put(HEARD_AT, UtcText.of(heardAt));
        put(details, "netmask", said.netmask());
        put(details, "routers", said.gateway());
        put(details, "dnsServers", (said.dnsServer() + " " + said.dnsServer1()).strip());
        put(details, "server", said.serverId());
        put(details, "state", said.state());
        put(details, "timeZone", said.timeZone());
        put(details, "domain", said.domainName());
        put(details, "sipServers", said.sipServer());
        put(details, "staticRoutes", said.staticRoutes());
        put(details, "tftpServer", said.tftpServer());
        put(details, "bootFile", said.mta().bootFile());
        put(details, "option122", said.mta().option122());
        put(details, "option125", said.mta().option125());
        number(details, VALID, said.leaseTime());
        number(details, T1, said.renewalTime());
        number(details, T2, said.rebindingTime());
        number(details, "mtu", said.mtu());
        number(details, "upstreamRate", said.upstreamRate());
        number(details, "downstreamRate", said.downstreamRate());
        if (said.timeOffsetAssigned()) {
            details.put("timeOffset", Integer.toString(said.timeOffset()));
        }
        IpAddress address = address(said.address());
        return fact(
                address,
                said.hostname().isEmpty() ? null : said.hostname(),
                isForever(said)
                        ? Expiry.INFINITE
                        : said.leaseTime() == 0 ? Expiry.UNKNOWN : end(heardAt, said.leaseTime()),
                null,
                network(address, said.netmask()),
                details);
    }

    /** Whether it has no end, as plugins of 64 and of 32 bits say it. */
    static boolean isForever(Dhcpv4PluginMessage said) {
        return said.leaseTime() == Dhcpv6PluginMessage.INFINITE
                || (said.layout().is32Bit() && said.leaseTime() == INFINITE_32_BIT);
    }

    /** The address of a DHCPv6 lease, which must be assigned. */
    static LeaseFact ofAddress(Dhcpv6PluginMessage said, Instant heardAt, boolean zeroIsForever) {
        Details.Builder details = options(said, heardAt, said.address().times());
        return fact(
                address(said.address().address()),
                null,
                expiry(said.address().times(), heardAt, zeroIsForever),
                said.address().times().iaid(),
                null,
                details);
    }

    /** The prefix of a DHCPv6 lease, which must be assigned: a lease of its first address. */
    static LeaseFact ofPrefix(Dhcpv6PluginMessage said, Instant heardAt, boolean zeroIsForever) {
        Details.Builder details = options(said, heardAt, said.prefix().times());
        Prefix prefix = prefix(said.prefix());
        details.put(PREFIX, prefix.toString());
        put(details, "mapt", said.mapt().text());
        put(details, "mape", said.mape().text());
        return fact(
                prefix.network(),
                null,
                expiry(said.prefix().times(), heardAt, zeroIsForever),
                said.prefix().times().iaid(),
                prefix,
                details);
    }

    /** A prefix without the bits behind its length. */
    static Prefix prefix(IaPd delegated) {
        return new Prefix(address(delegated.prefix()), (int) delegated.length());
    }

    private static Details.Builder options(Dhcpv6PluginMessage said, Instant heardAt, Times times) {
        Details.Builder details = new Details.Builder();
        put(details, INTERFACE, said.ifname());
        details.put(HEARD_AT, UtcText.of(heardAt));
        details.put(PREFERRED, Long.toString(times.preferred()));
        details.put(VALID, Long.toString(times.valid()));
        number(details, T1, times.t1());
        number(details, T2, times.t2());
        put(details, "dnsServers", (said.dnsServer() + " " + said.dnsServer1()).strip());
        put(details, "domain", said.domainNames().strip());
        put(details, "ntpServers", said.ntpServers().strip());
        put(details, "aftr", said.aftr().strip());
        put(details, "vendorOptions", said.vendor().text());
        return details;
    }

    private static LeaseFact fact(
            IpAddress address,
            @Nullable String hostname,
            Expiry expiry,
            @Nullable Long iaid,
            @Nullable Prefix subnet,
            Details.Builder details) {
        return new LeaseFact(
                address, null, null, hostname, expiry, iaid, false, Allocation.DYNAMIC, null, subnet, details.build());
    }

    private static Expiry expiry(Times times, Instant heardAt, boolean zeroIsForever) {
        boolean forever = times.valid() == Dhcpv6PluginMessage.INFINITE || (zeroIsForever && times.valid() == 0);
        return forever ? Expiry.INFINITE : end(heardAt, times.valid());
    }

    private static Expiry end(Instant heardAt, long seconds) {
        return new Expiry(Expiry.Kind.AT, heardAt.plusSeconds(seconds), Duration.ofSeconds(seconds));
    }

    private static @Nullable Prefix network(IpAddress address, String netmask) {
        return IpAddress.parse(netmask)
                .flatMap(mask -> Prefix.ofMask(address, mask))
                .orElse(null);
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow(() -> new IllegalArgumentException("no address: " + text));
    }

    private static void put(Details.Builder details, String key, String value) {
        if (!value.isEmpty()) {
            details.put(key, value);
        }
    }

    private static void number(Details.Builder details, String key, long value) {
        if (value != 0) {
            details.put(key, Long.toString(value));
        }
    }

    /** When the plugin last told of a lease that the store holds; the time given where it does not say. */
    static Instant heardAt(LeaseFact fact, Instant otherwise) {
        try {
            return Instant.parse(fact.details().getOrDefault(HEARD_AT, ""));
        } catch (DateTimeException notTold) {
            return otherwise;
        }
    }

    /** What a plugin of today would have said for a DHCPv4 lease that the store holds. */
    static Dhcpv4PluginMessage message4(String ifname, LeaseFact fact) {
        Map<String, String> details = fact.details();
        String[] dns = (text(details, "dnsServers") + " ").split(" ", -1);
        String hostname = fact.hostname() == null ? "" : fact.hostname();
        return new Dhcpv4PluginMessage(
                MessageLayout.LP64_MAPE,
                ifname,
                ifname,
                true,
                false,
                fact.address().toString(),
                text(details, "netmask"),
                text(details, "routers"),
                dns[0],
                dns[1],
                fact.expiry().equals(Expiry.INFINITE) ? Dhcpv6PluginMessage.INFINITE : number(details, VALID),
                number(details, T2),
                number(details, T1),
                (int) number(details, "timeOffset"),
                details.containsKey("timeOffset"),
                text(details, "timeZone"),
                number(details, "upstreamRate"),
                number(details, "downstreamRate"),
                text(details, "server"),
                text(details, "state"),
                false,
                number(details, "mtu"),
                text(details, "sipServers"),
                text(details, "staticRoutes"),
                new Dhcpv4PluginMessage.Mta(
                        !text(details, "option122").isEmpty(),
                        !text(details, "option125").isEmpty(),
                        text(details, "option122"),
                        text(details, "option125"),
                        text(details, "bootFile")),
                text(details, "tftpServer"),
                hostname,
                text(details, "domain"));
    }

    /** What a plugin of today would have said for the DHCPv6 leases that the store holds; one of them may be missing. */
    static Dhcpv6PluginMessage message6(String ifname, @Nullable LeaseFact address, @Nullable LeaseFact prefix) {
        Map<String, String> details = new LinkedHashMap<>(prefix == null ? Map.of() : prefix.details());
        details.putAll(address == null ? Map.of() : address.details());
        String[] dns = (text(details, "dnsServers") + " ").split(" ", -1);
        String vendor = text(details, "vendorOptions");
        return new Dhcpv6PluginMessage(
                MessageLayout.LP64_MAPE,
                ifname,
                ifname,
                false,
                address == null
                        ? new IaNa(false, "", times(null))
                        : new IaNa(true, address.address().toString(), times(address)),
                prefix == null
                        ? new IaPd(false, "", 0, times(null))
                        : new IaPd(true, prefix.address().toString(), length(prefix), times(prefix)),
                !text(details, "dnsServers").isEmpty(),
                dns[0],
                dns[1],
                container(prefix, "mapt"),
                container(prefix, "mape"),
                new Container(!vendor.isEmpty(), vendor),
                vendor.length(),
                text(details, "domain"),
                text(details, "ntpServers"),
                text(details, "aftr"),
                0);
    }

    private static Container container(@Nullable LeaseFact fact, String key) {
        String text = fact == null ? "" : text(fact.details(), key);
        return text.isEmpty() ? NOTHING : new Container(true, text);
    }

    private static long length(LeaseFact prefix) {
        return prefix.subnet() == null ? 128 : prefix.subnet().length();
    }

    private static Times times(@Nullable LeaseFact fact) {
        if (fact == null) {
            return new Times(0, 0, 0, 0, 0);
        }
        Map<String, String> details = fact.details();
        return new Times(
                fact.iaid() == null ? 0 : fact.iaid(),
                number(details, PREFERRED),
                number(details, VALID),
                number(details, T1),
                number(details, T2));
    }

    private static String text(Map<String, String> details, String key) {
        return details.getOrDefault(key, "");
    }

    private static long number(Map<String, String> details, String key) {
        try {
            return Long.parseLong(text(details, key));
        } catch (NumberFormatException notTold) {
            return 0;
        }
    }
}
