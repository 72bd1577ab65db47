package io.innkeeper.wire.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.wire.net.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only what answers the question is an answer. */
class ReverseQuestionTest {
    private static final IpAddress ADDRESS = IpAddress.parse("192.168.77.10").orElseThrow();
    private static final DnsName REVERSE = DnsName.reverse(ADDRESS);
    private static final ReverseQuestion UNICAST = new ReverseQuestion(4711, ADDRESS, false);
    private static final ReverseQuestion MULTICAST = new ReverseQuestion(4711, ADDRESS, true);

    private static DnsMessage query(ReverseQuestion question) {
        byte[] octets = question.query();
        return (DnsMessage) DnsMessage.parse(octets, 0, octets.length);
    }

    private static DnsRecord ptr(DnsName owner, String name) {
        return DnsRecord.host(owner, RecordType.PTR, 60, DnsName.of(name));
    }

    private static DnsMessage answer(DnsRecord... records) {
        return query(UNICAST).answer(0, Rcode.NOERROR, null).withAnswers(List.of(records));
    }

    private static String name(ReverseQuestion question, DnsMessage message) {
        byte[] octets = message.write(DnsMessage.MIN_UDP_LENGTH);
        return question.name(octets, octets.length).map(DnsName::text).orElse("none");
    }

    private static boolean answers(ReverseQuestion question, DnsMessage message) {
        byte[] octets = message.write(DnsMessage.MIN_UDP_LENGTH);
        return question.isAnswered(octets, octets.length);
    }

    @Test
    void theQueryIsThatOfTheRfcs() {
        DnsMessage query = query(UNICAST);
        assertThat(query.id()).isEqualTo(4711);
        assertThat(query.recursionDesired()).isTrue();
        assertThat(query.questions())
                .containsExactly(Question.in(DnsName.of("10.77.168.192.in-addr.arpa"), RecordType.PTR));
        assertThat(query(MULTICAST).flags()).as("RFC 6762 §18: all zero").isZero();
    }

    @Test
    void theNameIsFoundAlsoBehindAnAlias() {
        DnsMessage plain = answer(ptr(REVERSE, "Nas.lan"), ptr(REVERSE, "other.lan"));
        assertThat(name(UNICAST, plain)).isEqualTo("Nas.lan");
        DnsName delegated = DnsName.of("10.0-63.77.168.192.in-addr.arpa");
        assertThat(name(
                        UNICAST,
                        answer(ptr(delegated, "nas.lan"), DnsRecord.host(REVERSE, RecordType.CNAME, 60, delegated))))
                .isEqualTo("nas.lan");
        assertThat(name(UNICAST, answer(DnsRecord.host(REVERSE, RecordType.CNAME, 60, REVERSE))))
                .as("an alias of itself")
                .isEqualTo("none");
    }

    @Test
    void whatIsSomethingElseIsNoAnswer() {
        DnsRecord right = ptr(REVERSE, "nas.lan");
        assertThat(answers(UNICAST, answer(right))).isTrue();
        assertThat(answers(UNICAST, answer(right).withId(4712))).isFalse();
        assertThat(answers(UNICAST, answer(right).withFlags(0))).as("a query").isFalse();
        assertThat(answers(UNICAST, answer(right).withQuestions(List.of()))).isFalse();
        Question other = Question.in(DnsName.of("11.77.168.192.in-addr.arpa"), RecordType.PTR);
        assertThat(answers(UNICAST, answer(right).withQuestions(List.of(other))))
                .isFalse();
        assertThat(answers(MULTICAST, answer(right).withQuestions(List.of(other))))
                .isFalse();
        assertThat(name(UNICAST, answer(ptr(other.name(), "nas.lan")))).isEqualTo("none");
    }

    @Test
    void aNoIsAnAnswerWithoutAName() {
        DnsMessage no = query(UNICAST).answer(0, Rcode.NXDOMAIN, null);
        assertThat(answers(UNICAST, no)).isTrue();
        assertThat(name(UNICAST, no)).isEqualTo("none");
    }

    @Test
    void respondersMayLeaveTheQuestionOutAndFlushCaches() {
        DnsRecord flushed = new DnsRecord(
                REVERSE, RecordType.PTR, DnsClass.IN | 0x8000, 10, new Rdata.Host(DnsName.of("speaker.local")));
        DnsMessage message = answer(flushed).withQuestions(List.of());
        assertThat(name(MULTICAST, message)).isEqualTo("speaker.local");
        assertThat(name(UNICAST, message)).isEqualTo("none");
    }

    @Test
    void noOctetsEscapeOrLoop() {
        byte[] right = answer(ptr(REVERSE, "nas.lan")).write(DnsMessage.MIN_UDP_LENGTH);
        Property.check(20_000, samples -> {
            byte[] octets = right.clone();
            for (int i = samples.below(6); i >= 0; i--) {
                octets[samples.below(octets.length)] = (byte) samples.below(256);
            }
            int length = samples.oneIn(3) ? samples.below(octets.length) : octets.length;
            boolean answered = UNICAST.isAnswered(octets, length);
            assertThat(UNICAST.name(octets, length).isPresent() && !answered).isFalse();
        });
    }
}
