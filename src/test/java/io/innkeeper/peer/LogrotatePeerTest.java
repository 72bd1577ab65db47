package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.feed.dnsmasq.Listener;
import io.innkeeper.feed.dnsmasq.log.LogTail;
import io.innkeeper.feed.dnsmasq.log.TestingIntake;
import io.innkeeper.io.FolderWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real logrotate in a loop, under a burst of lines, while the reader is killed now and then: each line exactly once. */
@Tag("slow")
class LogrotatePeerTest {
    private static final int TURNS = 12;

    /** How many lines are written around each rotation. */
    private static final int BURST = 8_000;

    @TempDir
    private Path folder;

    private final ReentrantLock writing = new ReentrantLock();
    private final TestingIntake intake = new TestingIntake();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Random random = new Random(7);
    private int written;
    private @Nullable OutputStream out;

    @BeforeEach
    void hasLogrotate() {
        Assumptions.assumeTrue(Programs.exists("logrotate"), "needs logrotate");
    }

    private Path log() {
        return folder.resolve("dnsmasq.log");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create\n",
                "create\ncompress\n",
                "create\ncompress\ndelaycompress\n",
                "create\ndateext\ndateformat -%Y%m%d-%s.NUMBER\n",
                "create\ndateext\ndateformat -%Y%m%d-%s.NUMBER\ncompress\n",
                "nocreate\n",
                "copytruncate\n",
                "copytruncate\ncompress\n",
                "copytruncate\ncompress\ndelaycompress\n"
            })
    void eachLineOnce(String mode) throws Exception {
        boolean copies = mode.contains("copytruncate");
        reopen();
        try (FolderWatch folders = new FolderWatch()) {
            LogTail tail = tail(folders);
            // What was rotated away before anybody looked first is nobody's promise.
            await().until(() -> intake.place() != null);
            Semaphore allowed = new Semaphore(0);
            Thread writer = Thread.ofPlatform().start(() -> burst(allowed));
            for (int turn = 0; turn < TURNS; turn++) {
                allowed.release(BURST);
                if (random.nextInt(3) == 0) {
                    tail.close();
                    rotate(mode, copies, turn);
                    tail = tail(folders);
                } else {
                    rotate(mode, copies, turn);
                }
            }
            writer.join();
            int all = written;
            LogTail last = tail;
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> intake.count() >= all || last.status().state() != Listener.State.LISTENING);
            tail.close();
            assertThat(failure.get()).isNull();
            assertThat(intake.lines())
                    .containsExactlyElementsOf(java.util.stream.IntStream.range(0, all)
                            .mapToObj(LogrotatePeerTest::line)
                            .toList());
        }
    }

    private LogTail tail(FolderWatch folders) {
        LogTail tail = new LogTail(
                new LogTail.Settings(log(), true, Duration.ofMillis(200)),
                intake,
                intake.place(),
                folders,
                InstantSource.system());
        tail.start(failure::set);
        return tail;
    }

    private static String line(int number) {
        return "Nov 21 19:40:00 dnsmasq-dhcp[12]: DHCPACK(eth0) 192.168.1.9 02:00:00:00:00:01 line " + number;
    }

    /** Writes as fast as it may, a few lines at a time; some are written in two halves. */
    private void burst(Semaphore allowed) {
        Random sizes = new Random(11);
        try {
            while (written < TURNS * BURST) {
                int lines = Math.min(1 + sizes.nextInt(5), TURNS * BURST - written);
                allowed.acquire(lines);
                writing.lock();
                try {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < lines; i++) {
                        text.append(line(written++)).append('\n');
                    }
                    byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
                    int half = sizes.nextInt(octets.length);
                    out().write(octets, 0, half);
                    out().write(octets, half, octets.length - half);
                } finally {
                    writing.unlock();
                }
            }
        } catch (IOException | InterruptedException e) {
            failure.set(e);
        }
    }

    private OutputStream out() {
        return java.util.Objects.requireNonNull(out);
    }

    /**
     * Rotates. While logrotate copies and empties, the writer pauses: what is written between the two is lost, as the manual of
     * logrotate says. Where it renames, the writer goes on in the renamed file until it is told to open another, as dnsmasq does.
     */
    private void rotate(String mode, boolean copies, int turn) throws IOException, InterruptedException {
        Path config = folder.resolve("rotate.conf");
        // One rotation a second is the most that names with a time allow; these have a number too.
        String own = mode.replace("NUMBER", "%d".formatted(turn));
        Path asked = folder.resolve("reopen");
        String script = copies
                ? ""
                : "postrotate\n  : > " + asked + "\n  while [ -e " + asked + " ]; do sleep 0.01; done\nendscript\n";
        Files.writeString(config, log() + " {\nrotate 100\nmissingok\n" + own + script + "}\n");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
        if (copies) {
            writing.lock();
        }
        try {
            Process logrotate = new ProcessBuilder(
                            Programs.find("logrotate"),
                            "--force",
                            "--state",
                            folder.resolve("state").toString(),
                            config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("logrotate.out").toFile())
                    .start();
            while (!logrotate.waitFor(5, TimeUnit.MILLISECONDS)) {
                if (Files.exists(asked)) {
                    reopen();
                    Files.delete(asked);
                }
            }
            assertThat(logrotate.exitValue())
                    .as(Files.readString(folder.resolve("logrotate.out")))
                    .isZero();
        } finally {
            if (copies) {
                writing.unlock();
            }
        }
    }

    private void reopen() throws IOException {
        writing.lock();
        try {
            OutputStream before = out;
            out = Files.newOutputStream(log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (before != null) {
                before.close();
            }
        } finally {
            writing.unlock();
        }
    }
}
