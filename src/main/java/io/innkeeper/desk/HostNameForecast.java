package io.innkeeper.desk;

import io.innkeeper.device.NameWay;
import io.innkeeper.device.naming.Claim;
import io.innkeeper.device.naming.NameBook;
import io.innkeeper.device.naming.NamingSettings;
import io.innkeeper.device.naming.SystemName;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.store.SystemNames;
import io.innkeeper.view.DeviceView;
import io.innkeeper.view.HostNameView;
import io.innkeeper.wire.net.HostNamePattern;
import io.innkeeper.wire.net.HostNames;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a system is called, or would be called if it were heard now. Changes nothing; safe for any thread. */
public final class HostNameForecast {
    private final SystemNames names;
    private final DeviceQueries devices;
    private final Supplier<NamingSettings> settings;
    private final Function<MacAddress, @Nullable String> vendorOf;
    private final InstantSource clock;

    /** @param settings asked anew each time */
    public HostNameForecast(
            SystemNames names,
            DeviceQueries devices,
            Supplier<NamingSettings> settings,
            Function<MacAddress, @Nullable String> vendorOf,
            InstantSource clock) {
        this.names = names;
        this.devices = devices;
        this.settings = settings;
        this.vendorOf = vendorOf;
        this.clock = clock;
    }

    /** The names as the store has them. */
    private final class Stored implements NameBook.Register {
        @Override
        public @Nullable SystemName of(MacAddress mac) {
            return names.row(mac).orElse(null);
        }

        @Override
        public @Nullable SystemName holder(String name) {
            return names.holder(name).orElse(null);
        }
    }

    /**
     * What it is called, or would be.
     *
     * @param hostname what it would call itself; null for what it is known to call itself
     * @param address where it would be; null for where it is known to be
     */
    public HostNameView of(MacAddress mac, @Nullable String hostname, @Nullable IpAddress address) {
        NamingSettings now = settings.get();
        Optional<DeviceView> device = devices.find(mac);
        SystemName stored = names.row(mac).orElse(null);
        boolean isAsked = hostname != null || address != null;
        HostNamePattern.Traits traits = traits(mac, device.orElse(null), address);
        String made = made(stored, traits, now);
        if (stored != null && !isAsked) {
            return view(mac, stored, true, made, now);
        }
        String known = device.map(DeviceView::hostname)
                .filter(_ -> device.filter(HostNameForecast::saysItself).isPresent())
                .orElse(null);
        String said = HostNames.clean(hostname != null ? hostname : known).orElse(null);
        NameBook book = new NameBook(new Stored(), other -> other.equals(mac) ? traits : traits(other));
        Claim claim = said == null ? Claim.NONE : Claim.CLIENT;
        Instant at = clock.instant();
        SystemName would = book.decide(new NameBook.Wish(mac, said, claim), now, at).names().stream()
                .filter(name -> name.mac().equals(mac))
                .findFirst()
                .orElse(stored);
        return view(mac, would, Objects.equals(would, stored), made, now);
    }

    /** What name servers say does not count, as in {@link io.innkeeper.device.Device#ownHostname}. */
    private static boolean saysItself(DeviceView device) {
        return !NameWay.REVERSE_DNS.source().equals(device.hostnameSource());
    }

    private @Nullable String made(@Nullable SystemName stored, HostNamePattern.Traits traits, NamingSettings now) {
        String kept = NameBook.madeFor(stored);
        if (kept != null || now.pattern().lacks(traits)) {
            return kept;
        }
        return new NameBook(new Stored(), _ -> traits).free(traits, now, "");
    }

    private HostNamePattern.Traits traits(MacAddress mac) {
        return traits(mac, devices.find(mac).orElse(null), null);
    }

    private HostNamePattern.Traits traits(MacAddress mac, @Nullable DeviceView device, @Nullable IpAddress address) {
        DeviceView.FingerprintView fingerprint = device == null ? null : device.fingerprint();
        IpAddress where = address != null || device == null ? address : address(device);
        return new HostNamePattern.Traits(
                mac, vendorOf.apply(mac), fingerprint == null ? null : fingerprint.kind(), where, null);
    }

    /** As the desk chooses: one that it has before one that it had, IPv4 before IPv6. */
    private static @Nullable IpAddress address(DeviceView device) {
        return device.addresses().stream()
                .sorted(Comparator.comparing((DeviceView.Address seen) -> !seen.current())
                        .thenComparing(seen -> seen.address().indexOf(':') >= 0))
                .flatMap(seen -> IpAddress.parse(seen.address()).stream())
                .findFirst()
                .orElse(null);
    }

    private static HostNameView view(
            MacAddress mac, @Nullable SystemName name, boolean isSo, @Nullable String made, NamingSettings settings) {
        String policy = settings.policy().text();
        String pattern = settings.pattern().toString();
        if (name == null) {
            String why = "the pattern " + pattern + " needs an address, and none is known";
            return new HostNameView(mac.toString(), null, null, null, why, null, false, made, policy, pattern);
        }
        return new HostNameView(
                mac.toString(),
                name.name(),
                name.origin().text(),
                name.wanted(),
                name.reason(),
                isSo ? name.since() : null,
                isSo,
                made,
                policy,
                pattern);
    }
}
