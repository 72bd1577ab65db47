package io.innkeeper.api.http;

import io.innkeeper.config.Dhcp4Pool;
import io.innkeeper.config.Dhcp4Subnet;
import io.innkeeper.store.MapQueries;
import io.innkeeper.store.Page;
import io.innkeeper.store.Paging;
import io.innkeeper.store.ReservationStore;
import io.innkeeper.view.MapCells;
import io.innkeeper.view.MapView;
import io.innkeeper.view.ReservationView;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** A network address by address. */
public final class MapRoutes {
    /** The shortest prefix that is shown at once: 4,096 addresses. */
    private static final int WIDEST = 20;

    /** Of a wider network, those parts are on offer of which something is known. */
    private static final int PART = 24;

    private static final int MAX_PARTS = 256;
    private static final int MAX_RESERVATION_PAGES = 10;

    /** An IPv4 address of this machine, and the network that it is in. */
    public record Local(IpAddress address, Prefix network) {}

    private final MapQueries queries;
    private final ReservationStore reservations;
    private final Dhcp4Desk dhcp4;
    private final Supplier<List<Local>> local;

    /** Of what store, configuration and this machine know. */
    public MapRoutes(MapQueries queries, ReservationStore reservations, Dhcp4Desk dhcp4, Supplier<List<Local>> local) {
        this.queries = queries;
        this.reservations = reservations;
        this.dhcp4 = dhcp4;
        this.local = local;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.get(
                        "/api/v1/map",
                        "Who is at which address of a network, and which networks there are",
                        MapView.class,
                        this::map)
                .taking(new Route.Parameter(
                        "prefix",
                        "an IPv4 network such as 192.168.1.0/24, at most a /20; without it, the first that is known")));
    }

    private Answer map(Call call) {
        Prefix asked = call.query(
                "prefix",
                "an IPv4 network such as 192.168.1.0/24, at most a /20",
                text -> Prefix.parse(text).filter(prefix -> !prefix.network().v6() && prefix.length() >= WIDEST));
        call.check();
        List<Local> here = local.get();
        Set<Prefix> networks = networks(here);
        Prefix prefix = asked == null ? networks.stream().findFirst().orElse(null) : asked;
        List<String> names = networks.stream().map(Prefix::toString).toList();
        if (prefix == null) {
            return Answer.json(new MapView(null, names, List.of(), List.of()));
        }
        MapCells cells = new MapCells(prefix);
        here.forEach(one -> cells.add(MapView.Cell.self(one.address().toString())));
        queries.cells(prefix).forEach(cells::add);
        addReservations(cells);
        return Answer.json(new MapView(prefix.toString(), names, cells.cells(), pools(prefix)));
    }

    /** Those with leases first, then those of our server, then those of this machine. */
    private Set<Prefix> networks(List<Local> here) {
        List<Prefix> all = new ArrayList<>(queries.networks());
        dhcp4.config().ifPresent(config -> config.allSubnets().forEach(subnet -> all.add(subnet.prefix())));
        here.forEach(one -> all.add(one.network()));
        Set<Prefix> networks = new LinkedHashSet<>();
        all.stream().filter(prefix -> prefix.length() >= WIDEST).forEach(networks::add);
        List<Prefix> wide =
                all.stream().filter(prefix -> prefix.length() < WIDEST).toList();
        if (!wide.isEmpty()) {
            List<IpAddress> known = new ArrayList<>(queries.addresses());
            here.forEach(one -> known.add(one.address()));
            Set<IpAddress> parts = new TreeSet<>();
            known.stream()
                    .filter(address -> wide.stream().anyMatch(prefix -> prefix.contains(address)))
                    .forEach(address -> parts.add(new Prefix(address, PART).network()));
            parts.stream().limit(MAX_PARTS).forEach(part -> networks.add(new Prefix(part, PART)));
        }
        return networks;
    }

    private void addReservations(MapCells cells) {
        String cursor = null;
        for (int i = 0; i < MAX_RESERVATION_PAGES; i++) {
            Page<ReservationView> page = reservations.list(new Paging(null, cursor, Paging.MAX_LIMIT));
            for (ReservationView each : page.items()) {
                String mac = each.macs().size() == 1 ? each.macs().getFirst() : null;
                each.addresses().forEach(address -> cells.add(MapView.Cell.reserved(address, mac, each.name())));
            }
            cursor = page.next();
            if (cursor == null) {
                return;
            }
        }
    }

    /** What our server may hand out of this network, without what is excluded. */
    private List<MapView.Range> pools(Prefix prefix) {
        List<MapView.Range> ranges = new ArrayList<>();
        for (Dhcp4Subnet subnet :
                dhcp4.config().map(config -> config.allSubnets()).orElse(List.of())) {
            for (Dhcp4Pool pool : subnet.pools()) {
                add(ranges, pool, prefix);
            }
        }
        return ranges;
    }

    private static void add(List<MapView.Range> ranges, Dhcp4Pool pool, Prefix prefix) {
        long last = Math.min(pool.range().last().low(), prefix.last().low());
        long begin = -1;
        for (long at = Math.max(pool.range().first().low(), prefix.network().low()); at <= last + 1; at++) {
            boolean free = at <= last && !excluded(pool, at);
            if (free && begin < 0) {
                begin = at;
            } else if (!free && begin >= 0) {
                ranges.add(new MapView.Range(text(begin), text(at - 1)));
                begin = -1;
            }
        }
    }

    private static boolean excluded(Dhcp4Pool pool, long bits) {
        return pool.exclude().stream().anyMatch(range -> range.contains(IpAddress.v4((int) bits)));
    }

    private static String text(long bits) {
        return IpAddress.v4((int) bits).toString();
    }
}
