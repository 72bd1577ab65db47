package io.innkeeper.scenario;

import io.innkeeper.dhcp.Layer;
import io.innkeeper.dhcp.MacPattern;
import io.innkeeper.dhcp.Match;
import io.innkeeper.dhcp.Mode;
import io.innkeeper.dhcp.OptionEntry;
import io.innkeeper.dhcp.Plan;
import io.innkeeper.wire.dhcp4.OptionRegistry;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.net.Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The configuration at the head of a scenario. {@code option}, {@code lifetime} and {@code boot} belong to what was named
 * last: the server, a network, a subnet, a pool, a class or a reservation.
 */
public final class PlanText {
    /** What was named and may say something. */
    private static final class Scope {
        final Words words;
        final Map<Integer, OptionEntry> options = new HashMap<>();
        final List<Scope> inner = new ArrayList<>();
        final AccessText access = new AccessText();
        Layer.@Nullable Lifetime lifetime;
        Layer.@Nullable Boot boot;

        Scope(Words words) {
            this.words = words;
        }

        Layer layer() {
            boolean says = !options.isEmpty() || lifetime != null || boot != null;
            return says ? new Layer(words.toString(), options, lifetime, boot) : Layer.NOTHING;
        }

        List<Scope> inner(String kind) {
            return inner.stream().filter(s -> s.words.at(0).equals(kind)).toList();
        }
    }

    private static final class AccessText {
        final List<Plan.TimedRule> exceptions = new ArrayList<>();
        final Map<String, List<Plan.Rule>> rules =
                Map.of("deny", new ArrayList<>(), "allow", new ArrayList<>(), "pass", new ArrayList<>());
        boolean allowReserved = true;
        boolean otherwisePassThrough;
        Plan.RandomMacs randomMacs = Plan.RandomMacs.ALLOW;

        private List<Plan.Rule> rules(String list) {
            return rules.getOrDefault(list, List.of());
        }

        Plan.Access build() {
            return new Plan.Access(
                    exceptions,
                    rules("deny"),
                    rules("pass"),
                    rules("allow"),
                    allowReserved,
                    otherwisePassThrough,
                    randomMacs);
        }
    }

    private final Scope global;
    private final List<Scope> networks = new ArrayList<>();
    private final List<Scope> classes = new ArrayList<>();
    private final Map<String, String> settings = new HashMap<>();
    private final long startMs;
    private Scope last;
    private @Nullable Scope network;
    private @Nullable Scope subnet;

    private PlanText(long startMs) {
        this.startMs = startMs;
        global = new Scope(Words.of("", "server"));
        last = global;
    }

    /** The plan that a text describes, a line for each thing. */
    public static Plan of(String text) {
        return parse(
                text.lines()
                        .map(line -> Words.of("here", line))
                        .filter(words -> !words.isEmpty())
                        .toList(),
                0);
    }

    /** The plan that some lines describe; exceptions are for times after {@code startMs}. */
    static Plan parse(List<Words> lines, long startMs) {
        PlanText text = new PlanText(startMs);
        for (Words line : lines) {
            text.take(line);
        }
        return text.build();
    }

    private void take(Words line) {
        switch (line.at(0)) {
            case "set" ->
                line.words.stream().skip(1).forEach(word -> {
                    String[] pair = word.split("=", 2);
                    settings.put(pair[0], pair.length == 1 ? "true" : pair[1]);
                });
            case "network" -> {
                network = named(line, networks);
            }
            case "end" -> network = null;
            case "subnet" -> {
                List<Scope> among = network == null ? networks : network.inner;
                subnet = named(line, among);
            }
            case "pool", "reserve" -> named(line, of(subnet, line).inner);
            case "class" -> named(line, classes);
            case "option", "option!" -> option(line);
            case "lifetime" -> last.lifetime = lifetime(line);
            case "boot" ->
                last.boot = new Layer.Boot(
                        Words.address(line.get("next", "0.0.0.0")),
                        line.get("server", ""),
                        line.get("file", ""),
                        line.where);
            case "access" -> access(line);
            default -> throw new IllegalArgumentException(line.where + ": what is '" + line.at(0) + "'?");
        }
    }

    private static Scope of(@Nullable Scope scope, Words line) {
        if (scope == null) {
            throw new IllegalArgumentException(line.where + ": no subnet was named before");
        }
        return scope;
    }

    private Scope named(Words line, List<Scope> among) {
        last = new Scope(line);
        among.add(last);
        return last;
    }

    private void option(Words line) {
        for (String word : line.words.subList(1, line.words.size())) {
            String[] pair = word.split("=", 2);
            int code = Integer.parseInt(pair[0]);
            boolean always = line.at(0).equals("option!");
            last.options.put(code, new OptionEntry(code, Words.value(pair[1]), always, line.where));
        }
    }

    private static Layer.Lifetime lifetime(Words line) {
        if (line.at(1).equals("-")) {
            return new Layer.Lifetime(
                    Layer.Lifetime.UNSAID,
                    orUnsaid(line, "least"),
                    orUnsaid(line, "most"),
                    orUnsaid(line, "t1"),
                    orUnsaid(line, "t2"),
                    line.where);
        }
        long usual = Words.seconds(line.at(1));
        return new Layer.Lifetime(
                usual,
                Words.seconds(line.get("least", "1s")),
                Words.seconds(line.get("most", usual + "s")),
                Words.seconds(line.get("t1", "0s")),
                Words.seconds(line.get("t2", "0s")),
                line.where);
    }

    private static long orUnsaid(Words line, String key) {
        String said = line.get(key);
        return said == null ? Layer.Lifetime.UNSAID : Words.seconds(said);
    }

    private void access(Words line) {
        AccessText access = last.access;
        switch (line.at(1)) {
            case "deny", "allow", "pass" ->
                access.rules.getOrDefault(line.at(1), List.of()).add(new Plan.Rule(match(line), line.where));
            case "except" ->
                access.exceptions.add(new Plan.TimedRule(
                        match(line),
                        line.has("allow"),
                        startMs + 1_000 * Words.seconds(line.get("for", "1h")),
                        line.where));
            case "random" ->
                access.randomMacs = Plan.RandomMacs.valueOf(line.at(2).toUpperCase(java.util.Locale.ROOT));
            case "reserved-too" -> access.allowReserved = !line.at(2).equals("no");
            case "others-pass" -> access.otherwisePassThrough = true;
            default -> throw new IllegalArgumentException(line.where + ": what access is that?");
        }
    }

    private static Match match(Words line) {
        String random = line.get("random");
        return new Match(
                line.all("mac").stream().map(PlanText::pattern).toList(),
                line.get("vendor-class"),
                line.get("user-class"),
                octets(line.get("client-id")),
                line.get("host-name"),
                octets(line.get("circuit")),
                octets(line.get("remote")),
                line.all("relay").stream().map(Words::address).toList(),
                line.all("arch").stream().map(Integer::valueOf).toList(),
                line.get("vendor"),
                random == null ? null : random.equals("yes"));
    }

    private static @Nullable Octets octets(@Nullable String text) {
        return text == null ? null : Words.value(text);
    }

    /** {@code 00:11:22:*} or a whole address. */
    static MacPattern pattern(String text) {
        String hex = text.replace(":", "").replace("*", "");
        int bits = 4 * hex.length();
        long value = hex.isEmpty() ? 0 : Long.parseLong(hex, 16) << (48 - bits);
        return new MacPattern(value, bits == 0 ? 0 : 0xffff_ffff_ffffL << (48 - bits) & 0xffff_ffff_ffffL);
    }

    private boolean is(String setting) {
        return settings.getOrDefault(setting, "false").equals("true");
    }

    private int number(String setting) {
        return Integer.parseInt(settings.getOrDefault(setting, "0"));
    }

    private Plan build() {
        boolean probes = is("probe-arp") || is("probe-icmp");
        return new Plan(
                Mode.valueOf(settings.getOrDefault("mode", "SELECTIVE")),
                is("authoritative"),
                is("rapid-commit"),
                is("bootp"),
                is("answer-to-source"),
                1_000 * Words.seconds(settings.getOrDefault("offer-hold", "60s")),
                1_000 * Words.seconds(settings.getOrDefault("decline-hold", "1h")),
                networks.stream().map(PlanText::network).toList(),
                global.layer(),
                classes.stream()
                        .map(c -> new Plan.ClientClass(c.words.at(1), match(c.words), c.layer()))
                        .toList(),
                global.access.build(),
                new Plan.Limits(
                        number("leases-per-mac"),
                        number("leases-per-circuit"),
                        number("packets-per-client"),
                        number("packets-per-relay"),
                        1_000),
                probes ? new Plan.Probe(is("probe-arp"), is("probe-icmp"), 500) : Plan.Probe.NONE,
                List.of(),
                Set.of(),
                OptionRegistry.IANA);
    }

    private static Plan.Network network(Scope scope) {
        boolean single = scope.words.at(0).equals("subnet");
        List<Plan.Subnet> subnets = single
                ? List.of(subnet(scope))
                : scope.inner("subnet").stream().map(PlanText::subnet).toList();
        return new Plan.Network(scope.words.at(1), single ? Layer.NOTHING : scope.layer(), subnets);
    }

    private static Plan.Subnet subnet(Scope scope) {
        Words words = scope.words;
        Prefix prefix = Words.prefix(words.at(1));
        String mode = words.get("mode");
        return new Plan.Subnet(
                prefix.toString(),
                (int) prefix.network().low(),
                prefix.length(),
                scope.layer(),
                scope.inner("pool").stream().map(PlanText::pool).toList(),
                scope.inner("reserve").stream().map(PlanText::reserved).toList(),
                Set.copyOf(words.all("interface")),
                words.all("relay").stream().map(Words::address).collect(Collectors.toSet()),
                mode == null ? null : Mode.valueOf(mode),
                scope.access.build(),
                words.where);
    }

    private static Plan.Pool pool(Scope scope) {
        Plan.Range range = range(scope.words.at(1));
        return new Plan.Pool(
                scope.words.at(1),
                range.first(),
                range.last(),
                scope.words.all("exclude").stream().map(PlanText::range).toList(),
                Set.copyOf(scope.words.all("class")),
                scope.layer(),
                scope.words.where);
    }

    private static Plan.Range range(String text) {
        int[] ends = Arrays.stream(text.split("-")).mapToInt(Words::address).toArray();
        return new Plan.Range(ends[0], ends[ends.length - 1]);
    }

    private static Plan.Reserved reserved(Scope scope) {
        Words words = scope.words;
        String id = words.get("client-id");
        return new Plan.Reserved(
                "",
                words.all("mac").stream()
                        .map(text -> MacAddress.parse(text).orElseThrow())
                        .toList(),
                id == null ? null : ClientId.of(HexFormat.of().parseHex(id)),
                octets(words.get("duid")),
                octets(words.get("circuit")),
                octets(words.get("remote")),
                words.get("host-name"),
                (int) IpAddress.parse(words.get("address", "0.0.0.0"))
                        .orElseThrow()
                        .low(),
                words.get("name"),
                scope.layer(),
                words.where);
    }
}
