package io.innkeeper;

import io.innkeeper.config.Config;
import io.innkeeper.device.Vendors;
import io.innkeeper.device.naming.Claim;
import io.innkeeper.device.naming.NameBook;
import io.innkeeper.device.naming.NamingSettings;
import io.innkeeper.device.naming.SystemName;
import io.innkeeper.view.HostNameView;
import io.innkeeper.wire.net.HostNamePattern;
import io.innkeeper.wire.net.HostNames;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a system would be called by a configuration alone, without a store: alone in the network. */
final class NameSketch {
    /** Nobody is called anything. */
    private static final class Nobody implements NameBook.Register {
        @Override
        public @Nullable SystemName of(MacAddress mac) {
            return null;
        }

        @Override
        public @Nullable SystemName holder(String name) {
            return null;
        }
    }

    private NameSketch() {}

    /** What it would be called; empty where one of both is no address. */
    static Optional<HostNameView> of(Config config, String mac, @Nullable String hostname, @Nullable String address) {
        Optional<MacAddress> system = MacAddress.parse(mac);
        IpAddress where = address == null ? null : IpAddress.parse(address).orElse(null);
        return system.isEmpty() || (where == null && address != null)
                ? Optional.empty()
                : Optional.of(sketch(config, system.get(), hostname, where));
    }

    private static HostNameView sketch(
            Config config, MacAddress mac, @Nullable String hostname, @Nullable IpAddress address) {
        NamingSettings settings = HostNaming.settings(config.devices().hostnames());
        Vendors vendors = Heart.readVendors();
        HostNamePattern.Traits traits = new HostNamePattern.Traits(mac, vendors.vendorOf(mac), null, address, null);
        String said = HostNames.clean(hostname).orElse(null);
        NameBook.Wish wish = new NameBook.Wish(mac, said, said == null ? Claim.NONE : Claim.CLIENT);
        List<SystemName> names = new NameBook(new Nobody(), _ -> traits)
                .decide(wish, settings, Instant.EPOCH)
                .names();
        boolean lacks = settings.pattern().lacks(traits);
        SystemName name = names.isEmpty() ? null : names.getFirst();
        return new HostNameView(
                mac.toString(),
                name == null ? null : name.name(),
                name == null ? null : name.origin().text(),
                said,
                name == null ? "the pattern " + settings.pattern() + " needs an address" : name.reason(),
                null,
                false,
                lacks ? null : settings.pattern().name(traits),
                settings.policy().text(),
                settings.pattern().toString());
    }
}
