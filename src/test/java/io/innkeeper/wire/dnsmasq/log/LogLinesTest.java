package io.innkeeper.wire.dnsmasq.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLinesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long NOW = Instant.parse("2026-11-21T20:00:00Z").toEpochMilli();

    /** One entry of heads.txt. */
    record Head(String line, String expected) {
        @Override
        public String toString() {
            return line;
        }
    }

    static Stream<Head> heads() throws IOException {
        String text = new String(RealLogTest.bytes("heads.txt"), StandardCharsets.UTF_8);
        List<String> lines = text.lines()
                .filter(line -> !line.startsWith("#") && !line.isEmpty())
                .toList();
        List<Head> heads = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += 2) {
            String line = lines.get(i).replace("\\r", "\r").replace("\\0", "\0");
            heads.add(new Head(line, lines.get(i + 1).substring(4).strip()));
        }
        assertThat(heads).hasSizeGreaterThan(90);
        return heads.stream();
    }

    @ParameterizedTest
    @MethodSource("heads")
    void headsOfAllForms(Head head) {
        LogLines lines = new LogLines();
        byte[] bytes = (head.line + "\n").getBytes(StandardCharsets.UTF_8);
        lines.reset(bytes, 0, bytes.length);
        assertThat(lines.next() ? shown(lines) : "not dnsmasq").isEqualTo(head.expected);
        assertThat(lines.next()).isFalse();
        assertThat(lines.lines()).isEqualTo(1);
        assertThat(lines.skipped()).isEqualTo(head.expected.equals("not dnsmasq") ? 1 : 0);
    }

    /** What is read of a line does not depend on the lines before it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void linesOfAllFormsMixed(long seed) throws IOException {
        List<Head> heads = heads().toList();
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        Head head = heads.getFirst();
        for (int i = 0; i < 2_000; i++) {
            head = random.nextInt(3) == 0 ? head : heads.get(random.nextInt(heads.size()));
            text.append(head.line).append('\n');
            if (!head.expected.equals("not dnsmasq")) {
                expected.add(head.expected);
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        LogLines lines = new LogLines();
        lines.reset(bytes, 0, bytes.length);
        List<String> found = new ArrayList<>();
        while (lines.next()) {
            found.add(shown(lines));
        }
        assertThat(found).isEqualTo(expected);
    }

    private static String shown(LogLines lines) {
        long at = lines.atMs(NOW, BERLIN);
        return "%s | %s | %s | %s | %s"
                .formatted(
                        lines.program().name().toLowerCase(Locale.ROOT),
                        lines.pid() < 0 ? "-" : lines.pid(),
                        lines.host().isEmpty() ? "-" : lines.host(),
                        at == LogLines.NO_TIME ? "-" : Instant.ofEpochMilli(at),
                        lines.message())
                .strip();
    }

    @Test
    void anHourThatIsThereTwiceIsTheFirstUntilTheSecondCame() {
        LogLines lines = new LogLines();
        byte[] bytes = "Oct 25 02:30:00 dnsmasq[1]: x\n".getBytes(StandardCharsets.UTF_8);
        lines.reset(bytes, 0, bytes.length);
        assertThat(lines.next()).isTrue();
        long first = Instant.parse("2026-10-25T00:30:00Z").toEpochMilli();
        assertThat(lines.atMs(first + 1_000, BERLIN)).isEqualTo(first);
        assertThat(lines.atMs(first + 3_600_000, BERLIN)).isEqualTo(first + 3_600_000);
    }

    /** What was reckoned for one line is not used for another that only looks alike. */
    @Test
    void timesDoNotDependOnTheLinesBefore() {
        Random random = new Random(1);
        String[] months = {"Jan", "Feb", "Oct", "Okt", "Nov", "Foo"};
        ZoneId[] zones = {BERLIN, ZoneId.of("UTC"), ZoneId.of("America/New_York"), ZoneId.of("Pacific/Apia")};
        LogLines lines = new LogLines();
        String minute = "";
        for (int i = 0; i < 20_000; i++) {
            if (i == 0 || random.nextInt(3) == 0) {
                minute = "%s %2d %02d:%02d"
                        .formatted(
                                months[random.nextInt(months.length)],
                                24 + random.nextInt(4),
                                1 + random.nextInt(2),
                                random.nextInt(2));
            }
            String time = minute + ":%02d".formatted(random.nextInt(61));
            String line = random.nextInt(4) == 0 ? time + " 2024 daemon.info dnsmasq[1]: x" : time + " dnsmasq[1]: x";
            ZoneId zone = zones[random.nextInt(10) == 0 ? random.nextInt(zones.length) : 0];
            long now = NOW + (random.nextInt(20) == 0 ? random.nextInt(1_000) * 86_400_000L : 0);
            LogLines alone = new LogLines();
            assertThat(at(lines, line, now, zone)).as(line).isEqualTo(at(alone, line, now, zone));
        }
    }

    private static long at(LogLines lines, String line, long now, ZoneId zone) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        lines.reset(bytes, 0, bytes.length);
        assertThat(lines.next()).isTrue();
        return lines.atMs(now, zone);
    }

    @Test
    void longLinesAreCutAndCounted() {
        String longMessage = "x".repeat(LogLines.MAX_LINE);
        byte[] bytes = ("dnsmasq[1]: " + longMessage + "\nkernel: " + longMessage + "\ndnsmasq[1]: last")
                .getBytes(StandardCharsets.UTF_8);
        LogLines lines = new LogLines();
        lines.reset(bytes, 0, bytes.length);
        assertThat(lines.next()).isTrue();
        assertThat(lines.lineTo() - lines.lineFrom()).isEqualTo(LogLines.MAX_LINE);
        assertThat(lines.messageTo()).isEqualTo(lines.lineTo());
        assertThat(lines.next()).isTrue();
        assertThat(lines.message()).isEqualTo("last");
        assertThat(lines.tooLong()).isEqualTo(2);
        assertThat(lines.lines()).isEqualTo(3);
        assertThat(lines.skipped()).isEqualTo(1);
    }

    @Test
    void onlyWhatIsBetweenTheBordersIsRead() {
        byte[] bytes = "dnsmasq[1]: a\ndnsmasq[2]: b\ndnsmasq[3]: c\n".getBytes(StandardCharsets.UTF_8);
        LogLines lines = new LogLines();
        lines.reset(bytes, 14, 27);
        assertThat(lines.next()).isTrue();
        assertThat(lines.message()).isEqualTo("b");
        assertThat(lines.next()).isFalse();
        lines.reset(bytes, 28, bytes.length);
        assertThat(lines.next()).isTrue();
        assertThat(lines.message()).isEqualTo("c");
        assertThat(lines.lines()).isEqualTo(2);
    }
}
