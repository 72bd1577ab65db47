package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.ConfigLine;
import io.innkeeper.wire.dnsmasq.ConfigProblem;
import io.innkeeper.wire.dnsmasq.ConfigText;
import io.innkeeper.wire.dnsmasq.ConfigValue;
import io.innkeeper.wire.dnsmasq.DhcpHost;
import io.innkeeper.wire.dnsmasq.DhcpRange;
import io.innkeeper.wire.dnsmasq.EthersLine;
import io.innkeeper.wire.dnsmasq.EthersText;
import io.innkeeper.wire.dnsmasq.HardwarePattern;
import io.innkeeper.wire.dnsmasq.HostAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One reading of the configuration: follows the files and gathers what they say. Used once, by one thread. */
final class ConfigWalk {
    private static final Set<String> WANTED = Set.of(
            "conf-file",
            "conf-dir",
            "conf-script",
            "dhcp-host",
            "dhcp-hostsfile",
            "dhcp-hostsdir",
            "dhcp-leasefile",
            "leasefile",
            "dhcp-range",
            "dhcp-script",
            "domain",
            "read-ethers");
    /** Kept as they are for whoever takes dnsmasq's place; all that begin with {@code dhcp-} are, too. */
    private static final Set<String> FURTHER = Set.of(
            "bootp-dynamic",
            "enable-dbus",
            "except-interface",
            "interface",
            "log-facility",
            "no-dhcp-interface",
            "no-dhcpv4-interface",
            "port",
            "pxe-prompt",
            "pxe-service",
            "shared-network",
            "tag-if");

    private static final List<String> DEBIAN_LEFTOVERS = List.of(".dpkg-dist", ".dpkg-old", ".dpkg-new");

    private final Path ethers;
    private final ConfigFiles files;
    private final List<DnsmasqReservation> reservations = new ArrayList<>();
    private final List<DnsmasqRange> ranges = new ArrayList<>();
    private final Set<Path> leaseFiles = new LinkedHashSet<>();
    private final List<String> domains = new ArrayList<>();
    private final Set<Path> scripts = new LinkedHashSet<>();
    private final List<DnsmasqDirective> directives = new ArrayList<>();
    private final Set<Path> hostsFiles = new LinkedHashSet<>();
    private final Set<Path> alreadyRead = new HashSet<>();
    private final Set<Path> open = new LinkedHashSet<>();
    private boolean readEthers;

    ConfigWalk(Path ethers, Path workingDirectory) {
        this.ethers = ethers;
        this.files = new ConfigFiles(workingDirectory);
    }

    DnsmasqConfig read(List<Path> startFiles) {
        for (Path start : startFiles) {
            if (Files.isDirectory(start)) {
                files.list(start, FileNameFilter.of(DEBIAN_LEFTOVERS)).forEach(this::configFile);
            } else {
                configFile(start);
            }
        }
        // dnsmasq reads these after the configuration itself, whatever the place of the lines that name them.
        hostsFiles.forEach(this::hostsFile);
        if (readEthers) {
            ethersFile();
        }
        return new DnsmasqConfig(
                reservations,
                ranges,
                List.copyOf(leaseFiles),
                domains,
                List.copyOf(scripts),
                directives,
                files.problems(),
                files.watched());
    }

    private static boolean isWanted(String key) {
        return WANTED.contains(key) || isFurther(key);
    }

    private static boolean isFurther(String key) {
        return !WANTED.contains(key) && (FURTHER.contains(key) || key.startsWith("dhcp-"));
    }

    /** A file named twice counts once, as with dnsmasq; one that includes itself is worth a word. */
    private void configFile(Path file) {
        Path real = real(file);
        if (open.contains(real)) {
            files.problem(ConfigProblem.ofFile(file.toString(), "includes itself, directly or through others"));
        } else if (open.size() >= DnsmasqConfigReader.MAX_DEPTH) {
            files.problem(ConfigProblem.ofFile(file.toString(), "not read: included too deep"));
        } else if (alreadyRead.add(real)) {
            open.add(real);
            files.read(file).ifPresent(octets -> config(file, octets));
            open.remove(real);
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException absent) {
            return file.toAbsolutePath().normalize();
        }
    }

    private void config(Path file, byte[] octets) {
        ConfigText text = ConfigText.parse(file.toString(), octets, ConfigWalk::isWanted);
        text.problems().forEach(files::problem);
        for (ConfigLine line : text.lines()) {
            if (isFurther(line.key())) {
                DnsmasqDirective directive = new DnsmasqDirective(line, file.toString());
                keep(directives, directive, DnsmasqConfigReader.MAX_DIRECTIVES, file, line);
            } else if (line.key().equals("read-ethers")) {
                readEthers = true;
            } else if (line.plainValue().isEmpty()) {
                if (!line.key().equals("dhcp-host")) {
                    problem(file, line, "nothing is given for " + line.key());
                }
            } else {
                directive(file, line);
            }
        }
    }

    private void directive(Path file, ConfigLine line) {
        switch (line.key()) {
            case "dhcp-host" -> host(file, line);
            case "dhcp-range" -> range(file, line);
            case "domain" -> keep(domains, line.plainValue(), DnsmasqConfigReader.MAX_RANGES, file, line);
            case "conf-dir" -> directory(file, line);
            case "conf-script" -> problem(file, line, "not followed: what a script prints is not known here");
            default -> path(file, line, line.plainValue()).ifPresent(path -> pathDirective(line.key(), path));
        }
    }

    private void pathDirective(String key, Path path) {
        switch (key) {
            case "conf-file" -> configFile(path);
            case "dhcp-hostsfile", "dhcp-hostsdir" -> hostsFiles.add(path);
            case "dhcp-script" -> scripts.add(path);
            default -> leaseFiles.add(path);
        }
    }

    private void directory(Path file, ConfigLine line) {
        List<String> fields = line.plainFields();
        FileNameFilter filter = FileNameFilter.of(fields.subList(1, fields.size()));
        path(file, line, fields.getFirst())
                .ifPresent(path -> files.list(path, filter).forEach(this::configFile));
    }

    private Optional<Path> path(Path file, ConfigLine line, String text) {
        if (text.equals("-")) {
            problem(file, line, "not followed: standard input is not known here");
            return Optional.empty();
        }
        try {
            return Optional.of(files.resolve(Path.of(text), file));
        } catch (InvalidPathException invalid) {
            problem(file, line, "not a path: " + invalid.getReason());
            return Optional.empty();
        }
    }

    private void host(Path file, ConfigLine line) {
        switch (DhcpHost.parse(line.value() == null ? "" : line.value())) {
            case ConfigValue.Malformed<DhcpHost>(String reason) -> problem(file, line, reason);
            case ConfigValue.Valid<DhcpHost>(DhcpHost host) ->
                keep(
                        reservations,
                        new DnsmasqReservation(host, file.toString(), line.number(), line.text()),
                        DnsmasqConfigReader.MAX_RESERVATIONS,
                        file,
                        line);
        }
    }

    private void range(Path file, ConfigLine line) {
        switch (DhcpRange.parse(line.value() == null ? "" : line.value())) {
            case ConfigValue.Malformed<DhcpRange>(String reason) -> problem(file, line, reason);
            case ConfigValue.Valid<DhcpRange>(DhcpRange range) ->
                keep(
                        ranges,
                        new DnsmasqRange(range, file.toString(), line.number(), line.text()),
                        DnsmasqConfigReader.MAX_RANGES,
                        file,
                        line);
        }
    }

    private <T> void keep(List<T> list, T item, int max, Path file, ConfigLine line) {
        if (list.size() < max) {
            list.add(item);
        } else {
            problem(file, line, "more of these than are kept");
        }
    }

    private void problem(Path file, ConfigLine line, String reason) {
        files.problem(new ConfigProblem(file.toString(), line.number(), line.text(), reason));
    }

    private void hostsFile(Path path) {
        List<Path> found = Files.isDirectory(path) ? files.list(path, FileNameFilter.ANY) : List.of(path);
        for (Path file : found) {
            files.read(file).ifPresent(octets -> hosts(file, octets));
        }
    }

    private void hosts(Path file, byte[] octets) {
        ConfigText text = ConfigText.parseValues(file.toString(), octets, "dhcp-host");
        text.problems().forEach(files::problem);
        text.lines().forEach(line -> host(file, line));
    }

    /** Many machines have no such file, and dnsmasq does not mind; it is watched, and that is all. */
    private void ethersFile() {
        if (!Files.exists(ethers)) {
            files.watched().add(ethers);
            return;
        }
        files.read(ethers).ifPresent(octets -> {
            EthersText text = EthersText.parse(ethers.toString(), octets);
            text.problems().forEach(files::problem);
            for (EthersLine line : text.lines()) {
                ConfigLine shown = new ConfigLine(line.number(), "read-ethers", null, line.text());
                DnsmasqReservation reservation =
                        new DnsmasqReservation(host(line), ethers.toString(), line.number(), line.text());
                keep(reservations, reservation, DnsmasqConfigReader.MAX_RESERVATIONS, ethers, shown);
            }
        });
    }

    private static DhcpHost host(EthersLine line) {
        return new DhcpHost(
                List.of(HardwarePattern.of(line.mac())),
                null,
                false,
                List.of(),
                List.of(),
                line.address() == null ? List.of() : List.of(HostAddress.ofV4(line.address())),
                line.name(),
                null,
                false);
    }
}
