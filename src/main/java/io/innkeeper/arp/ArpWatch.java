package io.innkeeper.arp;

import io.innkeeper.arp.ArpFinding.Claim;
import io.innkeeper.arp.ArpFinding.What;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notices devices that claim what is another's. An address that moves from one device to another is nothing by itself: DHCP
 * gives it on, network cards are exchanged. It is a conflict where the first one claims it again after the second: so after a
 * move the first one has to be asked ({@link #toVerify}). Pure; belongs to one thread; bounded.
 */
public final class ArpWatch {
    /** About the same nothing more is told for so long. */
    public static final long QUIET_MS = 3_600_000;

    /** The most findings in {@link #QUIET_MS}. */
    public static final int MOST_FINDINGS = 100;

    /** A device that claims as many addresses in {@link #MANY_WITHIN_MS} claims many. */
    public static final int MANY = 16;

    /** See {@link #MANY}. */
    public static final long MANY_WITHIN_MS = 600_000;

    /** Who claims an address again so long after another one did had never given it up; later, it has moved there and back. */
    static final long TOGETHER_MS = 120_000;

    /** After so long without a sign of a gateway another device may have its address. */
    static final long GATEWAY_KNOWN_MS = 86_400_000;

    private static final int MOST_ADDRESSES = 65_536;
    private static final int MOST_DEVICES = 16_384;

    /**
     * What is no cause for alarm.
     *
     * @param own the hardware addresses of this machine
     * @param proxies hardware addresses of those who answer for others by right
     * @param gateways addresses of routers
     */
    public record Known(Set<MacAddress> own, Set<MacAddress> proxies, Set<IpAddress> gateways) {
        /** Copies the sets. */
        public Known {
            own = Set.copyOf(own);
            proxies = Set.copyOf(proxies);
            gateways = Set.copyOf(gateways);
        }
    }

    /** A device that is to be asked whether it still has an address. */
    public record Verify(String interfaceName, MacAddress mac, IpAddress address) {}

    private record Place(String interfaceName, IpAddress address) {}

    /** Who claimed an address last, and who before. */
    private static final class Owners {
        Claim now;

        @Nullable
        Claim before;

        /** When the last one claimed it first. */
        long sinceMs;

        Owners(Claim now) {
            this.now = now;
            this.sinceMs = now.atMs();
        }
    }

    private static final class Claimed {
        final long sinceMs;
        final List<IpAddress> addresses = new ArrayList<>(2);

        Claimed(long sinceMs) {
            this.sinceMs = sinceMs;
        }
    }

    private static final class Told {
        final long atMs;
        long folded;

        Told(long atMs) {
            this.atMs = atMs;
        }
    }

    private final Map<Place, Owners> owners = bounded(MOST_ADDRESSES);
    private final Map<MacAddress, Claimed> claimed = bounded(MOST_DEVICES);
    private final LinkedHashMap<String, Told> told = new LinkedHashMap<>();
    private final List<Verify> toVerify = new ArrayList<>();
    private Known known = new Known(Set.of(), Set.of(), Set.of());
    private long folded;

    /** A table of the newest. */
    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** What is no cause for alarm, from now on. */
    public void known(Known next) {
        known = next;
    }

    /** Looks at a hearing; null where there is nothing to tell. */
    public @Nullable ArpFinding look(Hearing hearing) {
        IpAddress address = hearing.address();
        if (address == null || hearing.kind() == Hearing.Kind.KERNEL || isHarmless(hearing.mac())) {
            return null;
        }
        Claim claim = new Claim(hearing.mac(), hearing.kind(), hearing.atMs());
        Place place = new Place(hearing.interfaceName(), address);
        ArpFinding finding = look(place, claim);
        return finding == null ? many(place, claim) : finding;
    }

    private boolean isHarmless(MacAddress mac) {
        return known.own().contains(mac) || known.proxies().contains(mac) || VirtualRouters.has(mac);
    }

    private @Nullable ArpFinding look(Place place, Claim claim) {
        Owners one = owners.get(place);
        if (one == null) {
            owners.put(place, new Owners(claim));
            return null;
        }
        Claim last = one.now;
        if (last.mac().equals(claim.mac())) {
            one.now = claim;
            return null;
        }
        Claim earlier = one.before;
        long movedMs = claim.atMs() - one.sinceMs;
        one.before = last;
        one.now = claim;
        one.sinceMs = claim.atMs();
        boolean back = earlier != null && earlier.mac().equals(claim.mac());
        boolean again = back && movedMs >= 0 && movedMs < TOGETHER_MS;
        boolean gateway = known.gateways().contains(place.address());
        if (!gateway && VirtualRouters.areNeighbours(claim.mac(), last.mac())) {
            return null;
        }
        if (again) {
            return tell(What.CONFLICT, place, claim, last);
        }
        verify(place, last.mac());
        boolean moved = gateway && claim.atMs() - last.atMs() < GATEWAY_KNOWN_MS;
        return moved ? tell(What.GATEWAY_CHANGED, place, claim, last) : null;
    }

    private void verify(Place place, MacAddress mac) {
        if (toVerify.size() < MOST_FINDINGS) {
            toVerify.add(new Verify(place.interfaceName(), mac, place.address()));
        }
    }

    /** A host may have many addresses of IPv6, and changes them; nobody answers for others' there without saying so. */
    private @Nullable ArpFinding many(Place place, Claim claim) {
        if (place.address().v6()) {
            return null;
        }
        Claimed all = claimed.get(claim.mac());
        if (all == null || claim.atMs() - all.sinceMs > MANY_WITHIN_MS || claim.atMs() < all.sinceMs) {
            all = new Claimed(claim.atMs());
            claimed.put(claim.mac(), all);
        }
        if (all.addresses.size() >= MANY || all.addresses.contains(place.address())) {
            return null;
        }
        all.addresses.add(place.address());
        return all.addresses.size() == MANY ? tell(What.MANY_ADDRESSES, place, claim, null) : null;
    }

    private @Nullable ArpFinding tell(What what, Place place, Claim claim, @Nullable Claim before) {
        String subject = subject(what, place, claim, before);
        Told last = told.get(subject);
        boolean quiet = last != null && claim.atMs() - last.atMs < QUIET_MS;
        while (!told.isEmpty() && claim.atMs() - told.firstEntry().getValue().atMs >= QUIET_MS) {
            told.pollFirstEntry();
        }
        if (quiet || (last == null && told.size() >= MOST_FINDINGS)) {
            folded++;
            if (last != null) {
                last.folded++;
            }
            return null;
        }
        long foldedBefore = last == null ? 0 : last.folded;
        told.remove(subject);
        told.put(subject, new Told(claim.atMs()));
        return new ArpFinding(
                what, place.interfaceName(), place.address(), claim, before, others(place, claim.mac()), foldedBefore);
    }

    /** The same two devices about the same address are one subject, whoever spoke last. */
    private static String subject(What what, Place place, Claim claim, @Nullable Claim before) {
        if (before == null) {
            return what + " " + place.interfaceName() + " " + claim.mac();
        }
        boolean inOrder = claim.mac().compareTo(before.mac()) < 0;
        MacAddress one = inOrder ? claim.mac() : before.mac();
        MacAddress other = inOrder ? before.mac() : claim.mac();
        return what + " " + place + " " + one + " " + other;
    }

    private List<IpAddress> others(Place place, MacAddress mac) {
        Claimed all = claimed.get(mac);
        return all == null
                ? List.of()
                : all.addresses.stream()
                        .filter(address -> !address.equals(place.address()))
                        .limit(ArpFinding.MOST_OTHERS)
                        .toList();
    }

    /** Takes out who is to be asked now whether it still has an address that another one claims, too. */
    public List<Verify> toVerify() {
        List<Verify> all = List.copyOf(toVerify);
        toVerify.clear();
        return all;
    }

    /** How many claims led to no finding of their own because one was told of a short time before. */
    public long folded() {
        return folded;
    }
}
