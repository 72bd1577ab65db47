package io.innkeeper;

import io.innkeeper.device.Device;
import io.innkeeper.dns.LeaseName;
import io.innkeeper.event.Event;
import io.innkeeper.event.EventLog;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.view.Json;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Keeps the DNS server told of leases and of who has which address: what the store holds at first, then what the stream of
 * events says. It reads the stream as any follower, so that it can miss nothing and holds nobody up.
 */
final class DnsNames implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsNames.class);
    private static final int AT_ONCE = 1_000;
    private static final int DEVICES = 50_000;
    private static final long IDLE_MS = 10_000;
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

    /** Who is told; called by one thread. */
    interface Listener {
        /** Everything that is known now; what was told before is forgotten. */
        void all(List<LeaseName> leases, Map<IpAddress, MacAddress> devices);

        /** A lease has a name now. */
        void named(LeaseName lease);

        /** A lease has ended, or has no name. */
        void unnamed(IpAddress address, String source);

        /** A device has an address now, or, null, none has it. */
        void device(IpAddress address, @Nullable MacAddress mac);

        /** That is all for now; returns when it is known. */
        void flush() throws InterruptedException;
    }

    private final Heart heart;
    private final Listener listener;
    private final Thread thread = Thread.ofPlatform().name("dns-names").daemon().unstarted(this::run);
    private volatile boolean closed;

    DnsNames(Heart heart, Listener listener) {
        this.heart = heart;
        this.listener = listener;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            long after = readAll();
            while (!closed) {
                EventLog.Batch batch = heart.log.await(after, AT_ONCE, IDLE_MS, () -> closed);
                if (heart.log.isClosed()) {
                    return;
                }
                if (batch.behind()) {
                    after = readAll();
                } else if (!batch.events().isEmpty()) {
                    batch.events().forEach(this::take);
                    listener.flush();
                    after = batch.events().getLast().number();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The names of the DNS server are not followed any more");
        } catch (RuntimeException e) {
            LOG.error("The names of leases are not followed any more", e);
        }
    }

    /** What the store knows; returns the number of the newest event that is in it for sure. */
    private long readAll() throws InterruptedException {
        long after = heart.log.newest();
        Map<IpAddress, MacAddress> devices = new HashMap<>();
        for (Device device : heart.devices.newest(DEVICES)) {
            device.addresses().stream()
                    .filter(Device.SeenAddress::current)
                    .forEach(address -> devices.put(address.address(), device.mac()));
        }
        List<Lease> leases = Stream.of(LeaseSource.DNSMASQ, LeaseSource.DHCP4)
                .flatMap(origin -> heart.leases.all(origin).stream())
                .filter(lease -> lease.state() == LeaseState.ACTIVE)
                .toList();
        for (Lease lease : leases) {
            MacAddress mac = lease.mac();
            if (mac != null) {
                devices.put(lease.address(), mac);
            }
        }
        listener.all(
                leases.stream().map(DnsNames::name).flatMap(Optional::stream).toList(), devices);
        return after;
    }

    private static Optional<LeaseName> name(Lease lease) {
        Expiry expiry = lease.fact().expiry();
        Instant at = expiry.at();
        return label(lease.fact().hostname())
                .map(label -> new LeaseName(
                        lease.address(),
                        lease.source().toString(),
                        label,
                        lease.mac(),
                        lease.startedAt().toEpochMilli(),
                        at == null ? Long.MAX_VALUE : at.toEpochMilli()));
    }

    /** The first label of a host name, if it is a valid one (RFC 1123 §2.1). */
    static Optional<String> label(@Nullable String hostname) {
        if (hostname == null) {
            return Optional.empty();
        }
        int dot = hostname.indexOf('.');
        String label = (dot < 0 ? hostname : hostname.substring(0, dot)).toLowerCase(Locale.ROOT);
        return label.matches("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?") ? Optional.of(label) : Optional.empty();
    }

    private void take(Event event) {
        String type = event.type().text();
        if (type.startsWith("lease.")) {
            lease(Json.MAPPER.readTree(event.json()).path("lease"));
        } else if (type.startsWith("device.")) {
            device(Json.MAPPER.readTree(event.json()).path("device"));
        }
    }

    private void lease(JsonNode lease) {
        Optional<IpAddress> address = IpAddress.parse(lease.path("address").asString(""));
        if (address.isEmpty()) {
            return;
        }
        boolean active = lease.path("state").asString("").equals("active");
        String source = new LeaseSource(
                        lease.path("origin").asString(""), lease.path("source").asString(""))
                .toString();
        Optional<String> label = active ? label(lease.path("hostname").asString(null)) : Optional.empty();
        Optional<MacAddress> mac = MacAddress.parse(lease.path("mac").asString(""));
        if (active && mac.isPresent()) {
            listener.device(address.get(), mac.get());
        }
        if (label.isEmpty()) {
            listener.unnamed(address.get(), source);
            return;
        }
        String ends = lease.path("expiresAt").asString(null);
        listener.named(new LeaseName(
                address.get(),
                source,
                label.get(),
                mac.orElse(null),
                Instant.parse(lease.path("startedAt").asString()).toEpochMilli(),
                ends == null ? Long.MAX_VALUE : Instant.parse(ends).toEpochMilli()));
    }

    private void device(JsonNode device) {
        Optional<MacAddress> mac = MacAddress.parse(device.path("mac").asString(""));
        if (mac.isEmpty()) {
            return;
        }
        for (JsonNode address : device.path("addresses")) {
            Optional<IpAddress> ip = IpAddress.parse(address.path("address").asString(""));
            if (ip.isPresent() && address.path("current").asBoolean(false)) {
                listener.device(ip.get(), mac.get());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        heart.log.wake();
        try {
            thread.join(CLOSE_DEADLINE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
