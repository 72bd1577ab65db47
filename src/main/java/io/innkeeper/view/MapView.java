package io.innkeeper.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network address by address, as JSON.
 *
 * @param prefix which one; null where no network is known
 * @param networks those to choose from
 * @param cells the addresses of which something is known, in their order
 * @param pools the addresses that the DHCP server may hand out
 */
public record MapView(@Nullable String prefix, List<String> networks, List<Cell> cells, List<Range> pools) {
    /**
     * An address and who is there.
     *
     * @param address the address
     * @param state self for this machine; online, idle or offline for a device; leased where nothing more is known; reserved
     * @param mac the hardware address of the device
     * @param name what its owner calls it, else its host name
     * @param vendor who made it
     * @param allocation static or dynamic, where it is leased
     * @param since since when the state holds
     * @param lastSeenAt when the device was seen last
     */
    public record Cell(
            String address,
            String state,
            @Nullable String mac,
            @Nullable String name,
            @Nullable String vendor,
            @Nullable String allocation,
            @Nullable Instant since,
            @Nullable Instant lastSeenAt) {

        /** An address of this machine. */
        public static Cell self(String address) {
            return new Cell(address, "self", null, null, null, null, null, null);
        }

        /** An address that is kept for somebody. */
        public static Cell reserved(String address, @Nullable String mac, @Nullable String name) {
            return new Cell(address, "reserved", mac, name, null, null, null, null);
        }
    }

    /** Addresses from one to another, both included. */
    public record Range(String first, String last) {}

    /** Copies the lists. */
    public MapView {
        networks = List.copyOf(networks);
        cells = List.copyOf(cells);
        pools = List.copyOf(pools);
    }
}
