package io.innkeeper.dhcp;

import io.innkeeper.lease.AddressPool;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A subnet of the plan with what belongs to it at hand. */
final class IndexedSubnet {
    /** A pool of the plan and the one of the book. */
    static final class IndexedPool {
        final int number;
        final Plan.Pool pool;
        final IndexedSubnet subnet;
        final AddressPool addresses;

        /** The classes of which a client must be in one; 0 for everybody. */
        final long classes;

        IndexedPool(int number, Plan.Pool pool, IndexedSubnet subnet, AddressPool addresses, long classes) {
            this.number = number;
            this.pool = pool;
            this.subnet = subnet;
            this.addresses = addresses;
            this.classes = classes;
        }
    }

    /** A reservation and where it is. */
    static final class IndexedReservation {
        final int number;
        final Plan.Reserved reserved;
        final IndexedSubnet subnet;

        IndexedReservation(int number, Plan.Reserved reserved, IndexedSubnet subnet) {
            this.number = number;
            this.reserved = reserved;
            this.subnet = subnet;
        }
    }

    /** The subnets on one link, the reservations in them, and who they are for. */
    static final class IndexedNetwork {
        final int number;
        final Plan.Network network;
        final List<IndexedSubnet> subnets = new ArrayList<>();
        private final Map<MacAddress, List<IndexedReservation>> byMac = new HashMap<>();
        private final Map<ClientId, List<IndexedReservation>> byClientId = new HashMap<>();
        private final Map<Octets, List<IndexedReservation>> byDuid = new HashMap<>();
        private final Map<Octets, List<IndexedReservation>> byRelayInfo = new HashMap<>();
        private final Map<String, List<IndexedReservation>> byHostname = new HashMap<>();

        IndexedNetwork(int number, Plan.Network network) {
            this.number = number;
            this.network = network;
        }

        /** True where the address is in one of the subnets. */
        boolean contains(int address) {
            for (int i = 0; i < subnets.size(); i++) {
                if (subnets.get(i).subnet.contains(address)) {
                    return true;
                }
            }
            return false;
        }

        /** True where one of the subnets is on the link: by its name, or by an address of ours. */
        boolean isOn(Arrival.Link link) {
            for (int i = 0; i < subnets.size(); i++) {
                if (subnets.get(i).subnet.interfaces().contains(link.name())) {
                    return true;
                }
            }
            return link.addresses().stream().anyMatch(this::contains);
        }

        /** The subnet with this address, or null. */
        @Nullable
        IndexedSubnet with(int address) {
            for (int i = 0; i < subnets.size(); i++) {
                if (subnets.get(i).subnet.contains(address)) {
                    return subnets.get(i);
                }
            }
            return null;
        }

        void add(IndexedReservation entry) {
            Plan.Reserved reserved = entry.reserved;
            reserved.macs().forEach(mac -> put(byMac, mac, entry));
            put(byClientId, reserved.clientId(), entry);
            put(byDuid, reserved.duid(), entry);
            // Circuit and remote end belong together: where both are given, both must fit, and that goes before one
            // alone.
            put(byRelayInfo, reserved.circuitId() != null ? reserved.circuitId() : reserved.remoteId(), entry);
            String hostname = reserved.hostname();
            put(byHostname, hostname == null ? null : hostname.toLowerCase(Locale.ROOT), entry);
        }

        private static <K> void put(Map<K, List<IndexedReservation>> index, @Nullable K key, IndexedReservation entry) {
            if (key != null) {
                index.computeIfAbsent(key, any -> new ArrayList<>(1)).add(entry);
            }
        }

        /**
         * The reservation for a client; null for none. What says most of who it is comes first: client identifier, DUID,
         * hardware address, relay information, host name. Of several, the one in the subnet it is in.
         */
        @Nullable
        IndexedReservation reservationFor(Request client, IndexedSubnet in) {
            IndexedReservation found = null;
            if (client.clientIdSent) {
                found = best(byClientId.get(client.client), in);
                if (found == null && !byDuid.isEmpty()) {
                    found = byDuid(client, in);
                }
            }
            if (found == null && client.mac != null) {
                found = best(byMac.get(client.mac), in);
            }
            if (found == null && !byRelayInfo.isEmpty() && client.hasRelayInfo()) {
                found = byRelayInfo(client, in);
            }
            if (found == null && !byHostname.isEmpty()) {
                String hostname = client.hostname();
                found = hostname == null ? null : best(byHostname.get(hostname.toLowerCase(Locale.ROOT)), in);
            }
            return found;
        }

        /** RFC 4361 §6.1: 255, four octets of IAID, then the DUID. */
        private @Nullable IndexedReservation byDuid(Request client, IndexedSubnet in) {
            byte[] id = client.client == null ? new byte[0] : client.client.octets();
            if (id.length <= 5 || (id[0] & 0xff) != 255) {
                return null;
            }
            return best(byDuid.get(Octets.of(java.util.Arrays.copyOfRange(id, 5, id.length))), in);
        }

        private @Nullable IndexedReservation byRelayInfo(Request client, IndexedSubnet in) {
            Octets circuit = client.circuitId();
            Octets remote = client.remoteId();
            List<IndexedReservation> fitting = new ArrayList<>(1);
            for (Octets key : new @Nullable Octets[] {circuit, remote}) {
                for (IndexedReservation entry : byRelayInfo.getOrDefault(key, List.of())) {
                    Plan.Reserved r = entry.reserved;
                    if ((r.circuitId() == null || Objects.equals(r.circuitId(), circuit))
                            && (r.remoteId() == null || Objects.equals(r.remoteId(), remote))) {
                        boolean both = r.circuitId() != null && r.remoteId() != null;
                        fitting.add(both ? 0 : fitting.size(), entry);
                    }
                }
            }
            return best(fitting, in);
        }

        private static @Nullable IndexedReservation best(@Nullable List<IndexedReservation> entries, IndexedSubnet in) {
            if (entries == null || entries.isEmpty()) {
                return null;
            }
            for (IndexedReservation entry : entries) {
                if (entry.subnet == in) {
                    return entry;
                }
            }
            return entries.getFirst();
        }
    }

    final int number;
    final Plan.Subnet subnet;
    final IndexedNetwork network;
    final Mode mode;
    final AccessPolicy access;
    final List<IndexedPool> pools = new ArrayList<>();

    /** The pools of the whole network, those of this subnet first. */
    List<IndexedPool> usable = List.of();

    /** The addresses of {@link #usable}, where none of them asks for a class. */
    private @Nullable List<AddressPool> forEverybody;

    IndexedSubnet(int number, Plan.Subnet subnet, IndexedNetwork network, Mode mode, AccessPolicy access) {
        this.number = number;
        this.subnet = subnet;
        this.network = network;
        this.mode = mode;
        this.access = access;
    }

    /** To be called when all pools of the network are there. */
    void prepare() {
        List<IndexedPool> all = new ArrayList<>(pools);
        network.subnets.stream().filter(other -> other != this).forEach(other -> all.addAll(other.pools));
        usable = List.copyOf(all);
        boolean open = usable.stream().allMatch(pool -> pool.classes == 0);
        forEverybody = open ? usable.stream().map(pool -> pool.addresses).toList() : null;
    }

    /** The pools that a client of these classes may have addresses of, in the order of their use. */
    List<AddressPool> poolsFor(long classes) {
        if (forEverybody != null) {
            return forEverybody;
        }
        List<AddressPool> open = new ArrayList<>(usable.size());
        for (IndexedPool pool : usable) {
            if (pool.classes == 0 || (pool.classes & classes) != 0) {
                open.add(pool.addresses);
            }
        }
        return open;
    }
}
