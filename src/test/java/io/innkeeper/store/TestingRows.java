package io.innkeeper.store;

import io.innkeeper.device.Device;
import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leases and devices to store, whole ones by hand and many from a seed. */
final class TestingRows {
    static final Instant START = Instant.parse("2026-11-21T07:00:00.123Z");
    static final LeaseSource HOME = LeaseSource.dnsmasq("home");

    private static final String[] NAMES = {
        "", "nas", "NAS", "nas2", "zoë", "日本", "a b", "%", "_", "\\", "𝄞", "x".repeat(900)
    };

    private TestingRows() {}

    static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    static MacAddress mac(String text) {
        return MacAddress.parse(text).orElseThrow();
    }

    static LeaseFact fact(String address, @Nullable String mac, @Nullable String hostname) {
        return new LeaseFact(
                ip(address),
                mac == null ? null : mac(mac),
                null,
                hostname,
                Expiry.at(START.plusSeconds(3600)),
                null,
                false,
                Allocation.DYNAMIC,
                null,
                null,
                Map.of());
    }

    static Lease lease(String address, @Nullable String mac, @Nullable String hostname) {
        return new Lease(HOME, fact(address, mac, hostname), LeaseState.ACTIVE, START);
    }

    /** A lease whose sort keys collide often, with nulls, of either family. */
    static Lease lease(Samples samples) {
        boolean v6 = samples.oneIn(4);
        IpAddress address = v6
                ? new IpAddress(true, 0xfd00_0000_0000_0000L, samples.below(2_000))
                : IpAddress.v4(0x0a00_0000 + samples.below(20_000));
        Instant end = START.plusSeconds(samples.below(20) * 60L);
        Expiry expiry = samples.pick(
                Expiry.at(end), Expiry.INFINITE, Expiry.UNKNOWN, Expiry.ofLifetime(Duration.ofMinutes(10)));
        LeaseFact fact = new LeaseFact(
                address,
                samples.oneIn(5) ? null : smallMac(samples.below(300)),
                samples.oneIn(3) ? samples.clientId() : null,
                samples.oneIn(5) ? null : samples.pick(NAMES),
                expiry,
                v6 ? (long) samples.below(1_000) : null,
                v6 && samples.oneIn(5),
                samples.pick(Allocation.values()),
                samples.oneIn(3) ? "dnsmasq.conf:3: dhcp-host=…" : null,
                samples.oneIn(2) ? new Prefix(address, v6 ? 64 : 24) : null,
                samples.oneIn(3)
                        ? Map.of("vendorClass", samples.pick("MSFT 5.0", "日本 \"x\"", "\\x00"), "tags", "known")
                        : Map.of());
        LeaseSource source = samples.pick(HOME, LeaseSource.dnsmasq("guest"), new LeaseSource("rdk", "home"));
        return new Lease(source, fact, LeaseState.ACTIVE, START.minusSeconds(samples.below(10) * 600L));
    }

    static MacAddress smallMac(int number) {
        return MacAddress.of(MacAddress.ETHERNET, new byte[] {2, 0, 0, 0, (byte) (number >> 8), (byte) number});
    }

    static Device device(Samples samples, int number) {
        List<Device.SeenName> names = new ArrayList<>();
        if (!samples.oneIn(4)) {
            names.add(new Device.SeenName(samples.pick("nas", "tv", "zoë", "日本", "%"), "dnsmasq/home", START));
        }
        List<Device.SeenAddress> addresses = List.of(new Device.SeenAddress(
                samples.ip(), "dnsmasq/home", START, START.plusMillis(samples.below(5)), samples.oneIn(2)));
        return new Device(
                smallMac(number),
                samples.oneIn(3) ? samples.pick("Nas", "tv", "Zoë's phone") : null,
                samples.oneIn(5) ? "notes 100%" : null,
                names,
                addresses,
                START.plusSeconds(samples.below(5)),
                START.plusSeconds(10 + samples.below(5)),
                samples.oneIn(2) ? Map.of("vendorClass", "MSFT 5.0") : Map.of());
    }
}
