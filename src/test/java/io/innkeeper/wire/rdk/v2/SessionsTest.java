package io.innkeeper.wire.rdk.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Encrypted connections: what somebody between the two can do to them, and what comes of it. */
class SessionsTest {
    private static final String ID = "00112233445566778899aabbccddeeff";
    private static final byte[] KEY = new byte[SessionKeys.KEY];
    private static final Message.Hello HELLO = new Message.Hello(2, ID, "box", ID + ID, 1);
    private static final Message.Welcome WELCOME = new Message.Welcome(ID, ID + ID, 100);

    /** Keys of the same connection, each time anew. */
    static SessionKeys session() {
        return session(KEY, HELLO, WELCOME);
    }

    private static SessionKeys session(byte[] key, Message.Hello hello, Message.Welcome welcome) {
        return SessionKeys.of(key, new MessageWriter().write(hello), new MessageWriter().write(welcome));
    }

    private static byte[] frames(int count) {
        MessageWriter writer = new MessageWriter();
        writer.secure(session().fromSender());
        ByteBuffer all = ByteBuffer.allocate(100_000);
        for (int i = 1; i <= count; i++) {
            all.put(writer.write(reports(i)));
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    private static Message.Reports reports(int sequence) {
        return new Message.Reports(
                TestingReports.AT, List.of(TestingReports.report(sequence, TestingReports.sample("v4-bound"))));
    }

    private static MessageReader reader() {
        MessageReader reader = new MessageReader();
        reader.secure(session().fromSender());
        return reader;
    }

    @Test
    void bothSidesGetTheSameKeys() {
        MessageReader reader = reader();
        ByteBuffer octets = ByteBuffer.wrap(frames(3));
        for (int i = 1; i <= 3; i++) {
            Message.Reports read = (Message.Reports) Objects.requireNonNull(reader.next(octets));
            assertThat(read.reports().getFirst().sequence()).isEqualTo(i);
        }
        assertThat(reader.fault()).isNull();
    }

    static Stream<SessionKeys> others() {
        byte[] other = KEY.clone();
        other[31] = 1;
        return Stream.of(
                session(other, HELLO, WELCOME),
                session(KEY, new Message.Hello(2, ID, "box", ID + ID, 2), WELCOME),
                session(KEY, new Message.Hello(2, ID, "fox", ID + ID, 1), WELCOME),
                session(KEY, HELLO, new Message.Welcome(ID, ID + ID, 101)),
                new SessionKeys(
                        /* fromSender= */ session().fromMonitor(),
                        /* fromMonitor= */ session().fromSender()));
    }

    @ParameterizedTest
    @MethodSource("others")
    void anotherKeyAndAnAlteredHandshakeAreNoticedByTheFirstFrame(SessionKeys other) {
        MessageReader reader = new MessageReader();
        reader.secure(other.fromSender());
        assertThat(reader.next(ByteBuffer.wrap(frames(1)))).isNull();
        assertThat(reader.fault()).isEqualTo(Fault.AUTHENTICATION);
    }

    /** Each octet of the second of two frames, each bit of it. */
    @Test
    void noAlteredFrameIsTaken() {
        byte[] frames = frames(2);
        int second = ByteBuffer.wrap(frames).getInt() + 4;
        for (int at : IntStream.range(second, frames.length).toArray()) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] altered = frames.clone();
                altered[at] ^= (byte) (1 << bit);
                MessageReader reader = reader();
                ByteBuffer octets = ByteBuffer.wrap(altered);
                assertThat(reader.next(octets)).isNotNull();
                assertThat(reader.next(octets)).isNull();
                boolean waitsForMore = reader.fault() == null && reader.isWithin();
                assertThat(waitsForMore || reader.fault() != null)
                        .as("octet %d, bit %d", at, bit)
                        .isTrue();
                assertThat(waitsForMore).isEqualTo(at < second + 4 && isLonger(altered, frames, second));
            }
        }
    }

    private static boolean isLonger(byte[] altered, byte[] frames, int at) {
        int length = ByteBuffer.wrap(altered).getInt(at);
        return length > ByteBuffer.wrap(frames).getInt(at) && length <= MessageReader.LIMIT;
    }

    @Test
    void aFrameThatComesAgainIsNotTaken() {
        byte[] frames = frames(1);
        MessageReader reader = reader();
        assertThat(reader.next(ByteBuffer.wrap(frames))).isNotNull();
        assertThat(reader.next(ByteBuffer.wrap(frames))).isNull();
        assertThat(reader.fault()).isEqualTo(Fault.REPLAYED_OR_ALTERED);
    }

    @Test
    void aFrameThatIsLeftOutIsNoticed() {
        byte[] frames = frames(3);
        int length = ByteBuffer.wrap(frames).getInt() + 4;
        MessageReader reader = reader();
        assertThat(reader.next(ByteBuffer.wrap(frames))).isNotNull();
        assertThat(reader.next(ByteBuffer.wrap(frames, 2 * length, length))).isNull();
        assertThat(reader.fault()).isEqualTo(Fault.REPLAYED_OR_ALTERED);
    }

    @Test
    void thereIsNoWayBackToPlain() {
        MessageReader reader = reader();
        assertThat(reader.next(ByteBuffer.wrap(new MessageWriter().write(new Message.Ping()))))
                .isNull();
        assertThat(reader.fault()).isEqualTo(Fault.FLAGS);
        MessageReader another = reader();
        assertThat(another.next(ByteBuffer.wrap(new MessageWriter().write(HELLO))))
                .isNull();
        assertThat(another.fault()).isEqualTo(Fault.TYPE);
    }
}
