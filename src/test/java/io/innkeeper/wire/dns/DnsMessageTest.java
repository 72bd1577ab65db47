package io.innkeeper.wire.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsMessageTest {
    private static final String QUESTION = "0161 00 0001 0001";
    private static final DnsName NAME = DnsName.of("www.example.com");

    private static Parsed parse(String hex) {
        byte[] octets =
                HexFormat.of().parseHex(hex.replace("QUESTION", QUESTION).replace(" ", ""));
        return DnsMessage.parse(octets, 0, octets.length);
    }

    private static DnsMessage parse(byte[] octets) {
        return (DnsMessage) DnsMessage.parse(octets, 0, octets.length);
    }

    @ParameterizedTest
    @CsvSource({
        "'', TRUNCATED",
        "0001 8180 ffff 0000 0000 0000, TRUNCATED",
        "0001 8180 0001 ffff ffff ffff QUESTION, TRUNCATED",
        "0001 8180 0001 0001 0000 0000 QUESTION c013 0001 0001 00000000 0004 01020304, BAD_NAME",
        "0001 8180 0001 0001 0000 0000 QUESTION c020 0001 0001 00000000 0004 01020304, BAD_NAME",
        "0001 8180 0001 0001 0000 0000 QUESTION c000 0001 0001 00000000 0004 01020304, BAD_NAME",
        "0001 8180 0001 0001 0000 0000 QUESTION 0162c013 0001 0001 00000000 0004 01020304, BAD_NAME",
        "0001 8180 0001 0001 0000 0000 QUESTION 4162 0001 0001 00000000 0004 01020304, BAD_NAME",
        "0001 8180 0001 0001 0000 0000 QUESTION c00c 0001 0001 00000000 0004 010203, TRUNCATED",
        "0001 8180 0001 0001 0000 0000 QUESTION c00c 0001 0001 00000000 0003 010203, BAD_DATA",
        "0001 8180 0001 0001 0000 0000 QUESTION c00c 0001 0001 00000000 0005 0102030405, BAD_DATA",
        "0001 8180 0001 0001 0000 0000 QUESTION c00c 0005 0001 00000000 0001 c00c, BAD_NAME",
        "0001 8180 0001 0001 0000 0000 QUESTION c00c 0005 0001 00000000 0002 0262, BAD_DATA",
        "0001 8180 0001 0001 0000 0000 QUESTION c00c 0010 0001 00000000 0003 036162, BAD_DATA",
        "0001 8180 0001 0001 0000 0000 QUESTION c00c 0010 0001 00000000 0000, BAD_DATA",
        "0001 8180 0001 0001 0000 0000 QUESTION 00 0029 0200 00000000 0000, BAD_EDNS",
        "0001 8180 0001 0000 0000 0001 QUESTION c00c 0029 0200 00000000 0000, BAD_EDNS",
        "0001 8180 0001 0000 0000 0001 QUESTION 00 0029 0200 00000000 0003 000a00, BAD_EDNS",
        "0001 8180 0001 0000 0000 0001 QUESTION 00 0029 0200 00000000 0004 000a0001, BAD_EDNS",
        "0001 8180 0001 0000 0000 0002 QUESTION 00 0029 0200 00000000 0000 00 0029 0200 00000000 0000, BAD_EDNS"
    })
    void malformed(String hex, Malformed why) {
        assertThat(parse(hex)).isEqualTo(why);
        byte[] octets =
                HexFormat.of().parseHex(hex.replace("QUESTION", QUESTION).replace(" ", ""));
        assertThat(ResponseView.of(octets, 0, octets.length)).isEmpty();
    }

    @Test
    void tooLong() {
        assertThat(DnsMessage.parse(new byte[70_000], 0, DnsMessage.MAX_LENGTH + 1))
                .isEqualTo(Malformed.OVERSIZED);
        assertThat(ResponseView.of(new byte[70_000], 0, DnsMessage.MAX_LENGTH + 1))
                .isEmpty();
    }

    /** Pointers to pointers, as many as fit: each name is read in few steps, or is none. */
    @Test
    void longChainsOfPointersEnd() {
        byte[] octets = new byte[DnsMessage.MAX_LENGTH];
        octets[5] = 1;
        for (int at = 17; at + 1 < 0x4000; at += 2) {
            int target = at == 17 ? 12 : at - 2;
            octets[at] = (byte) (0xc0 | target >> 8);
            octets[at + 1] = (byte) target;
        }
        octets[7] = 1;
        assertThat(DnsMessage.parse(octets, 0, octets.length)).isNotNull();
        // A record whose name begins at the end of the chain.
        octets[7] = 0;
        octets[4] = 0x40;
        assertThat(DnsMessage.parse(octets, 0, octets.length)).isInstanceOf(Malformed.class);
    }

    @Test
    void flagsAndCodes() {
        DnsMessage query =
                DnsMessage.query(7, DnsMessage.RECURSION_DESIRED | 0x0010, Question.in(NAME, 1), Edns.of(1_232, true));
        DnsMessage answer = query.answer(DnsMessage.RECURSION_AVAILABLE, Rcode.BADVERS, Edns.of(1_232, true));
        DnsMessage read = parse(answer.write(512));
        assertThat(read).isEqualTo(answer);
        assertThat(read.isResponse()).isTrue();
        assertThat(read.rcode()).isEqualTo(Rcode.BADVERS);
        assertThat(read.recursionDesired()).isTrue();
        assertThat(read.checkingDisabled()).isTrue();
        assertThat(read.recursionAvailable()).isTrue();
        assertThat(read.authoritative() || read.truncated() || read.authenticData())
                .isFalse();
        assertThat(read.opcode()).isEqualTo(Opcode.QUERY);
        assertThat(read.withId(9).id()).isEqualTo(9);
        assertThat(Objects.requireNonNull(read.question()).name()).isEqualTo(NAME);
        assertThatIllegalArgumentException().isThrownBy(() -> query.write(511));
        assertThatIllegalArgumentException().isThrownBy(() -> query.write(65_536));
    }

    @Test
    void ttlsBeyondTheLimitAreNone() {
        DnsMessage read =
                (DnsMessage) parse("0001 8180 0001 0001 0000 0000 QUESTION c00c 0001 0001 80000000 0004 01020304");
        assertThat(read.answers().getFirst().ttl()).isZero();
    }

    @Test
    void theSameNamesAreWrittenOnce() {
        List<DnsRecord> answers = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            answers.add(DnsRecord.address(NAME, 60, IpAddress.v4(i)));
        }
        DnsMessage message = DnsMessage.query(1, DnsMessage.RESPONSE, Question.in(NAME, 1), null)
                .withAnswers(answers);
        byte[] all = message.write(DnsMessage.MAX_LENGTH);
        assertThat(all).hasSize(12 + 17 + 4 + 4_000 * 16);
        // Being one set they go together.
        DnsMessage cut = parse(message.write(4_096));
        assertThat(cut.answers()).isEmpty();
        assertThat(cut.truncated()).isTrue();
    }

    @Test
    void manyNamesBeyondThePointersReach() {
        List<DnsRecord> answers = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            answers.add(DnsRecord.host(
                    DnsName.of("h" + i + ".example"), RecordType.CNAME, 1, DnsName.of("t" + i % 7 + ".x" + i)));
        }
        DnsMessage message = DnsMessage.query(1, DnsMessage.RESPONSE, Question.in(NAME, 1), null)
                .withAnswers(answers);
        assertThat(parse(message.write(DnsMessage.MAX_LENGTH))).isEqualTo(message);
    }

    @Test
    void optionsThatDoNotFitGoFromTheEnd() {
        Edns edns = Edns.of(512, false)
                .withOptions(List.of(new EdnsOption(10, new byte[8]), new EdnsOption(12, new byte[480])));
        DnsMessage read =
                parse(DnsMessage.query(1, 0, Question.in(NAME, 1), edns).write(512));
        assertThat(Objects.requireNonNull(read.edns()).options()).containsExactly(new EdnsOption(10, new byte[8]));
        assertThat(read.edns().option(10)).contains(Octets.of(new byte[8]));
        assertThat(read.edns().option(12)).isEmpty();
        assertThat(read.questions()).hasSize(1);
    }

    @Test
    void compressionKeepsTheCaseOfData() {
        DnsMessage message = DnsMessage.query(1, DnsMessage.RESPONSE, Question.in(DnsName.of("a.example"), 5), null)
                .withAnswers(List.of(
                        DnsRecord.host(DnsName.of("A.Example"), RecordType.CNAME, 1, DnsName.of("B.EXAMPLE")),
                        DnsRecord.host(DnsName.of("B.example"), RecordType.CNAME, 1, DnsName.of("c.EXAMPLE"))));
        byte[] written = message.write(512);
        assertThat(parse(written).answers())
                .extracting(DnsRecord::text)
                .containsExactly("a.example. 1 IN CNAME B.EXAMPLE.", "B.EXAMPLE. 1 IN CNAME c.EXAMPLE.");
        assertThat(written).hasSize(12 + 15 + (12 + 11) + (12 + 4));
    }

    /** The test vectors of RFC 9460 appendix D, the target written whole. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0000 TARGET | 0 foo.example.com.",
                "0001 00 | 1 .",
                "0010 TARGET 0003 0002 0035 | 16 foo.example.com. port=53",
                "0001 TARGET 029b 0005 68656c6c6f | 1 foo.example.com. key667=\"hello\"",
                "0001 TARGET 029b 0009 68656c6c6fd2716f6f | 1 foo.example.com. key667=\"hello\\210qoo\"",
                "0001 TARGET 0006 0020 20010db8000000000000000000000001 20010db8000000000000000000530001"
                        + " | 1 foo.example.com. ipv6hint=2001:db8::1,2001:db8::53:1",
                "0010 TARGET 0000 0004 0001 0004 0001 0009 02 6832 05 68332d3139 0004 0004 c0000201"
                        + " | 16 foo.example.com. mandatory=alpn,ipv4hint alpn=h2,h3-19 ipv4hint=192.0.2.1",
                "0010 TARGET 0001 000c 08 665c6f6f2c626172 02 6832 | 16 foo.example.com. key1=\"\\008f\\\\oo,bar\\002h2\"",
                "0001 TARGET 0003 0001 35 | 1 foo.example.com. key3=\"5\"",
                "0001 TARGET 0002 0000 0005 0003 010203 | 1 foo.example.com. no-default-alpn ech=AQID",
                // Keys that do not ascend, and one that is cut off: carried as they are.
                "0001 00 0003 0002 0035 0001 0003 026832 | \\# 16 00010000030002003500010003026832",
                "0001 00 0003 0002 00 | \\# 8 0001000003000200"
            })
    void svcb(String hex, String text) {
        checkData(RecordType.SVCB, hex.replace("TARGET", "03666f6f 076578616d706c65 03636f6d 00"), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "257 | 00 05 6973737565 63612e6578616d706c65 | 0 issue \"ca.example\"",
                "257 | 80 00 61 | \\# 3 800061",
                "257 | 00 02 2d2d | \\# 4 00022d2d",
                "16 | 02 2261 01 5c 00 | \"\\\"a\" \"\\\\\" \"\"",
                "46 | 0001 0203 | \\# 4 00010203",
                "14 | 0161 00 c00c | \\# 6 016100016100",
                "30 | c00c 0102 | \\# 5 0161000102",
                "24 | 000102030405060708090a0b0c0d0e0f1011 c00c ff | \\# 22 000102030405060708090a0b0c0d0e0f1011016100ff"
            })
    void data(int type, String hex, String text) {
        checkData(type, hex, text);
    }

    private static void checkData(int type, String hex, String text) {
        String data = hex.replace(" ", "");
        Parsed parsed = parse("0001 8180 0001 0001 0000 0000 QUESTION c00c %04x 0001 00000001 %04x %s"
                .formatted(type, data.length() / 2, data));
        assertThat(parsed).isInstanceOfSatisfying(DnsMessage.class, message -> {
            assertThat(message.answers().getFirst().data().text()).isEqualTo(text);
            assertThat(parse(message.write(512))).isEqualTo(message);
        });
    }

    @Test
    void dataThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rdata.Txt(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rdata.Txt(List.of(Octets.of(new byte[256]))));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rdata.Caa(0, "", Octets.EMPTY));
    }

    @ParameterizedTest
    @CsvSource({
        "1, A",
        "65, HTTPS",
        "257, CAA",
        "52, TLSA",
        "20, TYPE20",
        "65280, TYPE65280",
        "255, ANY",
        "28, AAAA",
        "47, NSEC"
    })
    void types(int type, String text) {
        assertThat(RecordType.text(type)).isEqualTo(text);
        assertThat(RecordType.parse(text.toLowerCase(Locale.ROOT))).hasValue(type);
        assertThat(RecordType.parse("TYPE" + type)).hasValue(type);
    }

    @ParameterizedTest
    @CsvSource({"''", "TYPE", "TYPE65536", "TYPE-1", "TYPE+1", "TYPE000001", "B"})
    void noTypes(String text) {
        assertThat(RecordType.parse(text)).isEmpty();
    }

    @Test
    void extendedErrors() {
        EdnsOption option = ExtendedError.option(ExtendedError.STALE_ANSWER, "é");
        assertThat(option.data().toArray()).isEqualTo("\0\3é".getBytes(StandardCharsets.UTF_8));
        assertThat(ExtendedError.code(option)).isEqualTo(ExtendedError.STALE_ANSWER);
        assertThat(ExtendedError.code(new EdnsOption(15, new byte[1]))).isEqualTo(ExtendedError.NONE);
        assertThat(ExtendedError.code(new EdnsOption(10, new byte[8]))).isEqualTo(ExtendedError.NONE);
        assertThat(ExtendedError.text(24)).isEqualTo("Invalid Data");
        assertThat(ExtendedError.text(99)).isEqualTo("Extended error 99");
        assertThat(ExtendedError.text(ExtendedError.STALE_NXDOMAIN_ANSWER)).isEqualTo("Stale NXDOMAIN Answer");
    }

    @Test
    void kindsOfAnswers() {
        DnsRecord alias = DnsRecord.host(NAME, RecordType.CNAME, 9, DnsName.of("x"));
        DnsRecord address = DnsRecord.address(DnsName.of("x"), 5, IpAddress.v4(1));
        Rdata zone = new Rdata.Soa(NAME, NAME, 1, 2, 3, 4, 77);
        DnsRecord soa = new DnsRecord(DnsName.of("com"), RecordType.SOA, DnsClass.IN, 100, zone);
        assertThat(kind(Rcode.NOERROR, List.of(alias, address))).isEqualTo(ResponseView.Kind.POSITIVE);
        assertThat(kind(Rcode.NOERROR, List.of(alias))).isEqualTo(ResponseView.Kind.NO_DATA);
        assertThat(kind(Rcode.NXDOMAIN, List.of(alias))).isEqualTo(ResponseView.Kind.NO_NAME);
        assertThat(kind(Rcode.SERVFAIL, List.of())).isEqualTo(ResponseView.Kind.FAILURE);
        assertThat(view(answer(Rcode.NOERROR, List.of()).withAuthorities(List.of(soa)))
                        .negativeTtl())
                .isEqualTo(77);
        assertThat(view(answer(Rcode.NOERROR, List.of()).withAuthorities(List.of(soa.withTtl(50))))
                        .negativeTtl())
                .isEqualTo(50);
        ResponseView positive =
                view(answer(Rcode.NOERROR, List.of(alias, address)).withAdditionals(List.of(soa.withTtl(1))));
        assertThat(positive.smallestAnswerTtl()).isEqualTo(5);
        assertThat(positive.smallestTtl()).isEqualTo(1);
        assertThat(positive.negativeTtl()).isEqualTo(ResponseView.NONE);
        assertThat(positive.optOffset()).isEqualTo(-1);
    }

    private static ResponseView.Kind kind(int rcode, List<DnsRecord> answers) {
        return view(answer(rcode, answers)).kind();
    }

    private static DnsMessage answer(int rcode, List<DnsRecord> answers) {
        return DnsMessage.query(1, 0, Question.in(NAME, RecordType.A), null)
                .answer(0, rcode, null)
                .withAnswers(answers);
    }

    private static ResponseView view(DnsMessage message) {
        byte[] octets = message.write(DnsMessage.MAX_LENGTH);
        return ResponseView.of(octets, 0, octets.length).orElseThrow();
    }
}
