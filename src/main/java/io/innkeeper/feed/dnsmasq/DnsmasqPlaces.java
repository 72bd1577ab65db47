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
    private static final int MAX_FOUND = 16;
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Path root;

    /** @param root the root of the file system, {@code /} but in tests */
    public DnsmasqPlaces(Path root) {
        this.root = root;
    }

    /** What is there; where nothing is, the usual place, to wait for. Never empty. */
    public List<DnsmasqFeed.Settings> find() {
        Map<Path, String> leases = new LinkedHashMap<>();
        List<Path> config = config();
        for (Path file : new DnsmasqConfigReader(root.resolve("etc/ethers"), root)
                .read(config)
                .leaseFiles()) {
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
        return settings(leases, config);
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

    private List<DnsmasqFeed.Settings> settings(Map<Path, String> leases, List<Path> config) {
        List<DnsmasqFeed.Settings> found = new ArrayList<>();
        Map<String, Integer> used = new LinkedHashMap<>();
        leases.forEach((file, name) -> {
            int count = used.merge(name, 1, Integer::sum);
            String unique = count == 1 ? name : name + "-" + count;
            if (found.size() < MAX_FOUND) {
                boolean systemOne = name.equals("dnsmasq");
                found.add(new DnsmasqFeed.Settings(
                        unique, file, systemOne ? config : List.of(), root.resolve("etc/ethers"), POLL));
            }
        });
        return found;
    }
}
