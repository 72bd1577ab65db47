package io.innkeeper.dns.block;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The copy of a list, and what was remembered about it: two files in a folder, named after the file or URL. The copy
 * is replaced as a whole or not at all.
 */
final class KeptCopy {
    private static final int NAME_OCTETS = 12;

    /**
     * What is remembered about a copy.
     *
     * @param etag the server's name for this version
     * @param lastModified what the server said, as it said it
     * @param fetchedAt when the server last gave it, or said that it still holds
     * @param changedAt when it last was another one
     */
    record Notes(
            @Nullable String etag,
            @Nullable String lastModified,
            @Nullable Instant fetchedAt,
            @Nullable Instant changedAt) {
        static final Notes NONE = new Notes(null, null, null, null);
    }

    private final Path file;
    private final Path notesFile;
    private final Path part;

    KeptCopy(Path folder, String list) {
        String name = HexFormat.of().formatHex(sha256(list.getBytes(StandardCharsets.UTF_8)), 0, NAME_OCTETS);
        this.file = folder.resolve(name + ".list");
        this.notesFile = folder.resolve(name + ".properties");
        this.part = folder.resolve(name + ".part");
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The copy; may not be there. */
    Path file() {
        return file;
    }

    /** Where the next one is written to. */
    Path part() {
        return part;
    }

    /** What is remembered; nothing where there is no copy, or the notes cannot be read. */
    Notes notes() {
        Properties all = new Properties();
        if (!Files.exists(file)) {
            return Notes.NONE;
        }
        try (Reader in = Files.newBufferedReader(notesFile)) {
            all.load(in);
        } catch (IOException | IllegalArgumentException e) {
            return Notes.NONE;
        }
        return new Notes(
                all.getProperty("etag"),
                all.getProperty("last-modified"),
                instant(all, "fetched"),
                instant(all, "changed"));
    }

    private static @Nullable Instant instant(Properties all, String key) {
        String text = all.getProperty(key);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The part becomes the copy. */
    void replace(Notes notes) throws IOException {
        // The notes go first: a copy with notes of another version would never be fetched again.
        Files.deleteIfExists(notesFile);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        note(notes);
    }

    void note(Notes notes) throws IOException {
        Properties all = new Properties();
        put(all, "etag", notes.etag());
        put(all, "last-modified", notes.lastModified());
        put(all, "fetched", notes.fetchedAt());
        put(all, "changed", notes.changedAt());
        try (Writer out = Files.newBufferedWriter(notesFile)) {
            all.store(out, null);
        }
    }

    private static void put(Properties all, String key, @Nullable Object value) {
        if (value != null) {
            all.setProperty(key, value.toString());
        }
    }

    /** True where the part and the copy are the same octets. */
    boolean isSame() throws IOException {
        return Files.exists(file) && Files.mismatch(part, file) < 0;
    }
}
