package io.innkeeper.dns;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The file in which the cache outlasts a restart. It is written anew beside the old one, and takes its place when it is whole. */
public final class CacheFile {
    /** What could be read. */
    public enum End {
        /** There is no file. */
        NONE,
        /** All of it. */
        WHOLE,
        /** What stands behind the blocks that were handed on is not what was written. */
        TORN
    }

    private final Path path;

    /** A file that need not exist. */
    public CacheFile(Path path) {
        this.path = path;
    }

    /**
     * Writes these answers, and nothing else is in it then.
     *
     * @throws IOException if it cannot; the old file is still there then
     */
    public void write(List<KeptAnswer> answers) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
            out.writeLong(CacheFormat.HEAD);
            List<KeptAnswer> block = new ArrayList<>();
            int octets = 0;
            for (KeptAnswer answer : answers) {
                block.add(answer);
                octets += CacheFormat.size(answer);
                if (octets >= CacheFormat.BLOCK_FROM) {
                    out.write(CacheFormat.block(block));
                    block.clear();
                    octets = 0;
                }
            }
            if (!block.isEmpty()) {
                out.write(CacheFormat.block(block));
            }
            out.write(CacheFormat.block(List.of()));
        }
        Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Reads it, block by block.
     *
     * @param answers takes what is in a block that is as it was written
     * @throws IOException if there is a file that cannot be read
     */
    public End read(Consumer<List<KeptAnswer>> answers) throws IOException {
        if (!Files.exists(path)) {
            return End.NONE;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            return in.readLong() == CacheFormat.HEAD ? read(in, answers) : End.TORN;
        } catch (EOFException e) {
            return End.TORN;
        }
    }

    private static End read(DataInputStream in, Consumer<List<KeptAnswer>> answers) throws IOException {
        while (true) {
            int length = in.readInt();
            int checksum = in.readInt();
            if (length == 0) {
                return checksum == 0 ? End.WHOLE : End.TORN;
            }
            if (length < 0 || length > CacheFormat.MAX_BLOCK) {
                return End.TORN;
            }
            byte[] block = in.readNBytes(length);
            Optional<List<KeptAnswer>> read = CacheFormat.read(block, checksum);
            if (block.length < length || read.isEmpty()) {
                return End.TORN;
            }
            answers.accept(read.get());
        }
    }

    /** Takes it away. */
    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
