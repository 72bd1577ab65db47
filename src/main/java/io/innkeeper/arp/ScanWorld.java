package io.innkeeper.arp;

import io.innkeeper.io.LinkPort;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.io.Neighbor;
import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the scanner needs of the world.
 *
 * @param port hears ARP and neighbor discovery on all interfaces, and sends; closed with the scanner
 * @param kernel the kernel's neighbour table
 * @param networks the interfaces as they are
 * @param gateways the routers of this machine's routes
 * @param nanos a clock that never goes back
 * @param clock the time of day
 */
public record ScanWorld(
        LinkPort port,
        Kernel kernel,
        Supplier<LocalNetworks> networks,
        Supplier<Set<IpAddress>> gateways,
        LongSupplier nanos,
        InstantSource clock) {
    /** The kernel's neighbour table. */
    public interface Kernel {
        /** @throws IOException if it cannot be read now */
        List<Neighbor> read() throws IOException;
    }
}
