package io.innkeeper.dhcp;

import io.innkeeper.dhcp.IndexedSubnet.IndexedPool;
import io.innkeeper.dhcp.IndexedSubnet.IndexedReservation;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says to a client: global, then shared network, subnet, pool, classes in their order, reservation;
 * what comes later is stronger. Results are kept, since many clients are told the same.
 */
final class OptionResolver {
    /** The most results that are kept; where there are more, all go and come again as they are needed. */
    static final int MAX_KEPT = 4_096;

    /** What a plan that says nothing about lifetimes gives: an hour. */
    private static final Layer.Lifetime HOUR = new Layer.Lifetime(3_600, 60, 86_400, 0, 0, "built in");

    /** What the server itself decides, reply by reply; RFC 2131 §4.3.1 table 3 forbids others to be sent at all. */
    private static final boolean[] OWN = new boolean[256];

    static {
        int[] codes = {
            OptionCode.PAD,
            OptionCode.REQUESTED_ADDRESS,
            OptionCode.LEASE_TIME,
            OptionCode.OVERLOAD,
            OptionCode.MESSAGE_TYPE,
            OptionCode.SERVER_ID,
            OptionCode.PARAMETER_REQUEST_LIST,
            OptionCode.MESSAGE,
            OptionCode.MAX_SIZE,
            OptionCode.T1,
            OptionCode.T2,
            OptionCode.CLIENT_ID,
            OptionCode.RAPID_COMMIT,
            OptionCode.CLIENT_FQDN,
            OptionCode.RELAY_AGENT,
            OptionCode.SUBNET_SELECTION,
            OptionCode.END
        };
        for (int code : codes) {
            OWN[code] = true;
        }
    }

    private record Key(int subnet, int pool, long classes, int reservation) {}

    private final Plan plan;
    private final Map<Key, OptionSet> kept = new HashMap<>();

    OptionResolver(Plan plan) {
        this.plan = plan;
    }

    /**
     * What is said to a client.
     *
     * @param subnet the one of its address
     * @param pool the one of its address; null for an address outside all pools
     * @param classes as {@link PlanIndex#classesOf} gives them
     * @param reservation its own; null for none
     */
    OptionSet resolve(
            IndexedSubnet subnet, @Nullable IndexedPool pool, long classes, @Nullable IndexedReservation reservation) {
        boolean says = reservation != null
                && (reservation.reserved.name() != null
                        || !reservation.reserved.layer().equals(Layer.NOTHING));
        IndexedReservation speaking = says ? reservation : null;
        Key key = new Key(
                subnet.number, pool == null ? -1 : pool.number, classes, speaking == null ? -1 : speaking.number);
        OptionSet found = kept.get(key);
        if (found == null) {
            found = make(subnet, pool, classes, speaking, Layer.NOTHING);
            if (kept.size() >= MAX_KEPT) {
                kept.clear();
            }
            kept.put(key, found);
        }
        return found;
    }

    /** As above, with a layer that is stronger than all others; nothing is kept of it. */
    OptionSet resolveUnder(
            Layer strongest,
            IndexedSubnet subnet,
            @Nullable IndexedPool pool,
            long classes,
            @Nullable IndexedReservation reservation) {
        return make(subnet, pool, classes, reservation, strongest);
    }

    private OptionSet make(
            IndexedSubnet subnet,
            @Nullable IndexedPool pool,
            long classes,
            @Nullable IndexedReservation reservation,
            Layer strongest) {
        List<Layer> layers = new ArrayList<>();
        layers.add(plan.global());
        layers.add(subnet.network.network.layer());
        layers.add(subnet.subnet.layer());
        if (pool != null) {
            layers.add(pool.pool.layer());
        }
        for (int i = 0; i < plan.classes().size(); i++) {
            if ((classes & (1L << i)) != 0) {
                layers.add(plan.classes().get(i).layer());
            }
        }
        if (reservation != null) {
            layers.add(reservation.reserved.layer());
        }
        layers.add(strongest);
        TreeMap<Integer, OptionEntry> options = new TreeMap<>();
        Layer.Lifetime lifetime = HOUR;
        Layer.Boot boot = null;
        for (Layer layer : layers) {
            layer.options().values().stream()
                    .filter(option -> !OWN[option.code()])
                    .forEach(option -> options.put(option.code(), option));
            lifetime = layer.lifetime() == null ? lifetime : layer.lifetime().over(lifetime);
            boot = layer.boot() == null ? boot : layer.boot();
        }
        addOwn(options, subnet.subnet, reservation == null ? null : reservation.reserved, boot);
        return new OptionSet(options, lifetime.fitted(), boot);
    }

    /** What follows from other things that the configuration says. */
    private static void addOwn(
            Map<Integer, OptionEntry> options,
            Plan.Subnet subnet,
            Plan.@Nullable Reserved reserved,
            Layer.@Nullable Boot boot) {
        String of = subnet.where();
        options.putIfAbsent(OptionCode.SUBNET_MASK, address(OptionCode.SUBNET_MASK, subnet.mask(), of));
        if (subnet.length() < 31) {
            int broadcast = subnet.network() | ~subnet.mask();
            options.putIfAbsent(OptionCode.BROADCAST_ADDRESS, address(OptionCode.BROADCAST_ADDRESS, broadcast, of));
        }
        if (reserved != null && reserved.name() != null) {
            boolean ownOption = reserved.layer().options().containsKey(OptionCode.HOST_NAME);
            if (!ownOption) {
                options.put(OptionCode.HOST_NAME, text(OptionCode.HOST_NAME, reserved.name(), reserved.where()));
            }
        }
        OptionEntry routes = options.get(OptionCode.CLASSLESS_ROUTES);
        if (routes != null) {
            options.putIfAbsent(
                    OptionCode.MICROSOFT_ROUTES,
                    new OptionEntry(OptionCode.MICROSOFT_ROUTES, routes.value(), false, routes.where()));
        }
        if (boot != null && !boot.serverName().isEmpty()) {
            options.putIfAbsent(OptionCode.TFTP_SERVER, text(OptionCode.TFTP_SERVER, boot.serverName(), boot.where()));
        }
        if (boot != null && !boot.file().isEmpty()) {
            options.putIfAbsent(OptionCode.BOOT_FILE, text(OptionCode.BOOT_FILE, boot.file(), boot.where()));
        }
    }

    private static OptionEntry text(int code, String text, String where) {
        return new OptionEntry(code, Octets.of(text.getBytes(StandardCharsets.UTF_8)), false, where);
    }

    private static OptionEntry address(int code, int bits, String where) {
        byte[] value = {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
        return new OptionEntry(code, Octets.of(value), false, where);
    }
}
