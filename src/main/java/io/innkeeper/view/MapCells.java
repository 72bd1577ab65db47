package io.innkeeper.view;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** Puts together what is known of each address of a network: of several facts about one address the strongest is shown. */
public final class MapCells {
    /** The strongest first. */
    private static final List<String> STATES = List.of("self", "online", "idle", "leased", "offline", "reserved");

    private final Prefix prefix;
    private final TreeMap<IpAddress, MapView.Cell> cells = new TreeMap<>();

    /** For the addresses of this network. */
    public MapCells(Prefix prefix) {
        this.prefix = prefix;
    }

    /** Takes what is known of an address; one outside the network is left out. */
    public void add(MapView.Cell cell) {
        IpAddress.parse(cell.address())
                .filter(prefix::contains)
                .ifPresent(address -> cells.merge(address, cell, MapCells::stronger));
    }

    /** One line for each address, in their order. */
    public List<MapView.Cell> cells() {
        return List.copyOf(cells.values());
    }

    private static MapView.Cell stronger(MapView.Cell one, MapView.Cell other) {
        return rank(one) <= rank(other) ? completed(one, other) : completed(other, one);
    }

    private static int rank(MapView.Cell cell) {
        return STATES.indexOf(cell.state());
    }

    /** What the weaker fact adds, where both are about the same device. */
    private static MapView.Cell completed(MapView.Cell cell, MapView.Cell more) {
        if (!Objects.equals(cell.mac(), more.mac())) {
            return cell;
        }
        return new MapView.Cell(
                cell.address(),
                cell.state(),
                cell.mac(),
                cell.name() == null ? more.name() : cell.name(),
                cell.vendor() == null ? more.vendor() : cell.vendor(),
                cell.allocation() == null ? more.allocation() : cell.allocation(),
                cell.since() == null ? more.since() : cell.since(),
                cell.lastSeenAt() == null ? more.lastSeenAt() : cell.lastSeenAt());
    }
}
