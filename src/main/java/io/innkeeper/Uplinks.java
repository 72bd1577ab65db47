package io.innkeeper;

import io.innkeeper.api.http.UplinkDesk;
import io.innkeeper.config.LeaseMonitorClient;
import io.innkeeper.config.LeaseMonitorConfig;
import io.innkeeper.feed.rdk.Dhcpv4Client;
import io.innkeeper.feed.rdk.Dhcpv6Client;
import io.innkeeper.feed.rdk.InterfaceState;
import io.innkeeper.feed.rdk.MessageLog;
import io.innkeeper.feed.rdk.MonitorCounts;
import io.innkeeper.feed.rdk.Phase;
import io.innkeeper.feed.rdk.tr181.Order;
import io.innkeeper.feed.rdk.tr181.Uplink;
import io.innkeeper.service.CommandResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The interfaces of the lease monitor with their places in TR-181, and what their clients can be told. */
final class Uplinks implements UplinkDesk {
    private final Supplier<@Nullable LeaseMonitorConfig> config;
    private final Supplier<List<InterfaceState>> states;
    private final UplinkNumbers numbers;
    private final MonitorCounts counts;
    private final UplinkOrders orders;
    private final MessageLog log = new MessageLog();

    /**
     * Of a lease monitor.
     *
     * @param config its section as it is now
     * @param states how its interfaces stand
     */
    Uplinks(
            Heart heart,
            Supplier<@Nullable LeaseMonitorConfig> config,
            Supplier<List<InterfaceState>> states,
            MonitorCounts counts) {
        this.config = config;
        this.states = states;
        this.counts = counts;
        this.numbers = new UplinkNumbers(heart.settings, heart.clock);
        this.orders = new UplinkOrders(heart, () -> {
            LeaseMonitorConfig section = config.get();
            return section == null ? null : section.hooks();
        });
    }

    @Override
    public Optional<Status> status() {
        LeaseMonitorConfig section = config.get();
        return Optional.ofNullable(section)
                .map(there -> new Status(
                        there.compatibility().name().toLowerCase(Locale.ROOT), uplinks(there), orders.configured()));
    }

    private List<Uplink> uplinks(LeaseMonitorConfig section) {
        Map<String, InterfaceState> heard =
                states.get().stream().collect(Collectors.toMap(InterfaceState::ifname, Function.identity()));
        Stream<Uplink> all = section.clients().isEmpty()
                ? heard.values().stream()
                        .sorted(Comparator.comparing(InterfaceState::ifname))
                        .map(this::unlisted)
                : section.clients().stream().map(client -> listed(client, heard.get(client.name())));
        return all.sorted(Comparator.comparingInt(Uplink::number)).toList();
    }

    private Uplink listed(LeaseMonitorClient client, @Nullable InterfaceState state) {
        return new Uplink(
                state == null ? silent(client.name()) : state,
                numbers.of(client.name()),
                client.dhcpv4(),
                client.dhcpv6(),
                client.alias() == null ? alias(client.name()) : client.alias(),
                client.duid() == null ? "" : client.duid().replace(":", "").toUpperCase(Locale.ROOT));
    }

    /** Its number is the same in all tables; a client of which nothing was heard is in none. */
    private Uplink unlisted(InterfaceState state) {
        int number = numbers.of(state.ifname());
        return new Uplink(
                state,
                number,
                state.v4().phase() == Phase.NONE ? null : number,
                state.v6().phase() == Phase.NONE ? null : number,
                alias(state.ifname()),
                "");
    }

    private static String alias(String ifname) {
        return "cpe-" + ifname;
    }

    private static InterfaceState silent(String ifname) {
        return new InterfaceState(ifname, Dhcpv4Client.Shown.NOTHING, Dhcpv6Client.Shown.NOTHING, 0, null);
    }

    /** An interface was heard of: it has a number from then on. */
    void heardOf(String ifname) {
        numbers.of(ifname);
    }

    @Override
    public Map<String, Long> messages(InterfaceState state) {
        return counts.ofInterface(state.ifname());
    }

    @Override
    public MessageLog log() {
        return log;
    }

    @Override
    public CommandResponse order(Order order, String ifname, int family, String by) {
        LeaseMonitorConfig section = config.get();
        List<Uplink> known = section == null ? List.of() : new ArrayList<>(uplinks(section));
        Uplink uplink = known.stream()
                .filter(one -> one.name().equals(ifname))
                .findFirst()
                .orElse(null);
        if (uplink == null) {
            String names = known.stream().map(Uplink::name).collect(Collectors.joining(", "));
            return CommandResponse.commandError("interface: no client of '" + ifname + "' is known; there are: "
                    + (names.isEmpty() ? "none" : names));
        }
        if (family != 0 && uplink.client(family) == null) {
            return CommandResponse.commandError("family: " + ifname + " has no DHCPv" + family + " client");
        }
        return orders.run(order, uplink, family, by);
    }
}
