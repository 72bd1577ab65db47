package io.innkeeper.feed.dnsmasq.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the system says of a file that has some name now.
 *
 * @param inode its number
 * @param size octets
 * @param changedUs when its content last changed, microseconds since 1970
 * @param regular false for folders, pipes and the like
 */
record FileLook(long inode, long size, long changedUs, boolean regular) {
    /** Empty where there is none of this name; symbolic links are followed. */
    static Optional<FileLook> at(Path path) throws IOException {
        try {
            // In one look: the name may be another file's a moment later.
            Map<String, Object> found = Files.readAttributes(path, "unix:ino,size,lastModifiedTime,isRegularFile");
            return Optional.of(new FileLook(
                    (Long) value(found, "ino"),
                    (Long) value(found, "size"),
                    ((FileTime) value(found, "lastModifiedTime")).to(TimeUnit.MICROSECONDS),
                    (Boolean) value(found, "isRegularFile")));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
    }

    private static Object value(Map<String, Object> found, String name) {
        return Objects.requireNonNull(found.get(name), name);
    }
}
