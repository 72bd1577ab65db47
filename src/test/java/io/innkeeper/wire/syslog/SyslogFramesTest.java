package io.innkeeper.wire.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.innkeeper.wire.syslog.SyslogFrames.Framing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyslogFramesTest {
    private static final String A = "<30>Nov 21 19:40:00 router dnsmasq[1]: a";
    private static final String B = "<30>1 2026-11-21T18:40:00Z router dnsmasq 1 - - b";

    private static String counted(String message) {
        return message.getBytes(StandardCharsets.UTF_8).length + " " + message;
    }

    /** The messages of a stream that comes in pieces of this many octets. */
    private static List<String> messages(SyslogFrames frames, String stream, int piece) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        List<String> messages = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += piece) {
            // Overwritten afterwards, as a buffer would be.
            byte[] buffer = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
            frames.take(buffer, 0, buffer.length);
            drain(frames, messages);
            java.util.Arrays.fill(buffer, (byte) '#');
        }
        frames.end();
        drain(frames, messages);
        return messages;
    }

    private static void drain(SyslogFrames frames, List<String> messages) {
        while (frames.next()) {
            messages.add(
                    new String(frames.bytes(), frames.from(), frames.to() - frames.from(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 40, 1_000})
    void messagesWithTheirLength(int piece) {
        SyslogFrames frames = new SyslogFrames();
        String twoLines = "<30>dnsmasq[1]: one\ntwo";
        assertThat(messages(frames, counted(A) + counted(twoLines) + counted(B) + "\n" + counted(A), piece))
                .containsExactly(A, twoLines, B, A);
        assertThat(frames.framing()).isEqualTo(Framing.COUNTED);
        assertThat(frames.messages()).isEqualTo(4);
        assertThat(frames.malformed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 40, 1_000})
    void messagesEndedByLineFeeds(int piece) {
        SyslogFrames frames = new SyslogFrames();
        String digits = "12 is not a length here";
        assertThat(messages(frames, A + "\n" + digits + "\r\n\n\0\n" + B + "\0\n" + A, piece))
                .containsExactly(A, digits, B, A);
        assertThat(frames.framing()).isEqualTo(Framing.LINES);
        assertThat(frames.malformed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1_000})
    void linesThatBeginWithDigits(int piece) {
        String line = "2026-11-21T18:40:00Z router dnsmasq[1]: a";
        SyslogFrames frames = new SyslogFrames();
        assertThat(messages(frames, line + "\n" + line + "\n", piece)).containsExactly(line, line);
        assertThat(frames.framing()).isEqualTo(Framing.LINES);
    }

    @Test
    void nothingCameYet() {
        SyslogFrames frames = new SyslogFrames();
        assertThat(frames.next()).isFalse();
        assertThat(frames.framing()).isEqualTo(Framing.UNKNOWN);
        frames.end();
        assertThat(frames.next()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1_000, 100_000})
    void afterGarbageReadingGoesOnBehindTheNextLineFeed(int piece) {
        SyslogFrames frames = new SyslogFrames();
        assertThat(messages(frames, counted(A) + "garbage\n" + counted(B) + "77x\n" + counted(A), piece))
                .containsExactly(A, B, A);
        assertThat(frames.malformed()).isEqualTo(2);
    }

    @Test
    void aSenderThatChangesToLinesIsUnderstood() {
        assertThat(messages(new SyslogFrames(), counted(A) + B + "\n" + counted(A), 9))
                .containsExactly(A, B, A);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4_000, 100_000})
    void longMessagesAreCut(int piece) {
        String tooLong = "<30>" + "x".repeat(SyslogFrames.MAX_MESSAGE);
        String cut = tooLong.substring(0, SyslogFrames.MAX_MESSAGE);
        String longest = tooLong.substring(4);
        SyslogFrames counted = new SyslogFrames();
        assertThat(messages(counted, counted(tooLong) + counted(longest) + counted(A), piece))
                .containsExactly(cut, longest, A);
        assertThat(counted.tooLong()).isEqualTo(1);
        SyslogFrames lines = new SyslogFrames();
        assertThat(messages(lines, tooLong + "\n" + longest + "\n" + A, piece)).containsExactly(cut, longest, A);
        assertThat(lines.tooLong()).isEqualTo(1);
    }

    @Test
    void aLengthThatIsALieCutsNothingButItsOwnConnection() {
        SyslogFrames frames = new SyslogFrames();
        assertThat(messages(frames, "999999999 " + A, 5)).containsExactly(A);
        assertThat(messages(new SyslogFrames(), "9999999999 x\n", 5)).containsExactly("9999999999 x");
    }

    @Test
    void whatWasNotReadIsNotThrownAway() {
        SyslogFrames frames = new SyslogFrames();
        byte[] bytes = "<1>a\n<1>b\n".getBytes(StandardCharsets.UTF_8);
        frames.take(bytes, 0, bytes.length);
        assertThat(frames.next()).isTrue();
        assertThatThrownBy(() -> frames.take(bytes, 0, 1)).isInstanceOf(IllegalStateException.class);
    }

    /** However the stream is cut, the same messages come out, none too long. */
    @FuzzTest(maxDuration = "30s")
    void anyStream(byte[] octets) {
        checkAny(octets);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomStreams(long seed) {
        Random random = new Random(seed);
        String[] parts = {"\n", " ", "<30>", "1 ", "7 ", "12", "20 ", "x", "\0", "\r", A, "9000 ", "8192 ", "0", "é"};
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            checkAny(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void checkAny(byte[] octets) {
        String stream = new String(octets, StandardCharsets.ISO_8859_1);
        SyslogFrames whole = new SyslogFrames();
        List<String> messages = messages(whole, stream, Integer.MAX_VALUE / 2);
        for (String message : messages) {
            assertThat(message).isNotEmpty();
            assertThat(message.length()).isLessThanOrEqualTo(SyslogFrames.MAX_MESSAGE);
        }
        assertThat(whole.messages()).isEqualTo(messages.size());
        for (int piece : new int[] {1, 3, 17}) {
            SyslogFrames pieces = new SyslogFrames();
            assertThat(messages(pieces, stream, piece)).isEqualTo(messages);
            assertThat(pieces.malformed()).isEqualTo(whole.malformed());
            assertThat(pieces.tooLong()).isEqualTo(whole.tooLong());
        }
    }
}
