package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.StartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** dnsmasq's file taken away and written anew, a thousand times, in all the ways a file can be: nobody came or went. */
@Tag("slow")
class RewrittenFileTest {
    private static final int TIMES = 1_000;
    private static final int LEASES = 40;
    private static final int SHORT_MICROS = 4_000;

    /** Longer than a lease needs to be missing to be believed gone, where it is the only one. */
    private static final int LONG_MILLIS = 400;

    private final Random random = new Random(77);

    @TempDir
    private Path folder;

    @Test
    void nobodyCameOrWent() throws IOException, InterruptedException, StartException {
        try (WatchedNetwork watched = new WatchedNetwork(folder);
                Udhcpc laptop = watched.udhcpc("laptop", "02:00:00:00:00:01");
                Dhclient phone = watched.dhclient(6, "phone", "02:00:00:00:00:02");
                Udhcpc printer = watched.udhcpc("printer", "02:00:00:00:00:03")) {
            laptop.obtain("laptop");
            watched.next("lease.added");
            phone.stay("phone");
            watched.next("lease.added");
            watched.dnsmasq.stop();
            Path file = watched.dnsmasq.leases();
            byte[] whole = withMore(Files.readString(file)).getBytes(StandardCharsets.UTF_8);
            Files.write(file, whole);
            for (int i = 0; i < LEASES; i++) {
                watched.next("lease.added");
            }

            for (int i = 0; i < TIMES; i++) {
                rewrite(file, whole, i);
            }
            watched.tape.nothingMore(Duration.ofSeconds(7));

            watched.dnsmasq.start();
            printer.obtain("printer");
            assertThat(watched.next("lease.added").lease("mac")).isEqualTo("02:00:00:00:00:03");
            watched.tape.nothingMore(Duration.ofSeconds(1));
        }
    }

    private static String withMore(String file) {
        long end = Instant.now().plus(Duration.ofHours(12)).getEpochSecond();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < LEASES; i++) {
            all.append("%d 02:00:00:00:01:%02x 192.168.77.%d guest-%d *%n".formatted(end, i, 101 + i, i));
        }
        return all + file;
    }

    private void rewrite(Path file, byte[] whole, int i) throws IOException {
        switch (random.nextInt(4)) {
            case 0 -> inPlace(file, whole, i % 100 == 0);
            case 1 -> byRename(file, whole);
            case 2 -> {
                Files.delete(file);
                pause(i % 100 == 1);
                Files.write(file, whole);
            }
            default -> {
                Files.delete(file);
                pause(false);
                inPlace(file, whole, i % 100 == 2);
            }
        }
        pause(false);
    }

    /** As dnsmasq does: truncated, then written in pieces. */
    private void inPlace(Path file, byte[] whole, boolean slowly) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            pause(slowly);
            int at = 0;
            while (at < whole.length) {
                int length = Math.min(whole.length - at, 1 + random.nextInt(whole.length));
                channel.write(ByteBuffer.wrap(whole, at, length));
                at += length;
                if (random.nextBoolean()) {
                    pause(slowly && at < whole.length / 2);
                }
            }
            channel.force(false);
        }
    }

    private void byRename(Path file, byte[] whole) throws IOException {
        Path next = file.resolveSibling("next.leases");
        Files.write(next, whole);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void pause(boolean slowly) {
        LockSupport.parkNanos(
                slowly
                        ? TimeUnit.MILLISECONDS.toNanos(LONG_MILLIS)
                        : TimeUnit.MICROSECONDS.toNanos(random.nextInt(SHORT_MICROS)));
    }
}
