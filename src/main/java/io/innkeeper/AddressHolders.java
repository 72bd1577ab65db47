package io.innkeeper;

import io.innkeeper.dns.LeaseName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which device has which address now. Safe for any thread. */
final class AddressHolders implements DnsNames.Listener {
    private final Map<IpAddress, MacAddress> holders = new ConcurrentHashMap<>();

    /** The device that has an address. */
    Optional<MacAddress> of(IpAddress address) {
        return Optional.ofNullable(holders.get(address));
    }

    @Override
    public void all(List<LeaseName> leases, Map<IpAddress, MacAddress> devices) {
        holders.clear();
        holders.putAll(devices);
    }

    @Override
    public void named(LeaseName lease) {
        // Only addresses are of interest.
    }

    @Override
    public void unnamed(IpAddress address, String source) {
        // Likewise.
    }

    @Override
    public void device(IpAddress address, MacAddress mac) {
        holders.put(address, mac);
    }

    @Override
    public void left(IpAddress address, MacAddress mac) {
        holders.remove(address, mac);
    }

    @Override
    public void flush() {
        // It is known already.
    }
}
