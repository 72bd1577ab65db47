package io.innkeeper.store.journal;

import java.io.IOException;
import java.nio.file.Path;

/** The real disk, failing when told to. */
final class TestingDisk implements SegmentDisk {
    /** No new file can be made. */
    volatile boolean full;

    /** The next write stops after so many octets; -1 for none. */
    volatile int tornAfter = -1;

    /** The next sync fails; what was written before stays readable, as it does in a page cache. */
    volatile boolean syncFails;

    @Override
    public Open make(Path path, int octets) throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
        Open real = SegmentDisk.REAL.make(path, octets);
        return new Open() {
            @Override
            public void write(byte[] data, int length, long at) throws IOException {
                int torn = tornAfter;
                if (torn >= 0) {
                    tornAfter = -1;
                    real.write(data, Math.min(torn, length), at);
                    throw new IOException("Input/output error");
                }
                real.write(data, length, at);
            }

            @Override
            public void sync() throws IOException {
                if (syncFails) {
                    syncFails = false;
                    throw new IOException("Input/output error");
                }
                real.sync();
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }
}
