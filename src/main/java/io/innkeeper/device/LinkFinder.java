package io.innkeeper.device;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the device behind a new random hardware address. Each thing that fits makes the doubt smaller: the confidence is
 * {@code 1 − (1 − w₁)(1 − w₂)…}. What cannot be makes it none: a device that was heard after the new address appeared is another
 * one. Where two known devices fit about equally well, neither is suggested. Pure; belongs to one thread.
 */
public final class LinkFinder {
    /** From here on it is worth a suggestion. */
    public static final double ENOUGH = 0.65;

    /** By how much the best must be better than the second. */
    private static final double CLEARLY = 0.1;

    private static final double SAME_CLIENT = 0.9;
    private static final double SAME_NAME = 0.5;
    private static final double SAME_COMMON_NAME = 0.2;
    private static final double SAME_FINGERPRINT = 0.2;
    private static final double OTHER_FINGERPRINT = 0.3;
    private static final double JUST_LEFT = 0.5;
    private static final double LEFT_TODAY = 0.3;
    private static final double LEFT_THIS_MONTH = 0.1;

    private static final int MOST_KEYS = 50_000;
    private static final int MOST_A_KEY = 8;

    /** Names that come with the device: two that bear one of them need not be the same. */
    private static final Set<String> COMMON = Set.of(
            "android",
            "apple-watch",
            "desktop",
            "esp",
            "espressif",
            "galaxy",
            "host",
            "imac",
            "ipad",
            "iphone",
            "laptop",
            "localhost",
            "mac",
            "macbook",
            "macbook-air",
            "macbook-pro",
            "mobile",
            "pc",
            "phone",
            "tablet",
            "unknown",
            "wlan0",
            "watch");

    private final Map<String, Set<MacAddress>> byName = new Recent<>(MOST_KEYS);
    private final Map<ClientId, Set<MacAddress>> byClient = new Recent<>(MOST_KEYS);
    private final Map<MacAddress, ClientId> clients = new Recent<>(MOST_KEYS);

    /** A map that forgets what was used longest ago. */
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;
        private final int most;

        Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }

    /** What is found. */
    private record Fit(MacAddress root, double confidence, List<String> reasons) {}

    /** Remembers by what a device can be found again. */
    public void note(Device device) {
        String name = device.hostname();
        if (name != null) {
            add(byName, key(name), device.mac());
        }
    }

    /**
     * Remembers the client identifier of a device. Those made of a hardware address say nothing beyond it.
     *
     * @return true where that is news
     */
    public boolean note(MacAddress mac, ClientId client) {
        if (isHardware(client)) {
            return false;
        }
        ClientId before = clients.put(mac, client);
        add(byClient, client, mac);
        return before == null || !before.equals(client);
    }

    /** The identifier by which a device can be found again; null where it has none. */
    public @Nullable ClientId client(MacAddress mac) {
        return clients.get(mac);
    }

    private static <K> void add(Map<K, Set<MacAddress>> map, K key, MacAddress mac) {
        Set<MacAddress> macs = map.computeIfAbsent(key, _ -> new LinkedHashSet<>());
        macs.remove(mac);
        macs.add(mac);
        if (macs.size() > MOST_A_KEY) {
            macs.remove(macs.iterator().next());
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Type 1 and a hardware address (RFC 2132 §9.14). */
    private static boolean isHardware(ClientId client) {
        byte[] octets = client.octets();
        return octets.length == 7 && octets[0] == 1;
    }

    /**
     * The known device that a new random address most probably is.
     *
     * @param newcomer a device whose address is locally administered; others are never linked
     * @param known the devices by address; null for one that there is not
     * @param links what was said before: rejected pairs are left out, confirmed ones lead to the device itself
     */
    public Optional<DeviceLink> suggest(
            Device newcomer, Function<MacAddress, @Nullable Device> known, LinkBook links, Instant now) {
        if (!newcomer.mac().isLocallyAdministered() || links.of(newcomer.mac()) != null) {
            return Optional.empty();
        }
        Map<MacAddress, Fit> byRoot = new LinkedHashMap<>();
        for (MacAddress mac : candidates(newcomer)) {
            Device candidate = known.apply(mac);
            MacAddress root = links.root(mac);
            boolean out = root.equals(newcomer.mac())
                    || links.between(newcomer.mac(), root).isPresent()
                    || links.between(newcomer.mac(), mac).isPresent();
            if (candidate != null && !out) {
                byRoot.merge(
                        root,
                        fit(root, newcomer, candidate),
                        (one, other) -> one.confidence() >= other.confidence() ? one : other);
            }
        }
        List<Fit> best = byRoot.values().stream()
                .sorted(Comparator.comparingDouble(Fit::confidence).reversed())
                .limit(2)
                .toList();
        if (best.isEmpty()
                || best.getFirst().confidence() < ENOUGH
                || (best.size() > 1
                        && best.getFirst().confidence() - best.getLast().confidence() < CLEARLY)) {
            return Optional.empty();
        }
        Fit fit = best.getFirst();
        return Optional.of(new DeviceLink(
                newcomer.mac(), fit.root(), DeviceLink.State.SUGGESTED, fit.confidence(), fit.reasons(), now));
    }

    private Set<MacAddress> candidates(Device newcomer) {
        Set<MacAddress> macs = new LinkedHashSet<>();
        ClientId client = clients.get(newcomer.mac());
        if (client != null) {
            macs.addAll(byClient.getOrDefault(client, Set.of()));
        }
        String name = newcomer.hostname();
        if (name != null) {
            macs.addAll(byName.getOrDefault(key(name), Set.of()));
        }
        macs.remove(newcomer.mac());
        return macs;
    }

    private Fit fit(MacAddress root, Device newcomer, Device candidate) {
        if (!candidate.lastSeenAt().isBefore(newcomer.firstSeenAt())) {
            return new Fit(root, 0, List.of());
        }
        List<String> reasons = new ArrayList<>();
        double doubt = 1 - clientFits(newcomer, candidate, reasons);
        doubt *= 1 - nameFits(newcomer, candidate, reasons);
        doubt *= 1 - leaveFits(newcomer, candidate, reasons);
        Fingerprint one = Fingerprint.of(newcomer.details());
        Fingerprint other = Fingerprint.of(candidate.details());
        double factor = 1;
        if (one != null && other != null && one.asksLike(other)) {
            doubt *= 1 - SAME_FINGERPRINT;
            reasons.add("the same DHCP fingerprint");
        } else if (one != null && other != null) {
            factor = OTHER_FINGERPRINT;
            reasons.add("but another DHCP fingerprint");
        }
        double confidence = Math.round((1 - doubt) * factor * 100) / 100.0;
        return new Fit(root, confidence, reasons);
    }

    private double clientFits(Device newcomer, Device candidate, List<String> reasons) {
        ClientId client = clients.get(newcomer.mac());
        ClientId other = clients.get(candidate.mac());
        if (client == null || other == null || !client.equals(other)) {
            return 0;
        }
        reasons.add("the same client identifier " + client);
        return SAME_CLIENT;
    }

    private static double nameFits(Device newcomer, Device candidate, List<String> reasons) {
        String name = Objects.requireNonNullElse(newcomer.hostname(), "");
        boolean same = candidate.names().stream().anyMatch(seen -> seen.name().equalsIgnoreCase(name));
        if (!same) {
            return 0;
        }
        boolean common = COMMON.contains(key(name));
        reasons.add("the same host name " + name + (common ? ", a common one" : ""));
        return common ? SAME_COMMON_NAME : SAME_NAME;
    }

    private static double leaveFits(Device newcomer, Device candidate, List<String> reasons) {
        Duration between = Duration.between(candidate.lastSeenAt(), newcomer.firstSeenAt());
        if (between.compareTo(Duration.ofDays(30)) > 0) {
            return 0;
        }
        reasons.add(candidate.mac() + " was not heard any more " + words(between) + " before");
        return between.compareTo(Duration.ofMinutes(15)) <= 0
                ? JUST_LEFT
                : between.compareTo(Duration.ofDays(1)) <= 0 ? LEFT_TODAY : LEFT_THIS_MONTH;
    }

    private static String words(Duration between) {
        if (between.toDays() > 1) {
            return between.toDays() + " days";
        }
        return between.toMinutes() > 1 ? between.toMinutes() + " minutes" : between.toSeconds() + " seconds";
    }
}
