package io.innkeeper.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a new configuration asks of each part that runs.
 *
 * @param parts by section ({@code store}, {@code api}, …) in the order of {@link Config}
 * @param sources the same for each dnsmasq instance, by its name; empty where one of both configurations leaves the search
 *     to the program
 */
public record ConfigChange(SequencedMap<String, Step> parts, SequencedMap<String, Step> sources) {
    /** What to do with a part. */
    public enum Kind {
        SAME,
        /** Takes the new values while it runs. */
        ADJUST,
        /** Must be closed and started again. */
        RESTART,
        /** Is new. */
        START,
        /** Is gone. */
        STOP,
        /** Cannot be done while the program runs: the whole change is turned down. */
        REFUSED
    }

    /**
     * What to do with a part, and why.
     *
     * @param reason a sentence for people; empty for {@link Kind#SAME}
     */
    public record Step(Kind kind, String reason) {
        static final Step SAME = new Step(Kind.SAME, "");
    }

    /** Compares two configurations. */
    public static ConfigChange between(Config old, Config next) {
        SequencedMap<String, Step> parts = new LinkedHashMap<>();
        parts.put(
                "store",
                step(
                        old.store(),
                        next.store(),
                        Kind.REFUSED,
                        "the store cannot change while the program runs; restart it"));
        parts.put("api", api(old.api(), next.api()));
        parts.put("log", adjust(old.log(), next.log(), "log"));
        parts.put("events", adjust(old.events(), next.events(), "events"));
        parts.put("history", adjust(old.history(), next.history(), "history"));
        parts.put("devices", adjust(old.devices(), next.devices(), "devices"));
        parts.put("metrics", adjust(old.metrics(), next.metrics(), "metrics"));
        parts.put("dnsmasq", adjust(old.dnsmasq(), next.dnsmasq(), "dnsmasq"));
        parts.put("dhcp4", dhcp4(old.dhcp4(), next.dhcp4()));
        parts.put("arp", section(old.arp(), next.arp(), "arp"));
        parts.put("dns", dns(old.dns(), next.dns()));
        parts.put("lease-monitor", leaseMonitor(old.leaseMonitor(), next.leaseMonitor()));
        parts.put("outbound", section(old.outbound(), next.outbound(), "outbound"));
        parts.put("install", adjust(old.install(), next.install(), "install"));
        parts.put(
                "limits",
                step(
                        old.limits(),
                        next.limits(),
                        Kind.REFUSED,
                        "limits cannot change while the program runs; restart it"));
        return new ConfigChange(parts, sources(old.dnsmasq(), next.dnsmasq()));
    }

    /** What to do with a part. */
    public Step step(String part) {
        return parts.getOrDefault(part, Step.SAME);
    }

    /** True where nothing has to be done. */
    public boolean isSame() {
        return parts.values().stream().allMatch(step -> step.kind() == Kind.SAME);
    }

    /** Why the change is turned down as a whole; empty where it can be applied. */
    public List<String> refusals() {
        return parts.values().stream()
                .filter(step -> step.kind() == Kind.REFUSED)
                .map(Step::reason)
                .toList();
    }

    private static Step step(@Nullable Object old, @Nullable Object next, Kind kind, String reason) {
        return Objects.equals(old, next) ? Step.SAME : new Step(kind, reason);
    }

    private static Step adjust(@Nullable Object old, @Nullable Object next, String section) {
        return step(old, next, Kind.ADJUST, section + " changed");
    }

    private static Step api(ApiConfig old, ApiConfig next) {
        String moved = "api.listen changed from " + old.listen() + " to " + next.listen();
        Step listen = step(old.listen(), next.listen(), Kind.RESTART, moved);
        return listen.kind() == Kind.SAME ? adjust(old, next, "api") : listen;
    }

    private static Step dhcp4(@Nullable Dhcp4Config old, @Nullable Dhcp4Config next) {
        if (old == null || next == null) {
            return section(old, next, "dhcp4");
        }
        boolean shadow = old.mode() == Dhcp4Mode.SHADOW;
        if (shadow != (next.mode() == Dhcp4Mode.SHADOW)) {
            return new Step(Kind.RESTART, "dhcp4.mode changed from " + old.mode() + " to " + next.mode());
        }
        return Stream.of(
                        step(
                                old.interfaces(),
                                next.interfaces(),
                                Kind.RESTART,
                                "dhcp4.interfaces changed from " + old.interfaces() + " to " + next.interfaces()),
                        step(old.listen(), next.listen(), Kind.RESTART, "dhcp4.listen changed"),
                        step(old.journal(), next.journal(), Kind.RESTART, "dhcp4.journal changed"),
                        step(old.conflictCheck(), next.conflictCheck(), Kind.RESTART, "dhcp4.conflict-check changed"),
                        step(old.rogue().watch(), next.rogue().watch(), Kind.RESTART, "dhcp4.rogue.watch changed"))
                .filter(step -> step.kind() != Kind.SAME)
                .findFirst()
                .orElseGet(() -> adjust(old, next, "dhcp4"));
    }

    private static Step dns(@Nullable DnsConfig old, @Nullable DnsConfig next) {
        if (old == null || next == null) {
            return section(old, next, "dns");
        }
        Step listen = step(
                List.of(old.listen(), Optional.ofNullable(old.tls())),
                List.of(next.listen(), Optional.ofNullable(next.tls())),
                Kind.RESTART,
                "dns.listen or dns.tls changed");
        return listen.kind() == Kind.SAME ? adjust(old, next, "dns") : listen;
    }

    /**
     * What it listens to, and how it decides, is settled when it starts; it knows from the store what was before. Keys change
     * while it runs.
     */
    private static Step leaseMonitor(@Nullable LeaseMonitorConfig old, @Nullable LeaseMonitorConfig next) {
        Step step = section(old, next, "lease-monitor");
        if (step.kind() != Kind.ADJUST || old == null || next == null) {
            return step;
        }
        return old.withKeysOf(next).equals(next)
                ? new Step(Kind.ADJUST, "lease-monitor.v2.keys changed")
                : new Step(Kind.RESTART, step.reason());
    }

    /** Of a section that runs where it stands, and takes each change while it runs. */
    private static Step section(@Nullable Object old, @Nullable Object next, String name) {
        if (old == null) {
            return next == null ? Step.SAME : new Step(Kind.START, name + " is configured");
        }
        return next == null ? new Step(Kind.STOP, name + " is not configured any more") : adjust(old, next, name);
    }

    private static SequencedMap<String, Step> sources(
            @Nullable List<DnsmasqSource> old, @Nullable List<DnsmasqSource> next) {
        SequencedMap<String, Step> steps = new LinkedHashMap<>();
        if (old == null || next == null) {
            return steps;
        }
        SequencedMap<String, DnsmasqSource> before = byName(old);
        SequencedMap<String, DnsmasqSource> after = byName(next);
        before.forEach((name, source) -> {
            DnsmasqSource now = after.get(name);
            steps.put(name, now == null ? new Step(Kind.STOP, name + " is not configured any more") : of(source, now));
        });
        after.keySet().forEach(name -> steps.putIfAbsent(name, new Step(Kind.START, name + " is new")));
        return steps;
    }

    /** A way of watching that changed is started anew by itself; what is said of a dnsmasq otherwise concerns all of them. */
    private static Step of(DnsmasqSource old, DnsmasqSource next) {
        boolean files = Objects.equals(old.leases(), next.leases())
                && old.config().equals(next.config())
                && old.ethers().equals(next.ethers());
        if (!files) {
            return new Step(Kind.RESTART, "the files of " + old.name() + " changed");
        }
        List<String> ways = new ArrayList<>();
        way(ways, "log", old.log(), next.log());
        way(ways, "syslog", old.syslog(), next.syslog());
        way(ways, "journal", old.journal(), next.journal());
        way(ways, "dbus", old.dbus(), next.dbus());
        way(ways, "ubus", old.ubus(), next.ubus());
        return ways.isEmpty()
                ? adjust(old, next, old.name())
                : new Step(Kind.ADJUST, String.join(", ", ways) + " of " + old.name() + " changed");
    }

    private static void way(List<String> changed, String name, @Nullable Object old, @Nullable Object next) {
        if (!Objects.equals(old, next)) {
            changed.add(name);
        }
    }

    private static SequencedMap<String, DnsmasqSource> byName(List<DnsmasqSource> sources) {
        return sources.stream()
                .collect(Collectors.toMap(
                        DnsmasqSource::name, Function.identity(), (first, _) -> first, LinkedHashMap::new));
    }
}
