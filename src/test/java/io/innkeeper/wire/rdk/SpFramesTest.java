package io.innkeeper.wire.rdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.rdk.SpFrames.Fault;
import io.innkeeper.wire.rdk.SpFrames.Form;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Octets as libnanomsg 1.1.5 was seen to send them, whole and in all pieces. */
class SpFramesTest {
    private static final byte[] TCP_HELLO = octets("00 00 00 00 00 00 00 05 68 65 6c 6c 6f");
    private static final byte[] IPC_HELLO = octets("01 00 00 00 00 00 00 00 05 68 65 6c 6c 6f");

    private static byte[] octets(String hex) {
        return HexFormat.ofDelimiter(" ").parseHex(hex);
    }

    private static List<byte[]> all(SpFrames frames, byte[] octets) {
        List<byte[]> messages = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        for (byte[] next = frames.next(buffer); next != null; next = frames.next(buffer)) {
            messages.add(next);
        }
        return messages;
    }

    private static SpFrames tcp() {
        return new SpFrames(Form.TCP, SpFrames.USUAL_LIMIT);
    }

    @Test
    void whatNanocatSends() {
        byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
        assertThat(all(tcp(), TCP_HELLO)).containsExactly(hello);
        assertThat(all(new SpFrames(Form.IPC, 5), IPC_HELLO)).containsExactly(hello);
        assertThat(SpFrames.head(Form.TCP, 5)).isEqualTo(Arrays.copyOf(TCP_HELLO, 8));
        assertThat(SpFrames.head(Form.IPC, 5)).isEqualTo(Arrays.copyOf(IPC_HELLO, 9));
    }

    @Test
    void singleOctetsMakeTheSameMessage() {
        SpFrames frames = tcp();
        for (int i = 0; i < TCP_HELLO.length - 1; i++) {
            assertThat(frames.next(ByteBuffer.wrap(TCP_HELLO, i, 1))).isNull();
            assertThat(frames.isWithin()).isTrue();
        }
        assertThat(frames.next(ByteBuffer.wrap(TCP_HELLO, 12, 1))).asString().isEqualTo("hello");
        assertThat(frames.isWithin()).isFalse();
    }

    @Test
    void aMessageMayBeEmpty() {
        assertThat(all(tcp(), new byte[24])).hasSize(3).allMatch(message -> message.length == 0);
    }

    @Test
    void theLongestIsTakenAndTheNextLongerIsNot() {
        byte[] longest = new byte[8 + SpFrames.USUAL_LIMIT];
        System.arraycopy(octets("00 00 00 00 00 10 00 00"), 0, longest, 0, 8);
        Arrays.fill(longest, 8, longest.length, (byte) 7);
        assertThat(all(tcp(), longest))
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .hasSize(SpFrames.USUAL_LIMIT)
                        .isEqualTo(Arrays.copyOfRange(longest, 8, longest.length)));
        for (String length : List.of("00 00 00 00 00 10 00 01", "ff ff ff ff ff ff ff ff", "80 00 00 00 00 00 00 00")) {
            SpFrames frames = tcp();
            assertThat(all(frames, octets(length))).isEmpty();
            assertThat(frames.fault()).isEqualTo(Fault.TOO_LONG);
            assertThat(all(frames, TCP_HELLO)).isEmpty();
        }
    }

    @Test
    void anotherKindIsAFaultAtItsFirstOctet() {
        SpFrames frames = new SpFrames(Form.IPC, 100);
        assertThat(frames.next(ByteBuffer.wrap(new byte[] {2}))).isNull();
        assertThat(frames.fault()).isEqualTo(Fault.KIND);
    }

    @Test
    void anyOctetsInAnyPieces() {
        Random random = new Random(20_261_121);
        for (int round = 0; round < 2_000; round++) {
            Form form = random.nextBoolean() ? Form.TCP : Form.IPC;
            List<byte[]> sent = new ArrayList<>();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int i = random.nextInt(6); i >= 0; i--) {
                byte[] message = new byte[random.nextInt(random.nextBoolean() ? 12 : 6_000)];
                random.nextBytes(message);
                sent.add(message);
                stream.writeBytes(SpFrames.head(form, message.length));
                stream.writeBytes(message);
            }
            byte[] octets = stream.toByteArray();
            SpFrames frames = new SpFrames(form, 6_000);
            List<byte[]> got = new ArrayList<>();
            for (int at = 0; at < octets.length; ) {
                int piece = Math.min(octets.length - at, 1 + random.nextInt(3_000));
                got.addAll(all(frames, Arrays.copyOfRange(octets, at, at + piece)));
                at += piece;
            }
            assertThat(got).usingElementComparator(Arrays::compare).isEqualTo(sent);
            assertThat(frames.isWithin()).isFalse();
        }
    }

    @Test
    void rubbishNeverThrowsAndNeverExceedsTheLimit() {
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            SpFrames frames = new SpFrames(random.nextBoolean() ? Form.TCP : Form.IPC, 300);
            byte[] octets = new byte[random.nextInt(600)];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(2));
            }
            assertThat(all(frames, octets)).allMatch(message -> message.length <= 300);
        }
    }
}
