package io.innkeeper.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.NameHash;
import io.innkeeper.wire.dns.QueryView;
import io.innkeeper.wire.dns.QueryView.Verdict;
import io.innkeeper.wire.dns.ResponseView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for every DNS message and every name. */
class DnsMessagePropertyTest {
    private static final int TRIES = 2_000;

    private static DnsMessage parsed(byte[] bytes) {
        assertThat(DnsMessage.parse(bytes, 0, bytes.length)).isInstanceOf(DnsMessage.class);
        return (DnsMessage) DnsMessage.parse(bytes, 0, bytes.length);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Property.check(TRIES, samples -> {
            DnsMessage message = new DnsSamples(samples).message();
            byte[] bytes = message.write(DnsMessage.MAX_LENGTH);
            assertThat(parsed(bytes)).isEqualTo(message);
            // Case is kept in data, and owners have that of a name before them: writing again changes nothing.
            assertThat(parsed(bytes).write(DnsMessage.MAX_LENGTH)).isEqualTo(bytes);
        });
    }

    @Test
    void dataKeepTheirCase() {
        Property.check(TRIES, samples -> {
            DnsMessage message = new DnsSamples(samples).message();
            DnsMessage read = parsed(message.write(DnsMessage.MAX_LENGTH));
            assertThat(texts(read)).isEqualTo(texts(message));
        });
    }

    private static List<String> texts(DnsMessage message) {
        return message.answers().stream().map(record -> record.data().text()).toList();
    }

    @Test
    void whatDoesNotFitGoesByWholeSetsFromTheEnd() {
        Property.check(TRIES, samples -> {
            DnsMessage message = new DnsSamples(samples).message();
            int limit = DnsMessage.MIN_UDP_LENGTH + samples.below(1_000);
            byte[] bytes = message.write(limit);
            DnsMessage read = parsed(bytes);
            assertThat(bytes.length).isLessThanOrEqualTo(limit);
            assertThat(read.edns()).isEqualTo(message.edns());
            assertThat(read.questions()).isEqualTo(message.questions());
            boolean answersCut = isCut(message.answers(), read.answers());
            boolean cut = isCut(message.authorities(), read.authorities()) || answersCut;
            assertThat(read.truncated()).isEqualTo(cut);
            boolean some = isCut(message.additionals(), read.additionals());
            assertThat(bytes.length == message.write(DnsMessage.MAX_LENGTH).length)
                    .isEqualTo(!some && !cut);
        });
    }

    /** Whether something is missing; checks that it is the end, and no set is split. */
    private static boolean isCut(List<DnsRecord> all, List<DnsRecord> kept) {
        assertThat(kept).isEqualTo(all.subList(0, kept.size()));
        boolean cut = kept.size() < all.size();
        if (cut && !kept.isEmpty()) {
            assertThat(kept.getLast().sameSet(all.get(kept.size()))).isFalse();
        }
        return cut;
    }

    @Test
    void aQueryIsSeenAsItIsRead() {
        QueryView view = new QueryView();
        Property.check(TRIES, samples -> {
            DnsSamples dns = new DnsSamples(samples);
            DnsMessage query = DnsMessage.query(
                    samples.below(0x10000), 0x0130, dns.question(), samples.pickOrNull(List.of(dns.edns())));
            byte[] packet = query.write(DnsMessage.MAX_LENGTH);
            byte[] shifted = new byte[packet.length + 9];
            System.arraycopy(packet, 0, shifted, 5, packet.length);
            assertThat(view.read(shifted, 5, packet.length)).isEqualTo(Verdict.ANSWER);
            DnsName name = query.questions().getFirst().name();
            assertThat(view.id()).isEqualTo(query.id());
            assertThat(view.name().text()).isEqualTo(name.text());
            assertThat(view.labelCount()).isEqualTo(name.labelCount());
            assertThat(view.hasEdns()).isEqualTo(query.edns() != null);
            assertThat(view.questionEnd()).isEqualTo(5 + 12 + name.length() + 4);
            DnsName parent = name;
            for (int label = 0; label < view.labelCount(); label++) {
                assertThat(view.nameHash(label)).isEqualTo(NameHash.of(parent)).isEqualTo(NameHash.of(parent.lower()));
                parent = parent.parent().orElseThrow();
            }
            assertThat(view.nameHash(view.labelCount())).isEqualTo(NameHash.ROOT);
        });
    }

    @Test
    void anAnswerSeenHasTheTimesOfItsRecords() {
        Property.check(TRIES, samples -> {
            DnsSamples dns = new DnsSamples(samples);
            DnsMessage message = dns.message().withFlags(DnsMessage.RESPONSE).withQuestions(List.of(dns.question()));
            byte[] bytes = message.write(DnsMessage.MAX_LENGTH);
            ResponseView view = ResponseView.of(bytes, 0, bytes.length).orElseThrow();
            List<DnsRecord> records = new ArrayList<>(message.answers());
            records.addAll(message.authorities());
            records.addAll(message.additionals());
            assertThat(view.ttlCount()).isEqualTo(records.size());
            for (int i = 0; i < records.size(); i++) {
                assertThat(u32(bytes, view.ttlOffset(i)))
                        .isEqualTo(records.get(i).ttl());
            }
            assertThat(view.smallestTtl())
                    .isEqualTo(records.stream().mapToLong(DnsRecord::ttl).min().orElse(ResponseView.NONE));
            assertThat(view.length()).isEqualTo(bytes.length);
            assertThat(view.rcode()).isEqualTo(message.rcode());
        });
    }

    private static long u32(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at) & 0xffff_ffffL;
    }

    @Test
    void namesAreReadAsTheyAreShown() {
        Property.check(TRIES, samples -> {
            DnsName name = new DnsSamples(samples).name();
            DnsName again = DnsName.of(name.text());
            assertThat(again.wire()).isEqualTo(name.wire());
            assertThat(DnsName.of(name.absoluteText()).wire()).isEqualTo(name.wire());
            assertThat(name.lower()).isEqualTo(name).hasSameHashCodeAs(name);
            assertThat(name.compareTo(name.lower())).isZero();
        });
    }

    @Test
    void textIsANameOrNone() {
        Property.check(TRIES, samples -> {
            String text = samples.damaged(new DnsSamples(samples).name().text());
            DnsName.parse(text)
                    .ifPresent(name -> assertThat(DnsName.parse(name.text())).contains(name));
            DnsName.typed(text).ifPresent(name -> assertThat(name.length()).isBetween(1, 255));
            DnsName.typed(samples.text(40));
        });
    }

    @Test
    void theOrderOfNamesIsOne() {
        Property.check(TRIES, samples -> {
            DnsSamples dns = new DnsSamples(samples);
            DnsName[] three = {dns.name(), dns.name(), dns.name()};
            Arrays.sort(three);
            assertThat(three[0].compareTo(three[1])).isNotPositive();
            assertThat(three[0].compareTo(three[2])).isNotPositive();
            assertThat(three[1].compareTo(three[0])).isNotNegative();
            assertThat(three[0].compareTo(three[1]) == 0).isEqualTo(three[0].equals(three[1]));
        });
    }
}
