package io.innkeeper;

import io.innkeeper.device.Fingerprints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What kind of device has which DHCP fingerprint: our table, and before it the owner's file, read anew when it changes. */
final class Kinds implements Supplier<Fingerprints> {
    private static final Logger LOG = LoggerFactory.getLogger(Kinds.class);
    private static final long LOOK_NANOS = 5_000_000_000L;
    private static final long MAX_OCTETS = 4L << 20;

    /** A file as it was read. */
    private record Read(@Nullable Path file, @Nullable FileTime at, long nanos, Fingerprints table) {}

    private final Supplier<@Nullable Path> file;
    private final Fingerprints ours = ours();
    private volatile @Nullable Read read;

    /** @param file the owner's file as it is configured now; null for none */
    Kinds(Supplier<@Nullable Path> file) {
        this.file = file;
    }

    private static Fingerprints ours() {
        try (InputStream stream = Fingerprints.class.getResourceAsStream(Fingerprints.RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("the table of fingerprints is missing from the program");
            }
            return Fingerprints.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("the table of fingerprints cannot be read", e);
        }
    }

    @Override
    public Fingerprints get() {
        Path wanted = file.get();
        if (wanted == null) {
            return ours;
        }
        Read last = read;
        if (last == null || !wanted.equals(last.file())) {
            return look(wanted, null);
        }
        return System.nanoTime() - last.nanos() < LOOK_NANOS ? last.table() : look(wanted, last);
    }

    private synchronized Fingerprints look(Path wanted, @Nullable Read last) {
        FileTime at = null;
        Fingerprints table = last == null ? ours : last.table();
        try {
            at = Files.getLastModifiedTime(wanted);
            if (last == null || !Objects.equals(at, last.at())) {
                table = Fingerprints.parse(text(wanted)).over(ours);
            }
        } catch (IOException | IllegalArgumentException e) {
            if (last == null || !Objects.equals(at, last.at())) {
                LOG.warn("The fingerprints of {} are not used: {}", wanted, e.getMessage());
            }
        }
        read = new Read(wanted, at, System.nanoTime(), table);
        return table;
    }

    /** Of a file only: a device would never end. */
    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("not a file");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] octets = stream.readNBytes((int) MAX_OCTETS + 1);
            if (octets.length > MAX_OCTETS) {
                throw new IOException("longer than " + MAX_OCTETS + " octets");
            }
            return new String(octets, StandardCharsets.UTF_8);
        }
    }
}
