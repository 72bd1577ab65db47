package io.innkeeper.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file system of the test's own that is soon full: a tmpfs on an empty folder. {@link #close} takes it away; those that an
 * earlier run left behind are taken away by the next.
 */
final class SmallDisk implements AutoCloseable {
    private static final Pattern OURS = Pattern.compile("innkeeper-disk-(\\d+) (\\S+) tmpfs .*");
    private static final int PIECE = 1 << 12;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one; skips the test where this user may not, as {@link Namespaces#create} does. */
    static SmallDisk mount(Path folder, int megabytes) throws IOException {
        Namespaces.skipUnlessPossible("mounting a small disk", "mount", "umount");
        removeLeftovers();
        String name = "innkeeper-disk-" + ProcessHandle.current().pid();
        Files.createDirectories(folder);
        Programs.run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", name, folder.toString());
        return new SmallDisk(folder);
    }

    private static void removeLeftovers() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
            Matcher matcher = OURS.matcher(line);
            if (matcher.matches()
                    && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
                Programs.run("umount", "--lazy", matcher.group(2));
            }
        }
    }

    Path folder() {
        return folder;
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** Takes all but so many octets. */
    void fill(long left) throws IOException {
        byte[] piece = new byte[PIECE];
        try (OutputStream filling = Files.newOutputStream(filler())) {
            while (free() > left) {
                filling.write(piece);
            }
        } catch (IOException e) {
            if (free() > PIECE) {
                throw e;
            }
        }
    }

    /** How many octets are free. */
    long free() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives back what {@link #fill} took. */
    void empty() throws IOException {
        Files.delete(filler());
    }

    @Override
    public void close() {
        Programs.run("umount", "--lazy", folder.toString());
    }
}
