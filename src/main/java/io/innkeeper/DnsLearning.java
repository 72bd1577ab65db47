package io.innkeeper;

import io.innkeeper.desk.Desk;
import io.innkeeper.device.Evidence;
import io.innkeeper.device.Sighting;
import io.innkeeper.dns.DnsEngine;
import io.innkeeper.dns.DnsServer;
import io.innkeeper.dns.LeaseName;
import io.innkeeper.dns.log.QuerySighting;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the DNS server learns of leases and devices, and what devices are seen by it. */
final class DnsLearning implements DnsNames.Listener {
    private static final String SOURCE = "dns";

    private static final Logger LOG = LoggerFactory.getLogger(DnsLearning.class);
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final DnsServer server;
    private final List<Consumer<DnsEngine>> news = new ArrayList<>();
    private final Map<IpAddress, MacAddress> devices = new ConcurrentHashMap<>();

    DnsLearning(DnsServer server) {
        this.server = server;
    }

    @Override
    public void all(List<LeaseName> leases, Map<IpAddress, MacAddress> holders) {
        devices.clear();
        devices.putAll(holders);
        news.add(engine -> {
            engine.names().replace(leases);
            holders.forEach(engine::device);
        });
    }

    @Override
    public void named(LeaseName lease) {
        news.add(engine -> engine.names().put(lease));
    }

    @Override
    public void unnamed(IpAddress address, String source) {
        news.add(engine -> engine.names().remove(address, source));
    }

    @Override
    public void device(IpAddress address, @Nullable MacAddress mac) {
        MacAddress before = mac == null ? devices.remove(address) : devices.put(address, mac);
        if (!Objects.equals(mac, before)) {
            news.add(engine -> engine.device(address, mac));
        }
    }

    /** One question to the loop for all of it; where the loop has too much to do, again a little later. */
    @Override
    public void flush() throws InterruptedException {
        List<Consumer<DnsEngine>> changes = List.copyOf(news);
        news.clear();
        while (!changes.isEmpty() && !told(changes)) {
            Thread.sleep(AGAIN);
        }
    }

    /** True also where the server is closed: then nobody wants to know. */
    private boolean told(List<Consumer<DnsEngine>> changes) throws InterruptedException {
        CompletableFuture<Boolean> asked = server.ask((engine, _) -> {
            changes.forEach(change -> change.accept(engine));
            return true;
        });
        try {
            return asked.get();
        } catch (ExecutionException e) {
            LOG.debug("The DNS server cannot be told of names now: {}", e.getMessage());
            return server.isClosed();
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
