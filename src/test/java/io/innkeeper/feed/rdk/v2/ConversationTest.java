package io.innkeeper.feed.rdk.v2;

import static io.innkeeper.feed.rdk.v2.TestingLine.hello;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.rdk.v2.Message;
import io.innkeeper.wire.rdk.v2.Message.Ack;
import io.innkeeper.wire.rdk.v2.Message.AckStatus;
import io.innkeeper.wire.rdk.v2.Message.Refusal;
import io.innkeeper.wire.rdk.v2.MessageWriter;
import io.innkeeper.wire.rdk.v2.TestingReports;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One connection, in time that the test makes: who is let in, what is heard, and how it ends. */
class ConversationTest {
    private static final String MONITOR = "ffeeddccbbaa99887766554433221100";
    private static final byte[] OLD = key(1);
    private static final byte[] NEW = key(2);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Conversation.Terms TERMS =
            new Conversation.Terms(MONITOR, 4, Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(30));

    private final Doorkeeper door = new Doorkeeper(ring(Map.of(1, OLD)));
    private int nonces = 1_000;

    private static byte[] key(int octet) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) octet);
        return key;
    }

    private static KeyRing ring(Map<Integer, byte[]> keys) {
        return new KeyRing(new HashMap<>(keys));
    }

    private TestingLine line(long nanos) {
        return new TestingLine(new Conversation(TERMS, door, TestingLine.nonce(nonces++), nanos));
    }

    private static Message.Report report(long sequence) {
        return TestingReports.report(sequence, TestingReports.sample("v4-bound"));
    }

    private TestingLine open() {
        TestingLine line = line(0);
        assertThat(line.greet(hello(nonces++, 1), OLD, 0)).isInstanceOf(Message.Welcome.class);
        return line;
    }

    @Test
    void reportsComeAndAreAcknowledgedTogether() {
        TestingLine line = open();
        line.tell(0, report(1), report(2));
        assertThat(line.heard()).extracting(heard -> heard.report().sequence()).containsExactly(1L, 2L);
        assertThat(line.hears()).isEmpty();
        assertThat(line.conversation.unacknowledged()).isEqualTo(2);
        line.conversation.settle(new Ack("erouter0", 1, AckStatus.STORED, ""));
        line.conversation.settle(new Ack("erouter0", 2, AckStatus.STORED, ""));
        assertThat(line.hears())
                .containsExactly(new Message.Acks(List.of(new Ack("erouter0", 2, AckStatus.STORED, ""))));
        assertThat(line.conversation.unacknowledged()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2, VERSION, 1", "3, VERSION, 0"})
    void anotherVersionIsRefused(int plus, Refusal reason, int key) {
        TestingLine line = line(0);
        Message answer = line.greet(
                new Message.Hello(Message.VERSION + plus, TestingLine.SENDER, "", TestingLine.nonce(1), key), null, 0);
        assertThat(((Message.Refused) answer).reason()).isEqualTo(reason);
        assertThat(line.conversation.end()).isEqualTo("version");
    }

    @Test
    void aKeyThatIsNotThereAndNoKeyAreRefused() {
        TestingLine unknown = line(0);
        assertThat(((Message.Refused) unknown.greet(hello(1, 9), NEW, 0)).reason())
                .isEqualTo(Refusal.KEY_UNKNOWN);
        assertThat(unknown.conversation.end()).isEqualTo("key-unknown");
        TestingLine plain = line(0);
        assertThat(((Message.Refused) plain.greet(hello(2, 0), null, 0)).reason())
                .isEqualTo(Refusal.KEY_NEEDED);
        assertThat(plain.conversation.end()).isEqualTo("key-needed");
    }

    @Test
    void aWrongKeyIsNoticedByTheFirstFrame() {
        TestingLine line = line(0);
        assertThat(line.greet(hello(1, 1), NEW, 0)).isInstanceOf(Message.Welcome.class);
        line.tell(0, report(1));
        assertThat(line.heard()).isEmpty();
        assertThat(line.conversation.end()).isEqualTo("authentication");
    }

    @Test
    void aRecordedConnectionIsKnownAgain() {
        TestingLine first = open();
        first.tell(0, report(1));
        assertThat(first.heard()).hasSize(1);
        TestingLine again = line(0);
        again.tell(first.said.toByteArray(), 0);
        assertThat(again.heard()).isEmpty();
        assertThat(again.conversation.end()).isEqualTo("replayed-hello");
        assertThat(((Message.Refused) again.hears().getFirst()).reason()).isEqualTo(Refusal.MALFORMED);
    }

    @Test
    void aRecordedConnectionIsNotTakenEvenWhereItsHelloIsForgotten() {
        TestingLine first = open();
        first.tell(0, report(1));
        Doorkeeper other = new Doorkeeper(ring(Map.of(1, OLD)));
        TestingLine again = new TestingLine(new Conversation(TERMS, other, TestingLine.nonce(1), 0));
        again.tell(first.said.toByteArray(), 0);
        assertThat(again.heard()).isEmpty();
        assertThat(again.conversation.end()).isEqualTo("authentication");
    }

    /** Of a whole recorded connection, each octet: what is altered is never heard, and ends it. */
    @Test
    void noAlteredOctetIsTaken() {
        TestingLine first = open();
        byte[] whole = whole(first);
        for (int at = 0; at < whole.length; at++) {
            byte[] altered = whole.clone();
            altered[at] ^= 0x10;
            TestingLine again = sameConversation();
            again.tell(altered, 0);
            again.conversation.tick(61 * SECOND);
            assertThat(again.heard()).as("octet %d", at).hasSize(Math.max(0, framesBefore(whole, at) - 1));
            assertThat(again.conversation.end()).as("octet %d", at).isNotNull();
        }
        TestingLine unaltered = sameConversation();
        unaltered.tell(whole, 0);
        assertThat(unaltered.heard()).hasSize(2);
        assertThat(unaltered.conversation.end()).isNull();
    }

    /** The frames that are whole before that octet: a hello, two of reports. */
    private static int framesBefore(byte[] whole, int at) {
        int frames = 0;
        int end = ByteBuffer.wrap(whole).getInt() + 4;
        while (end <= at) {
            frames++;
            end += ByteBuffer.wrap(whole).getInt(end) + 4;
        }
        return frames;
    }

    private byte[] whole(TestingLine line) {
        line.tell(0, report(1));
        line.tell(0, report(2));
        line.tell(new Message.Ping(), 0);
        assertThat(line.heard()).hasSize(2);
        return line.said.toByteArray();
    }

    /** With the nonce that the first conversation of a test has, and no memory of it. */
    private TestingLine sameConversation() {
        Doorkeeper other = new Doorkeeper(ring(Map.of(1, OLD)));
        return new TestingLine(new Conversation(TERMS, other, TestingLine.nonce(1_000), 0));
    }

    @Test
    void keysChangeWithoutAGap() {
        TestingLine before = open();
        door.keys(ring(Map.of(1, OLD, 2, NEW)));
        before.conversation.keysChanged();
        assertThat(before.conversation.end()).isNull();
        TestingLine after = line(0);
        assertThat(after.greet(hello(1, 2), NEW, 0)).isInstanceOf(Message.Welcome.class);
        after.tell(0, report(1));
        before.tell(0, report(1));
        assertThat(before.heard()).hasSize(1);
        assertThat(after.heard()).hasSize(1);

        door.keys(ring(Map.of(2, NEW)));
        before.conversation.keysChanged();
        after.conversation.keysChanged();
        assertThat(before.conversation.end()).isEqualTo("key-removed");
        assertThat(before.hears()).last().isInstanceOf(Message.Goodbye.class);
        assertThat(after.conversation.end()).isNull();
        assertThat(((Message.Refused) line(0).greet(hello(2, 1), OLD, 0)).reason())
                .isEqualTo(Refusal.KEY_UNKNOWN);
    }

    @Test
    void anotherKeyOfTheSameNumberEndsTheOldOne() {
        TestingLine line = open();
        door.keys(ring(Map.of(1, NEW)));
        line.conversation.keysChanged();
        assertThat(line.conversation.end()).isEqualTo("key-removed");
    }

    @Test
    void theWindowIsTheMostThatMayWait() {
        TestingLine line = open();
        line.tell(0, report(1), report(2), report(3), report(4));
        assertThat(line.heard()).hasSize(4);
        line.conversation.settle(new Ack("erouter0", 1, AckStatus.STORED, ""));
        line.tell(0, report(5));
        assertThat(line.heard()).hasSize(1);
        line.tell(0, report(6));
        assertThat(line.heard()).isEmpty();
        assertThat(line.conversation.end()).isEqualTo("window");
    }

    @Test
    void aSilentPeerIsAskedAndThenLetGo() {
        TestingLine line = open();
        line.conversation.tick(29 * SECOND);
        assertThat(line.hears()).isEmpty();
        line.conversation.tick(30 * SECOND);
        line.conversation.tick(31 * SECOND);
        assertThat(line.hears()).containsExactly(new Message.Ping());
        line.tell(new Message.Pong(), 32 * SECOND);
        line.conversation.tick(61 * SECOND);
        assertThat(line.conversation.end()).isNull();
        line.conversation.tick(62 * SECOND);
        assertThat(line.hears()).containsExactly(new Message.Ping());
        line.conversation.tick(92 * SECOND);
        assertThat(line.conversation.end()).isEqualTo("silent");
    }

    @Test
    void whileNothingIsReadSilenceDoesNotCount() {
        TestingLine line = open();
        line.conversation.unread(100 * SECOND);
        line.conversation.tick(100 * SECOND);
        assertThat(line.hears()).isEmpty();
        assertThat(line.conversation.end()).isNull();
    }

    @Test
    void aPingIsAnswered() {
        TestingLine line = open();
        line.tell(new Message.Ping(), 0);
        assertThat(line.hears()).containsExactly(new Message.Pong());
        line.tell(new Message.Goodbye(""), 0);
        assertThat(line.conversation.end()).isEqualTo("goodbye");
    }

    @Test
    void aHelloHasItsTime() {
        TestingLine line = line(0);
        line.conversation.tick(4 * SECOND);
        assertThat(line.conversation.end()).isNull();
        line.conversation.tick(5 * SECOND);
        assertThat(line.conversation.end()).isEqualTo("handshake-timeout");
    }

    @Test
    void aFrameHasItsTimeAlsoWhereItsOctetsTrickle() {
        TestingLine line = open();
        byte[] frame = line.writer.write(new Message.Reports(null, List.of(report(1))));
        for (int i = 0; i < 60; i++) {
            line.tell(new byte[] {frame[i]}, i * SECOND);
            line.conversation.tick(i * SECOND);
            line.hears();
            assertThat(line.conversation.end()).isNull();
        }
        line.conversation.tick(60 * SECOND);
        assertThat(line.conversation.end()).isIn("unfinished", "silent");
    }

    @Test
    void whoTakesNothingIsNotReadAndThenLetGo() {
        TestingLine line = open();
        byte[] ping = new MessageWriter().write(new Message.Ping());
        assertThat(ping).hasSize(6);
        while (line.conversation.isListening()) {
            line.tell(new Message.Ping(), 0);
        }
        line.conversation.tick(1);
        line.tell(new Message.Ping(), 59 * SECOND);
        line.conversation.tick(59 * SECOND);
        assertThat(line.conversation.end()).isNull();
        line.conversation.tick(60 * SECOND + 1);
        assertThat(line.conversation.end()).isEqualTo("deaf");
    }

    @Test
    void onlyAHelloMayComeFirstAndNoneLater() {
        TestingLine first = line(0);
        first.tell(new Message.Ping(), 0);
        assertThat(first.conversation.end()).isEqualTo("type");
        door.keys(KeyRing.EMPTY);
        TestingLine second = line(0);
        assertThat(second.greet(hello(1, 0), null, 0)).isInstanceOf(Message.Welcome.class);
        second.tell(hello(2, 0), 0);
        assertThat(second.conversation.end()).isEqualTo("type");
        TestingLine garbage = line(0);
        garbage.tell(new byte[] {0, 0, 0, 3, 1, 0, 7}, 0);
        assertThat(garbage.conversation.end()).isEqualTo("malformed");
        assertThat(((Message.Refused) garbage.hears().getFirst()).reason()).isEqualTo(Refusal.MALFORMED);
    }
}
