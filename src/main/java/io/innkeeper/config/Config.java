package io.innkeeper.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration. Names and defaults are a contract with users; the annotations are the single source of the
 * reference page, the schema and the checks.
 *
 * @param store where leases, devices and events last
 * @param api the HTTP listener
 * @param log what is logged, and where to
 * @param events the event stream
 * @param history who had an address when
 * @param devices the device table
 * @param metrics what {@code /metrics} shows
 * @param dnsmasq the dnsmasq instances to watch; null where the section is absent, which asks for a search of the usual
 *     places; an empty list asks for none
 * @param dhcp4 the DHCPv4 server; null for none
 * @param arp the roll call; null for none
 * @param dns the DNS server; null for none
 * @param leaseMonitor hears the plugins of DHCP clients; null for none
 * @param outbound who is told of events; null for nobody
 * @param install what systems boot that are marked for installation; null for nothing
 * @param limits how long queues may get and how much is kept in memory
 */
@Doc("Everything can be left out; these keys stand at the top of the document.")
@Later("dhcp6")
public record Config(
        @Doc("The database: `sqlite:` and the path of a file, which is made where it does not exist.")
        @Default("sqlite:innkeeper.db")
        @Matches(
                pattern = "^sqlite:[^\\u0000]+$",
                words = "a store of this version: write sqlite:FILE (postgresql:// comes with a later version)")
        String store,

        @Doc("The HTTP listener: the page, the REST API, the event stream.")
        ApiConfig api,

        @Doc("What is logged, and where to.") LogConfig log,
        @Doc("The numbered event stream.") EventsConfig events,
        @Doc("Who had an address when.") HistoryConfig history,

        @Doc("The devices that were seen, one for each MAC address.")
        DevicesConfig devices,

        @Doc("What `/metrics` shows.") MetricsConfig metrics,

        @Doc(
                "The dnsmasq instances to watch: one object, a list of named ones, or a mapping from name to object. Without"
                        + " this key the usual places of this machine are searched; `[]` watches none.")
        @ByName
        @Nullable
        List<DnsmasqSource> dnsmasq,

        @Doc("The DHCPv4 server; it does not run without this section.") @Nullable
        Dhcp4Config dhcp4,

        @Doc("The roll call, by ARP and IPv6 neighbor discovery; it does not run without this section.") @Nullable
        ArpConfig arp,

        @Doc("The DNS server; it does not run without this section.") @Nullable
        DnsConfig dns,

        @Doc("The lease monitor, for the DHCP clients of this machine; it does not run without this section.") @Nullable
        LeaseMonitorConfig leaseMonitor,

        @Doc("Who is told of events: webhooks, and an MQTT broker.") @Nullable
        OutboundConfig outbound,

        @Doc("What systems boot that are marked for installation.") @Nullable
        InstallConfig install,

        @Doc("How long queues may get and how much is kept in memory.")
        LimitsConfig limits) {

    /** Copies the list. */
    public Config {
        dnsmasq = dnsmasq == null ? null : List.copyOf(dnsmasq);
    }
}
