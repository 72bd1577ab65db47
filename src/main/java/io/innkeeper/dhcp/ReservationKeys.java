package io.innkeeper.dhcp;

import io.innkeeper.config.ConfigProblem;
import io.innkeeper.config.Dhcp4Config;
import io.innkeeper.config.Dhcp4Entry;
import io.innkeeper.config.Dhcp4Reservation;
import io.innkeeper.config.Dhcp4Subnet;
import io.innkeeper.config.Dhcp4Subnets;
import io.innkeeper.config.OctetText;
import io.innkeeper.config.Origin;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which client and which address stands in which reservation of a subnet: in one only. */
final class ReservationKeys {
    private record Key(@Nullable Prefix subnet, String field, Object value) {}

    private final List<Prefix> subnets;
    private final Dhcp4Config config;
    private final Map<Key, String> taken = new HashMap<>();

    ReservationKeys(Dhcp4Config config) {
        this.config = config;
        this.subnets = config.allSubnets().stream().map(Dhcp4Subnet::prefix).toList();
    }

    /** Enters a reservation; keys that are taken stay with whom they have. */
    void add(Dhcp4Entry entry, String where) {
        keys(entry).forEach(key -> taken.putIfAbsent(key, where));
    }

    /** What of a reservation stands in another one, field by field. */
    List<ConfigProblem> clashes(Dhcp4Entry entry) {
        Map<String, ConfigProblem> found = new HashMap<>();
        for (Key key : keys(entry)) {
            String where = taken.get(key);
            if (where != null) {
                found.putIfAbsent(
                        key.field(),
                        new ConfigProblem(
                                key.field(),
                                new Origin("API", 0),
                                key.value() + " is reserved already by " + where,
                                null));
            }
        }
        return List.copyOf(found.values());
    }

    private List<Key> keys(Dhcp4Entry entry) {
        Dhcp4Reservation one = entry.reservation();
        List<Key> keys = new ArrayList<>();
        for (Prefix subnet : subnetsOf(entry)) {
            one.mac().forEach(mac -> keys.add(new Key(subnet, "mac", mac)));
            add(
                    keys,
                    subnet,
                    "clientId",
                    one.clientId() == null ? null : one.clientId().octets());
            add(keys, subnet, "duid", one.duid() == null ? null : one.duid().octets());
            behind(keys, subnet, one);
            add(
                    keys,
                    subnet,
                    "hostname",
                    one.hostname() == null ? null : one.hostname().toLowerCase(Locale.ROOT));
        }
        add(keys, null, "address", one.address());
        return keys;
    }

    /** Where both are given they count together: the same circuit of two relays is two places. */
    private static void behind(List<Key> keys, Prefix subnet, Dhcp4Reservation one) {
        OctetText circuit = one.circuitId();
        OctetText remote = one.remoteId();
        if (circuit != null && remote != null) {
            String both = circuit.octets() + " of " + remote.octets();
            add(keys, subnet, "circuitId", both);
        } else {
            add(keys, subnet, "circuitId", circuit == null ? null : circuit.octets());
            add(keys, subnet, "remoteId", remote == null ? null : remote.octets());
        }
    }

    private List<Prefix> subnetsOf(Dhcp4Entry entry) {
        IpAddress address = entry.reservation().address();
        Prefix only = address == null ? entry.subnet() : Dhcp4Subnets.prefixOf(config, address);
        return only != null ? List.of(only) : address == null ? subnets : List.of();
    }

    private static void add(List<Key> keys, @Nullable Prefix subnet, String field, @Nullable Object value) {
        if (value != null) {
            keys.add(new Key(subnet, field, value));
        }
    }
}
