package io.innkeeper.device;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;

/** Asks a device whether it is still there. The answer comes as a {@link Sighting}, silence as {@code Desk.silent}. */
@FunctionalInterface
public interface Prober {
    /** Asks, by unicast; returns at once. */
    void ask(MacAddress mac, IpAddress address);

    /**
     * False where nobody at this address can be asked from here, as behind a router: then its silence means nothing. Called
     * often; cheap.
     */
    default boolean reaches(IpAddress address) {
        return true;
    }
}
