package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.feed.dnsmasq.Listener;
import io.innkeeper.feed.dnsmasq.log.JournalTail;
import io.innkeeper.feed.dnsmasq.log.TestingIntake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real journal, written by systemd-journal-remote as another machine would, and read by the real journalctl. */
@Tag("slow")
class JournalPeerTest {
    private static final Path WRITER = Path.of("/lib/systemd/systemd-journal-remote");
    private static final long START_US = 1_795_293_600_123_456L;

    @TempDir
    private Path folder;

    private final TestingIntake intake = new TestingIntake();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private @Nullable Process writer;
    private @Nullable JournalTail tail;
    private long entries;

    @BeforeEach
    void hasJournal() {
        Assumptions.assumeTrue(Files.isExecutable(WRITER), "needs systemd-journal-remote");
        Assumptions.assumeTrue(Programs.exists("journalctl"), "needs journalctl");
    }

    @AfterEach
    void end() {
        if (tail != null) {
            tail.close();
        }
        if (writer != null) {
            Programs.end(writer);
        }
        assertThat(failure.get()).isNull();
    }

    private OutputStream journal() throws IOException {
        Process running = writer;
        if (running == null) {
            running = new ProcessBuilder(
                            WRITER.toString(),
                            "-o",
                            folder.resolve("remote.journal").toString(),
                            "-")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            writer = running;
        }
        return running.getOutputStream();
    }

    /** Writes an entry in systemd's export format. */
    private void entry(String program, byte[] message, String more) throws IOException {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        String fields = "__REALTIME_TIMESTAMP=" + (START_US + entries * 1_000_000) + "\n__MONOTONIC_TIMESTAMP="
                + (1_000 + entries++) + "\n_BOOT_ID=0123456789abcdef0123456789abcdef\nSYSLOG_IDENTIFIER=" + program
                + "\nSYSLOG_PID=12\n" + more + "MESSAGE\n";
        entry.writeBytes(fields.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < Long.BYTES; i++) {
            entry.write((int) ((long) message.length >>> (Byte.SIZE * i)));
        }
        entry.writeBytes(message);
        entry.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        journal().write(entry.toByteArray());
        journal().flush();
    }

    private void lines(int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            entry("dnsmasq-dhcp", message(i).getBytes(StandardCharsets.UTF_8), "_SYSTEMD_UNIT=dnsmasq.service\n");
            entry("sshd", "nothing of ours".getBytes(StandardCharsets.UTF_8), "_SYSTEMD_UNIT=ssh.service\n");
        }
    }

    private static String message(int number) {
        return "DHCPACK(eth0) 192.168.1.9 02:00:00:00:00:01 line-" + number + "-end";
    }

    private JournalTail follow(@Nullable String unit, boolean fromBeginning) {
        JournalTail made = new JournalTail(
                new JournalTail.Settings(folder, unit, fromBeginning, Path.of(Programs.find("journalctl"))),
                intake,
                intake.place(),
                InstantSource.system());
        tail = made;
        made.start(failure::set);
        return made;
    }

    private void awaitLines(int lines) {
        await().atMost(60, TimeUnit.SECONDS).until(() -> intake.count() >= lines);
    }

    private List<String> messages() {
        return intake.lines().stream()
                .map(line -> line.substring(line.indexOf("DHCPACK")))
                .toList();
    }

    private static List<String> wanted(int from, int to) {
        return IntStream.range(from, to).mapToObj(JournalPeerTest::message).toList();
    }

    @Test
    void eachLineOnceAlsoOverRestarts() throws Exception {
        lines(0, 50);
        JournalTail first = follow(null, true);
        awaitLines(50);
        lines(50, 100);
        awaitLines(100);
        first.close();
        assertThat(first.status().state()).isEqualTo(Listener.State.OFF);
        lines(100, 150);
        follow(null, true);
        lines(150, 200);
        awaitLines(200);
        assertThat(messages()).containsExactlyElementsOf(wanted(0, 200));
        assertThat(intake.lines().getFirst()).startsWith("2026-11-21T20:40:00.123456Z dnsmasq-dhcp[12]: DHCPACK");
    }

    @Test
    void fromTheEndNothingOldAndNothingMissed() throws Exception {
        lines(0, 20);
        await().atMost(60, TimeUnit.SECONDS).until(() -> stored("line-19-end"));
        JournalTail first = follow("dnsmasq.service", false);
        await().atMost(60, TimeUnit.SECONDS).until(() -> intake.place() != null);
        first.close();
        lines(20, 30);
        follow("dnsmasq.service", false);
        awaitLines(10);
        assertThat(messages()).containsExactlyElementsOf(wanted(20, 30));
    }

    private boolean stored(String text) {
        return Programs.run(
                        Programs.find("journalctl"), "--directory", folder.toString(), "--output", "cat", "--no-pager")
                .contains(text);
    }

    @Test
    void aProgramThatEndsIsStartedAgain() throws Exception {
        lines(0, 10);
        Path program = folder.resolve("journalctl");
        Path runs = folder.resolve("runs");
        // Ends after five lines each time, as a journalctl that is killed would.
        Files.writeString(
                program,
                "#!/bin/sh\necho run >>" + runs + "\n" + Programs.find("journalctl")
                        + " \"$@\" | head -n 5\necho 'it broke' >&2\n");
        Files.setPosixFilePermissions(program, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        JournalTail made = new JournalTail(
                new JournalTail.Settings(folder, null, true, program), intake, null, InstantSource.system());
        tail = made;
        made.start(failure::set);
        lines(10, 20);
        awaitLines(20);
        assertThat(messages()).containsExactlyElementsOf(wanted(0, 20));
        assertThat(Files.readAllLines(runs)).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void octetsThatAreNoTextAndLinesInside() throws Exception {
        entry("dnsmasq-dhcp", new byte[] {'D', 'H', 'C', 'P', 'A', 'C', 'K', ' ', (byte) 0xff, 1, 'x'}, "");
        entry("dnsmasq-dhcp", "DHCPACK a\nDHCPACK b".getBytes(StandardCharsets.UTF_8), "");
        entry("dnsmasq", "dnsmasq-dhcp[7]: DHCPACK c".getBytes(StandardCharsets.UTF_8), "");
        follow(null, true);
        awaitLines(3);
        assertThat(messages()).containsExactly("DHCPACK \ufffd\u0001x", "DHCPACK a DHCPACK b", "DHCPACK c");
        assertThat(intake.lines().get(2)).endsWith("Z dnsmasq-dhcp[7]: DHCPACK c");
    }

    @Test
    void aPlaceThatIsNoneIsTold() throws Exception {
        lines(0, 3);
        JournalTail made = new JournalTail(
                new JournalTail.Settings(folder, null, true, Path.of(Programs.find("journalctl"))),
                intake,
                "nonsense",
                InstantSource.system());
        tail = made;
        made.start(failure::set);
        awaitLines(3);
        assertThat(messages()).containsExactlyElementsOf(wanted(0, 3));
    }

    @Test
    void aFolderThatIsNotThereIsWaitedFor() throws Exception {
        Path later = folder.resolve("later");
        JournalTail made = new JournalTail(
                new JournalTail.Settings(later, null, true, Path.of(Programs.find("journalctl"))),
                intake,
                null,
                InstantSource.system());
        tail = made;
        made.start(failure::set);
        await().atMost(60, TimeUnit.SECONDS).until(() -> made.status().message() != null);
        assertThat(made.status().state()).isEqualTo(Listener.State.WAITING);
        lines(0, 3);
        await().atMost(60, TimeUnit.SECONDS).until(() -> stored("line-2-end"));
        Files.createDirectory(later);
        Files.copy(folder.resolve("remote.journal"), later.resolve("remote.journal"));
        awaitLines(3);
        await().atMost(60, TimeUnit.SECONDS).until(() -> made.status().state() == Listener.State.LISTENING);
    }
}
