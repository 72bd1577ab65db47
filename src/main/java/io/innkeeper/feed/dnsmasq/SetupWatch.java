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
    private volatile DnsmasqSetup setup = DnsmasqSetup.empty();
    private List<Prefix> prefixes = List.of();
    private Map<Path, String> stamps = Map.of();
    private boolean read;

    /**
     * True once the files were read again some time after they last changed: a change while they were being read, or one to
     * which the file system gave the same time, shows only then.
     */
    private boolean settled;

    private long stampsSinceNanos;

    SetupWatch(
            List<Path> startFiles, DnsmasqConfigReader reader, Supplier<? extends Collection<Prefix>> localPrefixes) {
        this.startFiles = startFiles;
        this.reader = reader;
        this.localPrefixes = localPrefixes;
    }

    /** As it was last read; for any thread. */
    DnsmasqSetup setup() {
        return setup;
    }

    Set<Path> watched() {
        return setup.watched();
    }

    /**
     * Reads the files where one of them changed since; true where that made a difference.
     *
     * @param nanos the time of a clock that only goes forward
     */
    boolean refresh(long nanos) {
        List<Prefix> localNow = List.copyOf(localPrefixes.get());
        if (read && settled && localNow.equals(prefixes) && stamps.equals(stamp(setup.watched()))) {
            return false;
        }
        DnsmasqSetup before = setup;
        setup = reader.read(startFiles).withLocalPrefixes(localNow);
        prefixes = localNow;
        Map<Path, String> after = stamp(setup.watched());
        if (!read || !after.equals(stamps)) {
            stampsSinceNanos = nanos;
        }
        stamps = after;
        read = true;
        settled = nanos - stampsSinceNanos >= LeaseFileReader.TRUSTED_AFTER_NANOS;
        return !setup.equals(before);
    }

    private static Map<Path, String> stamp(Set<Path> paths) {
        Map<Path, String> stamps = new HashMap<>();
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
