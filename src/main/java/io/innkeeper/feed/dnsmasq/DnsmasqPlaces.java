package io.innkeeper.feed.dnsmasq;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a dnsmasq of this machine usually keeps its files: looked at when the configuration names none. */
public final class DnsmasqPlaces {
    /** Debian's dnsmasq, and dnsmasq's own default on Linux. */
    private static final String USUAL = "var/lib/misc/dnsmasq.leases";

    /** Other systems' places, and what the instance is called then. */
    private static final Map<String, String> OTHERS = new LinkedHashMap<>();

    static {
        OTHERS.put("var/lib/dnsmasq/dnsmasq.leases", "dnsmasq"); // Fedora, Arch
        OTHERS.put("tmp/dhcp.leases", "openwrt");
        OTHERS.put("etc/pihole/dhcp.leases", "pihole");
        OTHERS.put("var/db/dnsmasq.leases", "dnsmasq"); // the BSDs
    }

    private static final String NETWORK_MANAGER = "var/lib/NetworkManager";
    private static final String SYSTEM_BUS = "run/dbus/system_bus_socket";
    private static final String BUS_NAME = "uk.org.thekelleys.dnsmasq";
    private static final int MAX_FOUND = 16;
    private static final Duration POLL = Duration.ofSeconds(1);

    /**
     * A dnsmasq that was found.
     *
     * @param settings its files
     * @param log the file that it logs to, where it can be read; else null
     * @param bus its name on the system's D-Bus, where it is there; else null
     */
    public record Found(
            DnsmasqFeed.Settings settings,
            @Nullable Path log,
            @Nullable String bus) {}

    private final Path root;

    /** @param root the root of the file system, {@code /} but in tests */
    public DnsmasqPlaces(Path root) {
        this.root = root;
    }

    /** What is there; where nothing is, the usual place, to wait for. Never empty. */
    public List<Found> find() {
        Map<Path, String> leases = new LinkedHashMap<>();
        List<Path> config = config();
        DnsmasqSetup setup = new DnsmasqConfigReader(root.resolve("etc/ethers"), root).read(config);
        for (Path file : setup.leaseFiles()) {
            leases.put(file, "dnsmasq");
        }
        Path usual = root.resolve(USUAL);
        if (leases.isEmpty() && Files.exists(usual)) {
            leases.put(usual, "dnsmasq");
        }
        OTHERS.forEach((place, name) -> {
            Path file = root.resolve(place);
            if (Files.exists(file)) {
                leases.putIfAbsent(file, name);
            }
        });
        networkManager(leases);
        if (leases.isEmpty()) {
            leases.put(usual, "dnsmasq");
        }
        return settings(leases, config, setup);
    }

    private List<Path> config() {
        List<Path> config = new ArrayList<>();
        for (String place : List.of("etc/dnsmasq.conf", "etc/dnsmasq.d")) {
            Path path = root.resolve(place);
            if (Files.exists(path)) {
                config.add(path);
            }
        }
        return config;
    }

    /** NetworkManager runs one dnsmasq per shared connection. */
    private void networkManager(Map<Path, String> leases) {
        Path folder = root.resolve(NETWORK_MANAGER);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "dnsmasq-*.leases")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                leases.putIfAbsent(file, "nm-" + name.substring("dnsmasq-".length(), name.length() - 7));
            }
        } catch (IOException e) {
            // A folder that cannot be listed has nothing for us.
        }
    }

    /** What can be watched beside the files by whoever may read them: of the dnsmasq whose configuration was found. */
    private List<Found> settings(Map<Path, String> leases, List<Path> config, DnsmasqSetup setup) {
        Path log = log(setup);
        String bus = bus(setup);
        List<Found> found = new ArrayList<>();
        Map<String, Integer> used = new LinkedHashMap<>();
        leases.forEach((file, name) -> {
            int count = used.merge(name, 1, Integer::sum);
            String unique = count == 1 ? name : name + "-" + count;
            if (found.size() < MAX_FOUND) {
                boolean systemOne = name.equals("dnsmasq");
                DnsmasqFeed.Settings settings = new DnsmasqFeed.Settings(
                        unique, file, systemOne ? config : List.of(), root.resolve("etc/ethers"), POLL);
                boolean first = systemOne && count == 1;
                found.add(new Found(settings, first ? log : null, first ? bus : null));
            }
        });
        return found;
    }

    /** {@code log-facility} names a facility of syslog, or a file by a path with a slash; a dash is standard error. */
    private @Nullable Path log(DnsmasqSetup setup) {
        for (DnsmasqDirective directive : setup.directives()) {
            String value = directive.line().plainValue();
            if (directive.line().key().equals("log-facility") && value.startsWith("/")) {
                Path file = root.resolve(value.substring(1));
                return Files.isReadable(file) ? file : null;
            }
        }
        return null;
    }

    private @Nullable String bus(DnsmasqSetup setup) {
        for (DnsmasqDirective directive : setup.directives()) {
            if (directive.line().key().equals("enable-dbus") && Files.isWritable(root.resolve(SYSTEM_BUS))) {
                String name = directive.line().plainValue();
                return name.isEmpty() ? BUS_NAME : name;
            }
        }
        return null;
    }
}
