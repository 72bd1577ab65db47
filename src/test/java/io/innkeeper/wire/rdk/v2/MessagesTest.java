package io.innkeeper.wire.rdk.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.MessageLayout;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.PluginParsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as they are said, and as they are understood on the other side. */
class MessagesTest {
    private static final String ID = "00112233445566778899aabbccddeeff";

    static Stream<Message> all() {
        return Stream.of(
                new Message.Hello(2, ID, "box", ID + ID, 7),
                new Message.Hello(2, ID, "", ID + ID, 0),
                new Message.Hello(9, "", "", "", 0),
                new Message.Welcome(ID, ID + ID, 100),
                new Message.Refused(Message.Refusal.VERSION, "this is version 2"),
                new Message.Refused(Message.Refusal.MALFORMED, ""),
                new Message.Reports(
                        TestingReports.AT,
                        List.of(
                                TestingReports.report(1, understood(TestingReports.sample("v4-bound"))),
                                TestingReports.report(9, understood(TestingReports.sample("v6-add-both"))))),
                new Message.Acks(List.of(
                        new Message.Ack("erouter0", 1, Message.AckStatus.STORED, ""),
                        new Message.Ack("erouter0", 2, Message.AckStatus.DUPLICATE, ""),
                        new Message.Ack("wan1", Long.MAX_VALUE, Message.AckStatus.REJECTED, "address"))),
                new Message.Ping(),
                new Message.Pong(),
                new Message.Goodbye("done"));
    }

    /** What comes out on the other side, alone. */
    private static Message understood(Message message) {
        MessageReader reader = new MessageReader();
        Message read = reader.next(ByteBuffer.wrap(new MessageWriter().write(message)));
        assertThat(reader.fault()).isNull();
        return Objects.requireNonNull(read);
    }

    private static PluginParsed understood(PluginMessage said) {
        Message.Reports one = new Message.Reports(
                null, List.of(TestingReports.report(1, said.ifname(), Message.Priority.BULK, said)));
        return ((Message.Reports) understood(one)).reports().getFirst().said();
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachIsUnderstoodAsItWasSaid(Message message) {
        assertThat(understood(message)).isEqualTo(message);
    }

    static Stream<PluginMessage> samples() throws IOException {
        return TestingReports.samples().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatRealPluginsSayGoesOverWhole(PluginMessage said) throws ReflectiveOperationException {
        PluginMessage read = (PluginMessage) understood(said);
        Set<String> elsewhere = Set.of("layout", "innerIfname");
        for (RecordComponent part : said.getClass().getRecordComponents()) {
            if (!elsewhere.contains(part.getName()) && isThere(said, part.getName())) {
                assertThat(part.getAccessor().invoke(read))
                        .as(part.getName())
                        .isEqualTo(part.getAccessor().invoke(said));
            }
        }
        assertThat(read.layout()).isEqualTo(MessageLayout.LP64_MAPE);
    }

    /** What is marked as not there may have values all the same, which mean nothing. */
    private static boolean isThere(PluginMessage said, String part) {
        return switch (said) {
            case Dhcpv4PluginMessage four -> four.timeOffsetAssigned() || !part.equals("timeOffset");
            case Dhcpv6PluginMessage six ->
                switch (part) {
                    case "address" -> six.address().assigned();
                    case "prefix" -> six.prefix().assigned();
                    default -> true;
                };
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void framesComeInAnyPieces(boolean encrypted) {
        List<Message> sent =
                all().filter(message -> !encrypted || !isHandshake(message)).toList();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        MessageWriter writer = new MessageWriter();
        if (encrypted) {
            writer.secure(SessionsTest.session().fromSender());
        }
        sent.forEach(message -> octets.writeBytes(writer.write(message)));
        Random chance = new Random(5);
        for (int round = 0; round < 200; round++) {
            MessageReader reader = new MessageReader();
            if (encrypted) {
                reader.secure(SessionsTest.session().fromSender());
            }
            assertThat(inPieces(reader, octets.toByteArray(), chance)).isEqualTo(sent);
            assertThat(reader.isWithin()).isFalse();
        }
    }

    private static boolean isHandshake(Message message) {
        return MessageCodec.type(message).isPlain();
    }

    private static List<Message> inPieces(MessageReader reader, byte[] octets, Random chance) {
        List<Message> read = new ArrayList<>();
        for (int at = 0; at < octets.length; ) {
            int piece = Math.min(octets.length - at, 1 + chance.nextInt(1 << chance.nextInt(10)));
            ByteBuffer part = ByteBuffer.wrap(octets, at, piece);
            for (Message one = reader.next(part); one != null; one = reader.next(part)) {
                read.add(one);
            }
            assertThat(part.hasRemaining()).isFalse();
            at += piece;
        }
        return read;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, MessageReader.LIMIT + 1, Integer.MAX_VALUE, -1})
    void aWrongLengthEndsItAtOnce(int length) {
        MessageReader reader = new MessageReader();
        assertThat(reader.next(ByteBuffer.allocate(4).putInt(length).flip())).isNull();
        assertThat(reader.fault()).isEqualTo(Fault.LENGTH);
    }

    @Test
    void theLongestFrameIsTaken() {
        MessageReader reader = new MessageReader();
        ByteBuffer octets = ByteBuffer.allocate(MessageReader.LIMIT + 4)
                .putInt(MessageReader.LIMIT)
                .put((byte) FrameType.PING.octet)
                .rewind();
        assertThat(reader.next(octets)).isNull();
        assertThat(reader.fault())
                .as("it was read whole, and a ping has nothing in it")
                .isEqualTo(Fault.MALFORMED);
        assertThat(octets.hasRemaining()).isFalse();
    }

    @Test
    void typesAndFlagsThatNobodyKnowsEndIt() {
        assertThat(fault(new Frame(0, 0, new byte[0]))).isEqualTo(Fault.TYPE);
        assertThat(fault(new Frame(9, 0, new byte[0]))).isEqualTo(Fault.TYPE);
        assertThat(fault(new Frame(FrameType.PING.octet, 4, new byte[0]))).isEqualTo(Fault.FLAGS);
        assertThat(fault(new Frame(FrameType.PING.octet, Frame.ENCRYPTED, new byte[0])))
                .isEqualTo(Fault.FLAGS);
        assertThat(fault(new Frame(FrameType.REPORTS.octet, 0, new byte[] {1, 2, 3})))
                .isEqualTo(Fault.MALFORMED);
        assertThat(fault(new Frame(FrameType.REPORTS.octet, 0, new byte[0]))).isEqualTo(Fault.MALFORMED);
        assertThat(fault(new Frame(FrameType.REPORTS.octet, Frame.DEFLATED, new byte[] {1, 2, 3})))
                .isEqualTo(Fault.INFLATE);
    }

    private static Fault fault(Frame frame) {
        MessageReader reader = new MessageReader();
        assertThat(reader.next(ByteBuffer.wrap(frame.octets()))).isNull();
        assertThat(reader.next(ByteBuffer.wrap(new MessageWriter().write(new Message.Ping()))))
                .as("nothing comes after a fault")
                .isNull();
        return Objects.requireNonNull(reader.fault());
    }

    @Test
    void whatHasAnImpossibleShapeIsNoMessage() {
        assertThat(fault(new Frame(FrameType.HELLO.octet, 0, body(new Message.Hello(2, "00", "", ID + ID, 1)))))
                .isEqualTo(Fault.MALFORMED);
        assertThat(fault(new Frame(FrameType.HELLO.octet, 0, body(new Message.Hello(2, ID, "", ID, 1)))))
                .isEqualTo(Fault.MALFORMED);
        assertThat(fault(new Frame(
                        FrameType.HELLO.octet, 0, body(new Message.Hello(2, ID, "n".repeat(65), ID + ID, 1)))))
                .isEqualTo(Fault.MALFORMED);
        assertThat(fault(new Frame(FrameType.HELLO.octet, 0, body(new Message.Hello(2, ID, "", ID + ID, 65_536)))))
                .isEqualTo(Fault.MALFORMED);
        assertThat(fault(new Frame(FrameType.WELCOME.octet, 0, body(new Message.Welcome(ID, ID + ID, 0)))))
                .isEqualTo(Fault.MALFORMED);
        Message zero = new Message.Reports(null, List.of(TestingReports.report(0, TestingReports.sample("v4-bound"))));
        assertThat(fault(new Frame(FrameType.REPORTS.octet, 0, body(zero)))).isEqualTo(Fault.MALFORMED);
    }

    private static byte[] body(Message message) {
        return MessageCodec.write(message);
    }

    @Test
    void compressionIsUsedWhereItIsWorthIt() {
        List<Message.Report> many = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            many.add(TestingReports.report(i, TestingReports.sample("v4-bound")));
        }
        Message reports = new Message.Reports(TestingReports.AT, many);
        byte[] octets = new MessageWriter().write(reports);
        assertThat(octets.length).isLessThan(body(reports).length / 8);
        assertThat(octets[5]).isEqualTo((byte) Frame.DEFLATED);
        assertThat(((Message.Reports) understood(reports)).reports()).hasSize(200);
        assertThat(new MessageWriter().write(new Message.Goodbye("x".repeat(100)))[5])
                .isEqualTo((byte) 0);
        byte[] noise = new byte[4_000];
        new Random(1).nextBytes(noise);
        assertThat(Packing.deflate(noise)).isNull();
    }

    @Test
    void aBombIsNotInflated() {
        byte[] bomb = Objects.requireNonNull(Packing.deflate(new byte[1_000_001]));
        assertThat(Packing.inflate(bomb, 1_000_000)).isNull();
        assertThat(Packing.inflate(bomb, 1_000_001)).hasSize(1_000_001);
        assertThat(Packing.inflate(java.util.Arrays.copyOf(bomb, bomb.length - 1), 2_000_000))
                .isNull();
        assertThat(Packing.inflate(java.util.Arrays.copyOf(bomb, bomb.length + 1), 2_000_000))
                .isNull();
    }

    @Test
    void whatIsLongerThanAFrameIsNotSent() {
        Message much = new Message.Goodbye("x".repeat(MessageReader.LIMIT));
        assertThatThrownBy(() -> new MessageWriter().write(much)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theAgeOfAReportIsByTheSendersClock() {
        Message.Report report = TestingReports.report(1, TestingReports.sample("v4-bound"));
        assertThat(age(report, Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(90));
        assertThat(age(report, Duration.ofSeconds(-1)))
                .as("its clock was set back")
                .isEqualTo(Duration.ZERO);
        assertThat(age(report, Duration.ofDays(20_000)))
                .as("its clock stood at 1970 when it was said")
                .isEqualTo(Duration.ZERO);
        assertThat(new Message.Reports(null, List.of(report)).age(report)).isEqualTo(Duration.ZERO);
    }

    private static Duration age(Message.Report report, Duration later) {
        return new Message.Reports(TestingReports.AT.plus(later), List.of(report)).age(report);
    }
}
