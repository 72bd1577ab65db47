package io.innkeeper.device;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A device, known by its hardware address.
 *
 * @param mac its identity
 * @param name what its owner calls it, else null
 * @param notes what its owner wrote about it, else null
 * @param names the names it was seen with, one a source, the one that changed last first, at most {@value #MAX_NAMES}
 * @param addresses the addresses it has or had, newest first, at most {@value #MAX_ADDRESSES}
 * @param firstSeenAt the first sighting
 * @param lastSeenAt the newest sighting
 * @param details what sources told beyond names and addresses, at most {@value #MAX_DETAILS}
 */
public record Device(
        MacAddress mac,
        @Nullable String name,
        @Nullable String notes,
        List<SeenName> names,
        List<SeenAddress> addresses,
        Instant firstSeenAt,
        Instant lastSeenAt,
        Map<String, String> details) {
    /** Names remembered a device. */
    public static final int MAX_NAMES = 16;

    /** Addresses remembered a device; the lease history in the store goes further back. */
    public static final int MAX_ADDRESSES = 32;

    /** Details remembered a device. */
    public static final int MAX_DETAILS = 32;

    /** Copies the collections. */
    public Device {
        names = List.copyOf(names);
        addresses = List.copyOf(addresses);
        details = Collections.unmodifiableMap(new TreeMap<>(details));
    }

    /**
     * A name and who said it.
     *
     * @param name the host name
     * @param source such as {@code dnsmasq/home}
     * @param seenAt when it was last said
     */
    public record SeenName(String name, String source, Instant seenAt) {}

    /**
     * An address and who said it.
     *
     * @param address the address
     * @param source such as {@code dnsmasq/home}
     * @param firstSeenAt when it was first seen at this device
     * @param lastSeenAt when it was last seen there
     * @param current false once its lease ended or another device has it
     */
    public record SeenAddress(
            IpAddress address, String source, Instant firstSeenAt, Instant lastSeenAt, boolean current) {
        SeenAddress seen(String by, Instant now) {
            return new SeenAddress(address, by, firstSeenAt, now, true);
        }

        SeenAddress past() {
            return new SeenAddress(address, source, firstSeenAt, lastSeenAt, false);
        }
    }

    /** The host name that changed last, or null. One of a lease counts before one that was asked for, whichever is newer. */
    public @Nullable String hostname() {
        SeenName best = bestName();
        return best == null ? null : best.name();
    }

    /**
     * The host name that it gave itself, by a lease or by multicast DNS; null where it gave none. What name servers say of it does
     * not count: they may have it from here.
     */
    public @Nullable String ownHostname() {
        SeenName best = bestName();
        return best == null || NameWay.rank(best.source()) > NameWay.rank(NameWay.MDNS_LINK.source())
                ? null
                : best.name();
    }

    /** Who said the host name, such as {@code dnsmasq/home} or {@code mdns}; null without one. */
    public @Nullable String hostnameSource() {
        SeenName best = bestName();
        return best == null ? null : best.source();
    }

    private @Nullable SeenName bestName() {
        SeenName best = null;
        for (SeenName seen : names) {
            if (best == null || NameWay.rank(seen.source()) < NameWay.rank(best.source())) {
                best = seen;
            }
        }
        return best;
    }

    /** The same device with what its owner says of it; null leaves a field empty. */
    public Device called(@Nullable String newName, @Nullable String newNotes) {
        return new Device(mac, newName, newNotes, names, addresses, firstSeenAt, lastSeenAt, details);
    }

    Device with(List<SeenName> newNames, List<SeenAddress> newAddresses, Instant seenAt, Map<String, String> more) {
        return new Device(mac, name, notes, newNames, newAddresses, firstSeenAt, seenAt, more);
    }

    /** True where the other differs in nothing but when things were seen. */
    public boolean sameButForTimes(Device other) {
        return mac.equals(other.mac)
                && Objects.equals(name, other.name)
                && Objects.equals(notes, other.notes)
                && details.equals(other.details)
                && same(
                        names,
                        other.names,
                        (a, b) -> a.name().equals(b.name()) && a.source().equals(b.source()))
                && same(
                        addresses,
                        other.addresses,
                        (a, b) -> a.address().equals(b.address())
                                && a.source().equals(b.source())
                                && a.current() == b.current());
    }

    private static <T> boolean same(List<T> some, List<T> others, BiPredicate<T, T> same) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!same.test(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** With more addresses at a time than are kept, each that is heard again would look new. */
    boolean hasAsManyAsAreKept() {
        return addresses.size() == MAX_ADDRESSES && addresses.stream().allMatch(SeenAddress::current);
    }

    boolean has(IpAddress address) {
        return addresses.stream().anyMatch(a -> a.current() && a.address().equals(address));
    }

    /** It had the address a moment ago, and has it no more. */
    boolean hadJustNow(IpAddress address, Instant now) {
        return addresses.stream()
                .anyMatch(a -> !a.current() && a.address().equals(address) && Contests.isShort(a.lastSeenAt(), now));
    }

    Device without(IpAddress address) {
        return with(address, SeenAddress::past);
    }

    Device holding(IpAddress address) {
        return with(address, seen -> seen.seen(seen.source(), seen.lastSeenAt()));
    }

    private Device with(IpAddress address, UnaryOperator<SeenAddress> change) {
        List<SeenAddress> changed = addresses.stream()
                .map(seen -> seen.address().equals(address) ? change.apply(seen) : seen)
                .toList();
        return with(names, changed, lastSeenAt, details);
    }
}
