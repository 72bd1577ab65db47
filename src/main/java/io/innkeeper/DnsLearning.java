package io.innkeeper;

import io.innkeeper.desk.Desk;
import io.innkeeper.device.Evidence;
import io.innkeeper.device.Sighting;
import io.innkeeper.dns.DnsServer;
import io.innkeeper.dns.LeaseName;
import io.innkeeper.dns.log.QuerySighting;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the DNS server learns of leases and devices, and what devices are seen by it. */
final class DnsLearning implements DnsNames.Listener {
    private static final String SOURCE = "dns";

    private final DnsServer server;
    private final Map<IpAddress, MacAddress> devices = new ConcurrentHashMap<>();

    DnsLearning(DnsServer server) {
        this.server = server;
    }

    @Override
    public void all(List<LeaseName> leases, Map<IpAddress, MacAddress> holders) {
        devices.clear();
        devices.putAll(holders);
        CompletableFuture<Boolean> _ = server.ask((engine, _) -> {
            engine.names().replace(leases);
            holders.forEach(engine::device);
            return true;
        });
    }

    @Override
    public void named(LeaseName lease) {
        CompletableFuture<Boolean> _ = server.ask((engine, _) -> {
            engine.names().put(lease);
            return true;
        });
    }

    @Override
    public void unnamed(IpAddress address, String source) {
        CompletableFuture<Boolean> _ = server.ask((engine, _) -> {
            engine.names().remove(address, source);
            return true;
        });
    }

    @Override
    public void device(IpAddress address, @Nullable MacAddress mac) {
        MacAddress before = mac == null ? devices.remove(address) : devices.put(address, mac);
        if (!Objects.equals(mac, before)) {
            CompletableFuture<Boolean> _ = server.ask((engine, _) -> {
                engine.device(address, mac);
                return true;
            });
        }
    }

    /** Which device has an address. */
    Optional<MacAddress> deviceOf(IpAddress address) {
        return Optional.ofNullable(devices.get(address));
    }

    /** Devices that asked are there. */
    static void tell(Desk desk, List<QuerySighting> seen) {
        List<Sighting> sightings = new ArrayList<>();
        for (QuerySighting one : seen) {
            MacAddress mac = one.device();
            if (mac != null) {
                sightings.add(new Sighting(mac, one.client(), null, SOURCE, Evidence.DNS, Map.of()));
            }
        }
        desk.seen(sightings);
    }
}
