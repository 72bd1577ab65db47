package io.innkeeper.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Guests who come, stay and go all the time; their leases are written as dnsmasq does. */
final class Guests {
    private static final int ADDRESSES = 60;

    private final Path file;
    private final Random random = new Random(9);
    private final long[] ends = new long[ADDRESSES];
    private final Thread writer = Thread.ofPlatform().name("guests").unstarted(this::write);
    private volatile boolean closed;

    /** They begin to come. */
    Guests(Path file) {
        this.file = file;
        writer.start();
    }

    private void write() {
        long now = Instant.now().getEpochSecond();
        while (!closed) {
            int who = random.nextInt(ADDRESSES);
            ends[who] = ends[who] > 0 && random.nextInt(4) == 0 ? 0 : now + 3_600 + random.nextInt(40_000);
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < ADDRESSES; i++) {
                if (ends[i] > 0) {
                    lines.append("%d 02:00:00:00:02:%02x 192.168.77.%d guest-%d *%n".formatted(ends[i], i, 10 + i, i));
                }
            }
            try {
                Files.writeString(file, lines);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(8)));
        }
    }

    /** From now on nothing changes. */
    void leave() throws InterruptedException {
        closed = true;
        writer.join();
    }
}
