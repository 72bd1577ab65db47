package io.innkeeper.wire.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import io.innkeeper.wire.dns.QueryView.Verdict;
import io.innkeeper.wire.net.IpAddress;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryViewTest {
    /** {@code www.example. IN A}. */
    private static final String QUESTION = "03777777" + "076578616d706c65" + "00" + "0001" + "0001";

    private static final String HEADER = "1234 0100 0001 0000 0000 0000";
    private static final int MANY = 200_000;

    private final QueryView view = new QueryView();

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", "").replace("QUESTION", QUESTION));
    }

    private Verdict read(String text) {
        byte[] packet = hex(text);
        return view.read(packet, 0, packet.length);
    }

    @ParameterizedTest
    @CsvSource({
        "'', DROP, nothing",
        "1234 0100 0001 0000 0000 00, DROP, no header",
        "1234 8100 0001 0000 0000 0000 QUESTION, DROP, an answer",
        "1234 0100 0001 0000 0000 0000 QUESTION, ANSWER, a query",
        "1234 0100 0001 0000 0000 0000 QUESTION 00, ANSWER, octets behind it",
        "1234 2100 0001 0000 0000 0000 QUESTION, NOT_IMPLEMENTED, NOTIFY",
        "1234 7900 0000 0000 0000 0000, NOT_IMPLEMENTED, opcode 15",
        "1234 0100 0000 0000 0000 0000, FORMAT_ERROR, no question",
        "1234 0100 0002 0000 0000 0000 QUESTION QUESTION, FORMAT_ERROR, two questions",
        "1234 0100 0001 0000 0000 0000, FORMAT_ERROR, a question promised",
        "1234 0100 0001 0000 0000 0000 00 0001 00, FORMAT_ERROR, a question cut off",
        "1234 0100 0001 0000 0000 0000 00 0001 0001, ANSWER, the root",
        "1234 0100 0001 0000 0000 0000 c00c 0001 0001, FORMAT_ERROR, a pointer to itself",
        "1234 0100 0001 0000 0000 0000 0161 c00c 0001 0001, FORMAT_ERROR, a pointer back",
        "1234 0100 0001 0000 0000 0000 40 00 0001 0001, FORMAT_ERROR, a label of an unknown kind",
        "1234 0100 0001 0001 0000 0000 QUESTION, FORMAT_ERROR, an answer promised",
        "1234 0100 0001 0000 0001 0000 QUESTION, FORMAT_ERROR, authority promised",
        "1234 0100 0001 0000 0000 0001 QUESTION, FORMAT_ERROR, a record promised",
        "1234 0100 0001 0000 0000 ffff QUESTION 00 0029 04d0 00000000 0000, FORMAT_ERROR, many promised",
        "1234 0100 0001 0000 0000 0001 QUESTION 00 0029 04d0 00000000 0000, ANSWER, EDNS",
        "1234 0100 0001 0000 0000 0001 QUESTION 00 0029 04d0 00000000 0001, FORMAT_ERROR, EDNS cut off",
        "1234 0100 0001 0000 0000 0001 QUESTION 00 0029 04d0 00010000 0000, BAD_VERSION, EDNS 1",
        "1234 0100 0001 0000 0000 0001 QUESTION 00 0029 04d0 00010000 0001 00, BAD_VERSION, EDNS 1 with what we cannot read",
        "1234 0100 0001 0000 0000 0001 QUESTION c00c 0029 04d0 00000000 0000, FORMAT_ERROR, EDNS of a name",
        "1234 0100 0001 0000 0000 0002 QUESTION 00 0029 04d0 00000000 0000 00 0029 04d0 00000000 0000, FORMAT_ERROR, two",
        "1234 0100 0001 0000 0000 0001 QUESTION 00 0029 04d0 00000000 0003 000a00, FORMAT_ERROR, an option cut off",
        "1234 0100 0001 0000 0000 0001 QUESTION 00 0029 04d0 00000000 0004 000a0001, FORMAT_ERROR, an option too long",
        "1234 0100 0001 0000 0000 0001 QUESTION 00 0029 04d0 00000000 0004 fde90000, ANSWER, an option",
        "1234 0100 0001 0000 0000 0001 QUESTION 00 0029 04d0 00000000 0005 000a000101, FORMAT_ERROR, a cookie of one octet",
        "1234 0100 0001 0000 0000 0001 QUESTION c00c 0001 0001 00000000 0004 7f000001, ANSWER, a record of no use"
    })
    void verdicts(String packet, Verdict verdict, String why) {
        assertThat(read(packet)).as(why).isEqualTo(verdict);
        if (verdict != Verdict.DROP) {
            assertThat(view.id()).isEqualTo(0x1234);
        }
    }

    @Test
    void namesHaveLimits() {
        String label = "3f" + "61".repeat(63);
        assertThat(read(HEADER + label.repeat(3) + "3d" + "61".repeat(61) + "00 0001 0001"))
                .isEqualTo(Verdict.ANSWER);
        assertThat(view.nameLength()).isEqualTo(DnsName.MAX_LENGTH);
        assertThat(read(HEADER + label.repeat(3) + "3e" + "61".repeat(62) + "00 0001 0001"))
                .isEqualTo(Verdict.FORMAT_ERROR);
        assertThat(read(HEADER + "0161".repeat(127) + "00 0001 0001")).isEqualTo(Verdict.ANSWER);
        assertThat(view.labelCount()).isEqualTo(DnsName.MAX_LABELS);
        assertThat(read(HEADER + "0161".repeat(128) + "00 0001 0001")).isEqualTo(Verdict.FORMAT_ERROR);
    }

    private void readWhatHasEverything() {
        String options = "000a 0010 1112131415161718 2122232425262728" + "0008 0007 0001 18 00 c00002";
        assertThat(read("1234 0110 0001 0000 0000 0001 QUESTION 00 0029 0100 00008000 001f" + options))
                .isEqualTo(Verdict.ANSWER);
    }

    @Test
    void everythingOfAQuery() {
        readWhatHasEverything();
        assertThat(view.checkingDisabled()).isTrue();
        assertThat(view.type()).isEqualTo(RecordType.A);
        assertThat(view.labelAt(1)).isEqualTo(16);
        assertThat(view.name().text()).isEqualTo("www.example");
        assertThat(view.nameHash(1)).isEqualTo(NameHash.of(DnsName.of("example")));
        assertThat(view.udpSize()).as("less than 512 means 512").isEqualTo(512);
        assertThat(view.dnssecOk()).isTrue();
        assertThat(view.cookieLength()).isEqualTo(16);
        assertThat(view.bytes()[view.cookieAt()]).isEqualTo((byte) 0x11);
        assertThat(view.clientSubnetLength()).isEqualTo(7);
        assertThat(view.bytes()[view.clientSubnetAt() + 2]).isEqualTo((byte) 24);
    }

    @Test
    void nothingIsLeftOfTheLastOne() {
        readWhatHasEverything();
        assertThat(read("1234 0100 0000 0000 0000 0000")).isEqualTo(Verdict.FORMAT_ERROR);
        assertThat(view.hasEdns()).isFalse();
        assertThat(view.dnssecOk()).isFalse();
        assertThat(view.udpSize()).isEqualTo(512);
        assertThat(view.cookieAt()).isEqualTo(-1);
        assertThat(view.clientSubnetAt()).isEqualTo(-1);
        assertThat(view.nameLength()).isZero();
        assertThat(view.labelCount()).isZero();
        assertThat(view.questionEnd()).isEqualTo(12);
        assertThatIllegalArgumentException().isThrownBy(view::name);
    }

    @Test
    void readingAndAnsweringAllocateNothing() {
        byte[] packet =
                hex("1234 0100 0001 0000 0000 0001 QUESTION 00 0029 04d0 00000000 000c 000a0008 0102030405060708");
        byte[] into = new byte[1_232];
        AnswerWriter writer = new AnswerWriter();
        IpAddress address = IpAddress.v4(0x7f000001);
        long before = allocated();
        int octets = 0;
        for (int i = 0; i < MANY; i++) {
            view.read(packet, 0, packet.length);
            writer.start(view, into, 0, 1_000);
            writer.add(AnswerWriter.ANSWER, null, 60, address);
            writer.edns(1_232, false);
            writer.option(EdnsOption.COOKIE, packet, view.cookieAt(), view.cookieLength());
            octets += writer.finish(DnsMessage.RECURSION_AVAILABLE, Rcode.NOERROR);
        }
        // Less than one octet each: what else the thread does is in it.
        assertThat(allocated() - before).isLessThan(MANY);
        assertThat(octets).isEqualTo(MANY * (12 + 17 + 16 + 11 + 12));
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void anAnswerIsComposed() {
        read("1234 0110 0001 0000 0000 0000 QUESTION");
        byte[] into = new byte[700];
        AnswerWriter writer = new AnswerWriter();
        writer.start(view, into, 3, 512);
        DnsName other = DnsName.of("Other.example");
        IpAddress v6 = IpAddress.parse("2001:db8::7").orElseThrow();
        assertThat(writer.add(AnswerWriter.ANSWER, null, RecordType.CNAME, 5, other))
                .isTrue();
        assertThat(writer.add(AnswerWriter.ANSWER, other, 4_000_000_000L & DnsRecord.MAX_TTL, v6))
                .isTrue();
        writer.edns(1_232, true);
        EdnsOption blocked = ExtendedError.option(ExtendedError.BLOCKED, "list 1");
        writer.option(
                blocked.code(), blocked.data().toArray(), 0, blocked.data().length());
        int length = writer.finish(DnsMessage.RECURSION_AVAILABLE, Rcode.BADCOOKIE);
        DnsMessage answer = (DnsMessage) DnsMessage.parse(into, 3, length);
        assertThat(MessageText.of(answer))
                .containsExactly(
                        "header 1234 8197 rcode BADCOOKIE",
                        "question www.example. IN A",
                        "answer www.example. 5 IN CNAME Other.example.",
                        "answer Other.example. 1852516352 IN AAAA 2001:db8::7",
                        "edns 1232 version 0 DO option 15 000f6c6973742031");
    }

    @Test
    void whatDoesNotFitIsSaid() {
        read("1234 0100 0001 0000 0000 0000 QUESTION");
        byte[] into = new byte[512];
        AnswerWriter writer = new AnswerWriter();
        writer.start(view, into, 0, 512);
        int added = 0;
        while (writer.add(AnswerWriter.ANSWER, null, 1, IpAddress.v4(added))) {
            added++;
        }
        assertThat(added).isEqualTo((512 - 29) / 16);
        DnsMessage answer = (DnsMessage) DnsMessage.parse(into, 0, writer.finish(0, Rcode.NOERROR));
        assertThat(answer.truncated()).isTrue();
        assertThat(answer.answers()).hasSize(added);
        writer.start(view, into, 0, 512);
        assertThat(writer.add(AnswerWriter.ADDITIONAL, null, RecordType.TXT, 1, new byte[500], 0, 500))
                .isFalse();
        assertThat(writer.truncated()).isFalse();
    }

    @Test
    void anErrorForWhatHasNoQuestion() {
        read("1234 0100 0000 0000 0000 0000");
        byte[] into = new byte[512];
        AnswerWriter writer = new AnswerWriter();
        writer.start(view, into, 0, 512);
        int length = writer.finish(0, Rcode.FORMERR);
        assertThat(length).isEqualTo(12);
        assertThat(((DnsMessage) DnsMessage.parse(into, 0, length)).questions()).isEqualTo(List.of());
    }
}
