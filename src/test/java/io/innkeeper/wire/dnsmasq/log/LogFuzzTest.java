package io.innkeeper.wire.dnsmasq.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.innkeeper.wire.dnsmasq.log.LogEntry.DhcpLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No octets make the reading of lines throw, lose a line or go beyond its borders, and a line is read the same wherever it stands. Runs the
 * stored inputs and seeded random ones in the normal build; with {@code JAZZER_FUZZ=1} the fuzzer searches.
 */
class LogFuzzTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long NOW = Instant.parse("2026-11-21T20:00:00Z").toEpochMilli();

    @FuzzTest(maxDuration = "30s")
    void anyText(byte[] octets) {
        readEverything(octets);
    }

    /** What a message says does not depend on who wrote it; any of the programs may have. */
    @FuzzTest(maxDuration = "30s")
    void anyMessage(byte[] octets) {
        String message = new String(octets, StandardCharsets.UTF_8);
        for (LogProgram program : LogProgram.values()) {
            read(LogEntry.parse(message, program));
        }
    }

    /** Real lines, with octets changed, lost and doubled. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void damagedLines(long seed) throws IOException {
        Random random = new Random(seed);
        String[] files = {"heads.txt", "log-dhcp-queries-extra.log", "troubles.log"};
        for (int round = 0; round < 200; round++) {
            byte[] whole = RealLogTest.bytes(files[random.nextInt(files.length)]);
            int from = random.nextInt(whole.length);
            byte[] text = Arrays.copyOfRange(whole, from, Math.min(whole.length, from + random.nextInt(4_000)));
            for (int i = random.nextInt(60); i > 0 && text.length > 0; i--) {
                damage(random, text);
            }
            readEverything(text);
        }
    }

    private static void damage(Random random, byte[] text) {
        int at = random.nextInt(text.length);
        switch (random.nextInt(4)) {
            case 0 -> text[at] = (byte) random.nextInt(256);
            case 1 -> text[at] = (byte) " \n:[]<>()0123-dn./".charAt(random.nextInt(18));
            case 2 -> System.arraycopy(text, at, text, 0, Math.min(20, text.length - at));
            default -> System.arraycopy(text, 0, text, at, Math.min(20, text.length - at));
        }
    }

    private static void readEverything(byte[] octets) {
        // Framed by octets that would be read as something else if a border were crossed.
        byte[] framed = new byte[octets.length + 16];
        Arrays.fill(framed, (byte) '7');
        System.arraycopy(octets, 0, framed, 8, octets.length);
        LogLines lines = new LogLines();
        LogLines alone = new LogLines();
        lines.reset(framed, 8, framed.length - 8);
        int at = 8;
        while (lines.next()) {
            assertThat(lines.lineFrom()).isGreaterThanOrEqualTo(at);
            assertThat(lines.lineFrom()).isLessThanOrEqualTo(lines.messageFrom());
            assertThat(lines.messageFrom()).isLessThanOrEqualTo(lines.messageTo());
            assertThat(lines.messageTo()).isLessThanOrEqualTo(lines.lineTo());
            assertThat(lines.lineTo()).isLessThanOrEqualTo(framed.length - 8);
            at = lines.lineTo();
            byte[] line = Arrays.copyOfRange(framed, lines.lineFrom(), lines.lineTo());
            alone.reset(line, 0, line.length);
            assertThat(alone.next()).isTrue();
            assertThat(alone.atMs(NOW, BERLIN)).isEqualTo(lines.atMs(NOW, BERLIN));
            assertThat(alone.host()).isEqualTo(lines.host());
            assertThat(alone.pid()).isEqualTo(lines.pid());
            assertThat(alone.program()).isEqualTo(lines.program());
            LogEntry entry = LogEntry.parse(lines);
            assertThat(LogEntry.parse(alone)).isEqualTo(entry);
            assertThat(lines.kind() != null || !(entry instanceof DhcpLine)).isTrue();
            read(entry);
        }
        assertThat(lines.lines()).isEqualTo(feeds(octets));
        assertThat(lines.skipped()).isEqualTo(skippedAlone(octets));
    }

    private static long feeds(byte[] octets) {
        long feeds = 0;
        for (byte octet : octets) {
            feeds += octet == '\n' ? 1 : 0;
        }
        return feeds + (octets.length > 0 && octets[octets.length - 1] != '\n' ? 1 : 0);
    }

    /** How many lines are nobody's where each is read by an object of its own. */
    private static long skippedAlone(byte[] octets) {
        long skipped = 0;
        int from = 0;
        while (from < octets.length) {
            int to = from;
            while (to < octets.length && octets[to] != '\n') {
                to++;
            }
            LogLines one = new LogLines();
            one.reset(octets, from, Math.min(to + 1, octets.length));
            skipped += one.next() ? 0 : 1;
            from = to + 1;
        }
        return skipped;
    }

    private static void read(LogEntry entry) {
        assertThat(entry.toString()).doesNotContain("\n");
        if (entry instanceof DhcpLine line) {
            assertThat(line.mac() == null || line.duid() == null).isTrue();
            assertThat(line.v6() || line.duid() == null).isTrue();
            assertThat(line.trouble() == null
                            || line.reason() != null
                            || line.kind() == DhcpKind.NAK
                            || line.kind() == DhcpKind.DECLINE)
                    .isTrue();
        }
    }
}
