package io.innkeeper.wire.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.innkeeper.wire.dns.QueryView.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * No octets make the parsers throw, and a message that was read is the same after writing. Runs the stored inputs in the
 * normal build; with {@code JAZZER_FUZZ=1} the fuzzer searches.
 */
class DnsFuzzTest {
    /** What is compressed where we must not may become too long: then it is cut. */
    private static final int SURELY_WHOLE = DnsMessage.MAX_LENGTH - 1_000;

    @FuzzTest(maxDuration = "30s")
    void message(byte[] octets) {
        if (DnsMessage.parse(octets, 0, octets.length) instanceof DnsMessage read) {
            byte[] written = read.write(DnsMessage.MAX_LENGTH);
            if (written.length < SURELY_WHOLE) {
                assertThat(DnsMessage.parse(written, 0, written.length)).isEqualTo(read);
            }
            byte[] small = read.write(DnsMessage.MIN_UDP_LENGTH);
            assertThat(small.length).isLessThanOrEqualTo(DnsMessage.MIN_UDP_LENGTH);
            assertThat(DnsMessage.parse(small, 0, small.length)).isInstanceOf(DnsMessage.class);
            read.answers().forEach(record -> assertThat(record.text()).isNotEmpty());
        }
    }

    @FuzzTest(maxDuration = "30s")
    void query(byte[] octets) {
        QueryView view = new QueryView();
        Verdict verdict = view.read(octets, 0, octets.length);
        if (verdict == Verdict.ANSWER || verdict == Verdict.BAD_VERSION) {
            DnsName name = view.name();
            assertThat(view.nameHash(0)).isEqualTo(NameHash.of(name)).isEqualTo(NameHash.of(name.lower()));
            assertThat(view.nameHash(view.labelCount())).isEqualTo(NameHash.ROOT);
            assertThat(view.questionEnd()).isBetween(17, octets.length);
        }
        if (verdict != Verdict.DROP) {
            AnswerWriter writer = new AnswerWriter();
            byte[] into = new byte[DnsMessage.MIN_UDP_LENGTH];
            writer.start(view, into, 0, into.length);
            int length = writer.finish(DnsMessage.RECURSION_AVAILABLE, Rcode.REFUSED);
            assertThat(DnsMessage.parse(into, 0, length)).isInstanceOf(DnsMessage.class);
        }
    }

    /** A view is had of just those answers that are no malformed messages. */
    @FuzzTest(maxDuration = "30s")
    void response(byte[] octets) {
        Optional<ResponseView> view = ResponseView.of(octets, 0, octets.length);
        boolean read = DnsMessage.parse(octets, 0, octets.length) instanceof DnsMessage message
                && message.isResponse()
                && message.opcode() == Opcode.QUERY
                && message.questions().size() == 1;
        assertThat(view.isPresent()).isEqualTo(read);
        view.ifPresent(seen -> {
            assertThat(seen.length()).isLessThanOrEqualTo(octets.length);
            for (int i = 0; i < seen.ttlCount(); i++) {
                assertThat(seen.ttlOffset(i)).isBetween(seen.questionEnd(), octets.length - 4);
            }
        });
    }

    @FuzzTest(maxDuration = "30s")
    void name(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        DnsName.parse(text).ifPresent(name -> {
            assertThat(DnsName.of(name.text()).wire()).isEqualTo(name.wire());
            assertThat(name.lower()).isEqualTo(name).hasSameHashCodeAs(name);
            name.reversed()
                    .ifPresent(address -> assertThat(DnsName.reverse(address)).isEqualTo(name));
        });
        DnsName.typed(text).ifPresent(name -> assertThat(name.length()).isLessThanOrEqualTo(DnsName.MAX_LENGTH));
    }
}
