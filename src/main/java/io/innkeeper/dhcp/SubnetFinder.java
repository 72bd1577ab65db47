package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.OptionCode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the subnet that a request belongs to. */
final class SubnetFinder {
    /** By first address as unsigned numbers, wide before narrow. */
    private final IndexedSubnet[] sorted;

    private final int[] starts;

    /** For each subnet the place of the narrowest one around it; -1 for none. */
    private final int[] around;

    private final Map<String, IndexedSubnet> byInterface = new HashMap<>();
    private final Map<Integer, IndexedSubnet> byRelay = new HashMap<>();

    SubnetFinder(List<IndexedSubnet> subnets) {
        sorted = subnets.stream()
                .sorted(Comparator.<IndexedSubnet>comparingInt(s -> s.subnet.network() ^ Integer.MIN_VALUE)
                        .thenComparingInt(s -> s.subnet.length()))
                .toArray(IndexedSubnet[]::new);
        starts = Arrays.stream(sorted)
                .mapToInt(s -> s.subnet.network() ^ Integer.MIN_VALUE)
                .toArray();
        around = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            around[i] = around(i);
        }
        for (IndexedSubnet subnet : subnets) {
            subnet.subnet.interfaces().forEach(name -> byInterface.putIfAbsent(name, subnet));
            subnet.subnet.relays().forEach(relay -> byRelay.putIfAbsent(relay, subnet));
        }
    }

    private int around(int inner) {
        int outer = inner - 1;
        while (outer >= 0 && !sorted[outer].subnet.contains(sorted[inner].subnet.network())) {
            outer = around[outer];
        }
        return outer;
    }

    /** The narrowest subnet with this address; null for none. */
    @Nullable
    IndexedSubnet containing(int address) {
        int wanted = address ^ Integer.MIN_VALUE;
        int low = 0;
        int high = starts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int at = low - 1;
        while (at >= 0 && !sorted[at].subnet.contains(address)) {
            at = around[at];
        }
        return at < 0 ? null : sorted[at];
    }

    /**
     * The subnet that the client is in: what the relay says (RFC 3527), what the client says (RFC 3011), the relay's own
     * address; without a relay the client's address where it was routed to us, else the link by which the request came. A
     * choice that names no subnet of ours ends the search: others would be the wrong ones.
     */
    @Nullable
    IndexedSubnet find(Request request) {
        int chosen = request.linkSelection();
        if (chosen == 0) {
            chosen = request.message.options().address(OptionCode.SUBNET_SELECTION);
        }
        if (chosen != 0) {
            return containing(chosen);
        }
        int relay = request.message.giaddr();
        if (relay != 0) {
            IndexedSubnet named = byRelay.isEmpty() ? null : byRelay.get(relay);
            return named != null ? named : containing(relay);
        }
        int ciaddr = request.message.ciaddr();
        IndexedSubnet subnet = ciaddr != 0 && request.isUnicast() ? containing(ciaddr) : null;
        if (subnet == null) {
            subnet = of(request.arrival.link());
        }
        return subnet == null && request.isUnicast() ? containing(request.arrival.toAddress()) : subnet;
    }

    /** The subnet of a link; null for none. */
    @Nullable
    IndexedSubnet of(Arrival.Link link) {
        IndexedSubnet named = byInterface.get(link.name());
        List<Integer> addresses = link.addresses();
        for (int i = 0; named == null && i < addresses.size(); i++) {
            IndexedSubnet subnet = containing(addresses.get(i));
            // A subnet that names its interfaces is on those only.
            named = subnet != null && subnet.subnet.interfaces().isEmpty() ? subnet : null;
        }
        return named;
    }
}
