package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.net.Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** dnsmasq's configuration as it is now, read again when one of its files changes. Belongs to the thread of its source. */
final class SetupWatch {
    private final List<Path> startFiles;
    private final DnsmasqConfigReader reader;
    private final Supplier<? extends Collection<Prefix>> localPrefixes;
    private DnsmasqSetup setup = DnsmasqSetup.empty();
    private Map<Path, String> stamps = Map.of();

    SetupWatch(
            List<Path> startFiles, DnsmasqConfigReader reader, Supplier<? extends Collection<Prefix>> localPrefixes) {
        this.startFiles = startFiles;
        this.reader = reader;
        this.localPrefixes = localPrefixes;
    }

    DnsmasqSetup setup() {
        return setup;
    }

    Set<Path> watched() {
        return setup.watched();
    }

    /** Reads the files where one of them changed since; true where that made a difference. */
    boolean refresh() {
        if (!stamps.isEmpty() && stamps.equals(stamp(setup.watched()))) {
            return false;
        }
        DnsmasqSetup before = setup;
        DnsmasqSetup next = reader.read(startFiles).withLocalPrefixes(localPrefixes.get());
        stamps = stamp(next.watched());
        setup = next;
        return !next.equals(before);
    }

    private static Map<Path, String> stamp(Set<Path> paths) {
        Map<Path, String> stamps = new HashMap<>();
        stamps.put(Path.of(""), "read");
        for (Path path : paths) {
            stamps.put(path, stamp(path));
        }
        return stamps;
    }

    private static String stamp(Path path) {
        try {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return found.fileKey() + " " + found.size() + " " + found.lastModifiedTime();
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }
}
