package io.innkeeper.tell.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The right to send what waits: one process of all that use a spool has it at a time. It ends with the process. */
public final class Turn implements AutoCloseable {
    private final FileChannel channel;

    private Turn(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes it; empty where another has it. The folder has to be there. */
    public static Optional<Turn> take(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("turn"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (FileSpoolDisk.tryLock(channel) == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new Turn(channel));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
