package io.innkeeper.tidy;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who may import whom. This table is the architecture in one place: to change a line is a decision about the design, worth a
 * page in docs/decisions, not a way to make a test green.
 */
final class ImportRules {
    /** The root of our packages. */
    static final String OURS = "io.innkeeper";

    /** May import everybody: {@code Main} and {@code App}, which wire all parts, stand in the root package. */
    private static final String ROOT = "";

    /** Package → the packages it may import; each covers its sub-packages, unless those have a line of their own. */
    private static final Map<String, Set<String>> ALLOWED = new TreeMap<>(Map.ofEntries(
            // Bytes and text ⇄ records. Needs nobody, so that every layer can use it.
            Map.entry("wire.net", Set.of()),
            Map.entry("wire", Set.of("wire.net")),
            Map.entry("wire.dns", Set.of("wire.net")),
            // Its messages are Protocol Buffers, of the same contract as gRPC: it says what they mean as records.
            Map.entry("wire.rdk.v2", Set.of("wire", "wire.net")),
            // The engines: what is true of leases and devices. Pure.
            Map.entry("lease", Set.of("wire.net")),
            Map.entry("device", Set.of("wire.net")),
            Map.entry("event", Set.of("wire.net")),
            // What outsiders see of them.
            Map.entry("view", Set.of("lease", "device", "event", "wire.net")),
            // Where the world begins.
            Map.entry("io", Set.of("wire", "wire.net")),
            Map.entry("ops", Set.of("wire.net")),
            // Values of DHCP options are checked by the types that wire gives them, before anybody has to use them.
            // Names of events are checked before anybody has to follow them.
            // Names of domains and lines of zones are read by wire.dns, and by the library that reads them for the
            // server.
            Map.entry("config", Set.of("wire", "wire.dns", "wire.net", "event")),
            Map.entry("security", Set.of("wire.net")),
            // Arguments of commands are values as the configuration has them, read the same way.
            Map.entry("service", Set.of("event", "config", "wire.net")),
            Map.entry("store", Set.of("view", "lease", "device", "event", "wire.net")),
            // Sources hand on what they learn through feed.LeaseSink; they know neither store nor outlets.
            Map.entry("feed", Set.of("wire", "wire.net", "wire.rdk.v2", "lease", "device", "io", "service")),
            // Our own DHCP server: engine, plan made of the configuration, and the loop.
            Map.entry("dhcp", Set.of("wire", "wire.net", "lease", "view", "io", "service", "config")),
            // Profiles and marks for installation, as lines for a dnsmasq. Pure.
            Map.entry("install", Set.of("wire", "wire.net", "config", "view")),
            // The roll call: plan, watch for conflicts, and the loop. What it hears goes out through arp.HearingSink.
            Map.entry("arp", Set.of("wire", "wire.net", "io", "service", "config")),
            // What the DNS server answered, in files of its own: it knows neither engine nor store.
            Map.entry("dns.log", Set.of("wire.dns", "wire.net", "config", "io")),
            // Block lists: pure reading and deciding, and the loop that fetches.
            Map.entry("dns.block", Set.of("wire.dns", "wire.net", "io", "config")),
            // The DNS server: ║ its steps are pure, the loop and the connections are beside them.
            Map.entry(
                    "dns",
                    Set.of("wire.dns", "wire.net", "dns.block", "dns.forward", "dns.log", "config", "io", "service")),
            // Questions that others answer: whom to ask is pure, the loops around it are beside.
            Map.entry("dns.forward", Set.of("wire", "wire.dns", "wire.net", "config")),
            // A source that is made up: it writes files, as a dnsmasq would.
            Map.entry("demo", Set.of("wire", "wire.net")),
            // The one owner of leases and devices.
            Map.entry("desk", Set.of("feed", "lease", "device", "event", "store", "view", "wire", "wire.net")),
            // Outlets: they ask the store, or hand work to its owner.
            Map.entry(
                    "api",
                    Set.of(
                            "service",
                            "store",
                            "event",
                            "view",
                            "security",
                            "config",
                            "desk",
                            "dhcp",
                            "dns",
                            "dns.block",
                            "dns.forward",
                            "dns.log",
                            "feed",
                            "ops",
                            "wire",
                            // Questions by HTTPS, and names in filters.
                            "wire.dns",
                            "wire.net")),
            Map.entry("api.grpc", Set.of("service", "store", "event", "view", "config", "desk", "wire.net")),
            // Outlets that call others: they read the log and the store as any follower does, and change nothing.
            Map.entry("outbound", Set.of("service", "store", "event", "view", "config", "wire")),
            // What DHCP clients say, told to a lease monitor.
            Map.entry("tell.push", Set.of("wire")),
            // The same, kept until a monitor has it: it knows the wire, the disk, and nothing of a server.
            Map.entry("tell", Set.of("tell.push", "wire", "wire.dns", "wire.net", "wire.rdk.v2", "io")),
            // The commands are clients of the API, check configurations, and tell what DHCP clients say.
            Map.entry("cli", Set.of("config", "view", "wire", "wire.net", "io", "tell", "tell.push"))));

    /** Classes that a package may not touch although it may import their package: engines have one owner. */
    private static final Map<String, Set<String>> FORBIDDEN_CLASSES = Map.of(
            "api",
                    Set.of(
                            "io.innkeeper.feed.dnsmasq.CutGuard",
                            "io.innkeeper.feed.dnsmasq.ToldLeases",
                            "io.innkeeper.feed.dnsmasq.Facts",
                            "io.innkeeper.dhcp.DhcpEngine",
                            "io.innkeeper.dhcp.DhcpServer",
                            "io.innkeeper.dns.DnsEngine",
                            "io.innkeeper.dns.DnsServer"),
            "desk", Set.of("io.innkeeper.feed.dnsmasq.DnsmasqFeed", "io.innkeeper.feed.dnsmasq.DnsmasqService"));

    /** Library → the packages of ours that may know it: what is behind one door can be replaced. */
    private static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("java.sql", Set.of("store")),
            Map.entry("org.sqlite", Set.of("store")),
            Map.entry("org.eclipse.jetty", Set.of("api")),
            // In feed: what journalctl and ubus print.
            Map.entry("tools.jackson", Set.of("view", "store", "config", "api", "api.grpc", "cli", "outbound", "feed")),
            Map.entry("com.fasterxml.jackson", Set.of("view", "api")),
            Map.entry("org.apache.logging.log4j", Set.of("ops")),
            Map.entry("io.prometheus", Set.of("ops")),
            Map.entry("picocli", Set.of("cli")),
            Map.entry("org.freedesktop.dbus", Set.of("feed")),
            // Validation, and records as people write them: what runs for each query is wire.dns.
            Map.entry("org.xbill.DNS", Set.of("dns.forward", "config")),
            // gRPC and its messages: those who answer, and those who call neighbours. What DHCP clients tell is of the
            // same
            // contract, without gRPC: behind wire.rdk.v2 nobody knows it.
            Map.entry("io.grpc", Set.of("api.grpc", "outbound")),
            Map.entry("com.google.protobuf", Set.of("api.grpc", "outbound", "wire.rdk.v2")),
            Map.entry("com.google.rpc", Set.of("api.grpc", "outbound")),
            Map.entry("innkeeper.v1", Set.of("api.grpc", "outbound", "wire.rdk.v2")),
            Map.entry("java.lang.foreign", Set.of("io")));

    private ImportRules() {}

    /** The packages that have a line. */
    static Set<String> packages() {
        return ALLOWED.keySet();
    }

    /** The line that counts for a package, such as {@code api} for {@code io.innkeeper.api.http}; empty for none. */
    static Optional<String> line(String packageName) {
        if (packageName.equals(OURS)) {
            return Optional.of(ROOT);
        }
        String inside = packageName.substring(Math.min(packageName.length(), OURS.length() + 1));
        return ALLOWED.keySet().stream()
                .filter(line -> covers(line, inside))
                .max(Comparator.comparingInt(String::length));
    }

    private static boolean covers(String line, String name) {
        return name.equals(line) || name.startsWith(line + ".");
    }

    /** What is wrong with a class of this package using that class; empty where nothing is. */
    static Optional<String> complaint(String fromPackage, String toPackage, String toClass) {
        boolean ours = covers(OURS, toPackage);
        String from = line(fromPackage).orElse("?");
        if (from.equals(ROOT)) {
            return Optional.empty();
        }
        return ours ? ours(from, toPackage, toClass) : library(from, toPackage);
    }

    private static Optional<String> ours(String from, String toPackage, String toClass) {
        String to = line(toPackage).orElse("?");
        if (!ALLOWED.containsKey(from)) {
            return Optional.of("this package has no line in ImportRules: say whom it may import");
        }
        if (FORBIDDEN_CLASSES.getOrDefault(from, Set.of()).contains(toClass)) {
            return Optional.of(
                    from + " may not use " + toClass + ": it belongs to its owner; ask that one, or the store");
        }
        if (from.equals(to) || ALLOWED.get(from).contains(to)) {
            return Optional.empty();
        }
        return Optional.of(
                from + " may import " + new TreeSet<>(ALLOWED.get(from)) + ", not " + (to.isEmpty() ? "the root" : to)
                        + ": dependencies go one way, so that each part can be understood and tested without those above it");
    }

    private static Optional<String> library(String from, String toPackage) {
        return LIBRARIES.entrySet().stream()
                .filter(library -> covers(library.getKey(), toPackage))
                .filter(library -> !library.getValue().contains(from))
                .findFirst()
                .map(library -> from + " may not use " + toPackage + "; only " + library.getValue()
                        + " may: a library behind one door can be replaced");
    }

    /** The packages that a package reaches, directly and through others. */
    static Set<String> reaches(String line) {
        Set<String> reached = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(List.copyOf(ALLOWED.get(line)));
        while (!next.isEmpty()) {
            String one = next.pop();
            if (reached.add(one)) {
                next.addAll(ALLOWED.get(one));
            }
        }
        return reached;
    }
}
