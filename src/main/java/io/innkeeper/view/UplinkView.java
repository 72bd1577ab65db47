package io.innkeeper.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An interface of this machine whose DHCP clients are heard, as JSON.
 *
 * @param name the interface
 * @param number its row in {@code Device.IP.Interface}
 * @param alias what it is called in TR-181
 * @param dhcpv4 its DHCPv4 client; null for none
 * @param dhcpv6 its DHCPv6 client; null for none
 * @param lastAt when its newest message was dealt with; null for none since the start
 * @param waiting messages that wait
 * @param messages how many, by what became of them
 */
public record UplinkView(
        String name,
        int number,
        String alias,
        @Nullable Client dhcpv4,
        @Nullable Client dhcpv6,
        @Nullable Instant lastAt,
        int waiting,
        Map<String, Long> messages) {
    /** Copies the counts. */
    public UplinkView {
        messages = Map.copyOf(messages);
    }

    /**
     * A client.
     *
     * @param number its row in {@code Device.DHCPv4.Client} or {@code Device.DHCPv6.Client}
     * @param phase what was heard of it last
     * @param leases what it has: an address, and for DHCPv6 perhaps a prefix; what is over is not among them
     * @param routers where packets go; DHCPv4 alone
     * @param dnsServers whom it was told to ask for names
     * @param domain its domain, or several with blanks between; empty for none
     * @param server the DHCP server; empty where not told
     * @param softwire how IPv4 goes over IPv6: {@code MAPT}, {@code MAPE}, {@code DSLITE}, or empty
     */
    public record Client(
            int number,
            String phase,
            List<Held> leases,
            List<String> routers,
            List<String> dnsServers,
            String domain,
            String server,
            String softwire) {
        /** Copies the lists. */
        public Client {
            leases = List.copyOf(leases);
            routers = List.copyOf(routers);
            dnsServers = List.copyOf(dnsServers);
        }
    }

    /**
     * An address or a prefix with its times. A time that is null never comes, or was not told.
     *
     * @param kind {@code address} or {@code prefix}
     * @param text it, an IPv4 address with the length of its network
     * @param iaid of its identity association; null for DHCPv4
     * @param stage where it is in its life: {@code bound}, {@code renewing}, {@code rebinding}, {@code over}
     * @param heardAt when it was told: times count from there
     * @param renewAt T1
     * @param rebindAt T2
     * @param preferredUntil until when it is preferred; null for DHCPv4
     * @param validUntil until when it counts
     */
    public record Held(
            String kind,
            String text,
            @Nullable Long iaid,
            String stage,
            Instant heardAt,
            @Nullable Instant renewAt,
            @Nullable Instant rebindAt,
            @Nullable Instant preferredUntil,
            @Nullable Instant validUntil) {}
}
