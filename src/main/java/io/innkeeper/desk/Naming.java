package io.innkeeper.desk;

import io.innkeeper.device.Device;
import io.innkeeper.device.naming.Claim;
import io.innkeeper.device.naming.NameBook;
import io.innkeeper.device.naming.NamingSettings;
import io.innkeeper.device.naming.SystemName;
import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Lease;
import io.innkeeper.store.StoreException;
import io.innkeeper.store.SystemNames;
import io.innkeeper.view.EventBodies;
import io.innkeeper.wire.net.HostNamePattern;
import io.innkeeper.wire.net.HostNames;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What systems are called: decided when something is heard of them, and stored with that. Belongs to the desk's thread. */
public final class Naming {
    private static final Logger LOG = LoggerFactory.getLogger(Naming.class);

    /**
     * A system that is about to be heard of.
     *
     * @param hostname what it calls itself; null where that is not said
     * @param address where it is; null where that is not said
     * @param subnet the network of that address; null where that is not said
     */
    record Coming(
            MacAddress mac,
            @Nullable String hostname,
            @Nullable IpAddress address,
            @Nullable Prefix subnet) {}

    /**
     * What is known of a system beside what it is.
     *
     * @param vendor who made it
     * @param type what it is
     * @param before another hardware address of it, as its owner confirmed
     */
    record Beside(
            @Nullable String vendor,
            @Nullable String type,
            @Nullable MacAddress before) {}

    private final Supplier<NamingSettings> settings;
    private final Function<MacAddress, @Nullable String> vendorOf;
    private final @Nullable NameMemory memory;

    private Naming(
            Supplier<NamingSettings> settings,
            Function<MacAddress, @Nullable String> vendorOf,
            @Nullable NameMemory memory) {
        this.settings = settings;
        this.vendorOf = vendorOf;
        this.memory = memory;
    }

    /** Names nobody. */
    public static Naming nobody() {
        return new Naming(() -> NamingSettings.USUAL, _ -> null, null);
    }

    /**
     * Names all systems; {@link #read} is to follow.
     *
     * @param settings asked anew for each decision
     */
    public static Naming of(
            SystemNames stored, Supplier<NamingSettings> settings, Function<MacAddress, @Nullable String> vendorOf) {
        return new Naming(settings, vendorOf, new NameMemory(stored));
    }

    /** Learns what the store holds, if that is not more than so many. By the desk's thread, before all else. */
    public void read(int most) {
        if (memory != null) {
            memory.read(most);
        }
    }

    /** What a system is called; null where it has no name yet, or the store cannot tell. */
    @Nullable
    SystemName of(MacAddress mac) {
        try {
            return memory == null ? null : memory.of(mac);
        } catch (StoreException e) {
            LOG.debug("The name of {} cannot be read: {}", mac, e.getMessage());
            return null;
        }
    }

    /** Asks the store at once for what is likely to be needed of these. */
    void bring(Collection<Coming> systems) {
        if (memory == null) {
            return;
        }
        HostNamePattern pattern = settings.get().pattern();
        List<MacAddress> macs = new ArrayList<>(systems.size());
        List<String> candidates = new ArrayList<>(systems.size());
        for (Coming system : systems) {
            MacAddress mac = system.mac();
            macs.add(mac);
            HostNames.clean(system.hostname()).ifPresentOrElse(candidates::add, () -> {
                String vendor = vendorOf.apply(mac);
                candidates.add(
                        pattern.name(new HostNamePattern.Traits(mac, vendor, null, system.address(), system.subnet())));
            });
        }
        memory.bring(macs, candidates);
    }

    /** Lets go of names that were not used lately, until so many are in memory. */
    void trim(int inMemory) {
        if (memory != null) {
            memory.trim(inMemory);
        }
    }

    /**
     * Names a system of which something was heard, if that says anything new. Where the store cannot be asked, nothing is
     * decided: it comes up again when the system is heard next.
     *
     * @param lease by which it was heard; null for something else
     * @param registered what it was registered as: a label; empty where that is taken back, null where nothing is said of it
     * @param beside what is known of a system
     * @param devices the system of that address, as far as it is known
     */
    void heard(
            Device device,
            @Nullable Lease lease,
            @Nullable String registered,
            Function<Device, Beside> beside,
            Function<MacAddress, @Nullable Device> devices,
            Instant now,
            Outcome out) {
        NameMemory names = memory;
        if (names == null) {
            return;
        }
        try {
            String own = HostNames.clean(device.ownHostname()).orElse(null);
            Claim claim = own == null ? Claim.NONE : isStatic(lease) ? Claim.STATIC : Claim.CLIENT;
            SystemName before = names.of(device.mac());
            if (registered == null && before != null && saysNothingNew(before, own, claim)) {
                return;
            }
            Function<MacAddress, HostNamePattern.Traits> traits =
                    mac -> traits(mac, mac.equals(device.mac()) ? device : devices.apply(mac), lease, beside);
            NameBook book = new NameBook(names, traits);
            MacAddress earlier = beside.apply(device).before();
            NameBook.Wish wish = new NameBook.Wish(device.mac(), own, claim, earlier);
            NameBook.Settlement settled = registered == null
                    ? book.decide(wish, settings.get(), now)
                    : registered.isEmpty()
                            ? book.decideFreed(wish, settings.get(), now)
                            : book.decide(
                                    new NameBook.Wish(device.mac(), registered, Claim.OWNER, earlier),
                                    settings.get(),
                                    now);
            enter(names, settled, now, out);
        } catch (StoreException e) {
            LOG.debug("{} is named later: {}", device.mac(), e.getMessage());
        }
    }

    /** True where it is called what it wants to be called, and wants nothing else now. */
    private static boolean saysNothingNew(SystemName name, @Nullable String own, Claim claim) {
        if (!name.isContent()) {
            return false;
        }
        return name.claim() == Claim.OWNER
                || own == null
                || (own.equals(name.wanted()) && claim.compareTo(name.claim()) <= 0);
    }

    private static boolean isStatic(@Nullable Lease lease) {
        return lease != null && lease.fact().allocation() == Allocation.STATIC;
    }

    private static HostNamePattern.Traits traits(
            MacAddress mac, @Nullable Device device, @Nullable Lease lease, Function<Device, Beside> beside) {
        if (device == null) {
            return new HostNamePattern.Traits(mac, null, null, null, null);
        }
        Beside known = beside.apply(device);
        IpAddress address = address(device);
        Prefix subnet = lease != null
                        && Objects.equals(mac, lease.mac())
                        && lease.address().equals(address)
                ? lease.fact().subnet()
                : null;
        return new HostNamePattern.Traits(mac, known.vendor(), known.type(), address, subnet);
    }

    /** The newest address that it has, IPv4 before IPv6; else one that it had. */
    private static @Nullable IpAddress address(Device device) {
        return device.addresses().stream()
                .sorted((one, other) -> rank(one) - rank(other))
                .map(Device.SeenAddress::address)
                .findFirst()
                .orElse(null);
    }

    private static int rank(Device.SeenAddress seen) {
        return (seen.current() ? 0 : 2) + (seen.address().v6() ? 1 : 0);
    }

    private static void enter(NameMemory names, NameBook.Settlement settled, Instant now, Outcome out) {
        if (settled.conflict() != null) {
            out.events.add(EventBodies.nameConflict(now, settled.conflict()));
        }
        for (SystemName name : settled.names()) {
            SystemName before = names.of(name.mac());
            String called = before == null ? null : before.name();
            if (!Objects.equals(called, name.name())) {
                out.events.add(EventBodies.named(now, name, called));
            }
        }
        names.apply(settled.names());
        out.names.addAll(settled.names());
    }
}
