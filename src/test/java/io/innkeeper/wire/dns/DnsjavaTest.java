package io.innkeeper.wire.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.DnsSamples;
import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Another implementation reads what we write as we do, and we read what it writes. */
class DnsjavaTest {
    private static final int TRIES = 2_000;

    /** Types whose data we show as dnsjava does; it leaves out the quotes of some texts. */
    private static final Set<Integer> SAME_TEXT = Set.of(
            RecordType.A,
            RecordType.NS,
            RecordType.CNAME,
            RecordType.PTR,
            RecordType.DNAME,
            RecordType.MX,
            RecordType.SRV,
            RecordType.CAA);

    private static Message theirs(byte[] bytes) {
        try {
            return new Message(bytes);
        } catch (IOException refused) {
            throw new AssertionError("dnsjava does not read it: " + refused.getMessage(), refused);
        }
    }

    private static DnsMessage ours(byte[] bytes) {
        return (DnsMessage) DnsMessage.parse(bytes, 0, bytes.length);
    }

    @Test
    void itReadsWhatWeWrite() {
        Property.check(TRIES, samples -> {
            DnsMessage message = new DnsSamples(samples).message();
            Message theirs = theirs(message.write(DnsMessage.MAX_LENGTH));
            assertThat(theirs.getHeader().getID()).isEqualTo(message.id());
            assertThat(theirs.getHeader().getRcode()).isEqualTo(message.rcode() & 15);
            assertThat(theirs.getHeader().getOpcode()).isEqualTo(message.opcode());
            compare(message.answers(), theirs.getSection(Section.ANSWER));
            compare(message.authorities(), theirs.getSection(Section.AUTHORITY));
            List<Record> additionals = new ArrayList<>(theirs.getSection(Section.ADDITIONAL));
            additionals.removeIf(record -> record.getType() == RecordType.OPT);
            compare(message.additionals(), additionals);
            for (int i = 0; i < message.questions().size(); i++) {
                Record question = theirs.getSection(Section.QUESTION).get(i);
                assertThat(question.getName().toString())
                        .isEqualTo(message.questions().get(i).name().absoluteText());
            }
        });
    }

    private static void compare(List<DnsRecord> ours, List<Record> theirs) {
        assertThat(theirs).hasSameSizeAs(ours);
        for (int i = 0; i < ours.size(); i++) {
            DnsRecord our = ours.get(i);
            Record their = theirs.get(i);
            assertThat(their.getName().toString().toLowerCase(Locale.ROOT))
                    .isEqualTo(our.name().lower().absoluteText());
            assertThat(their.getType()).isEqualTo(our.type());
            assertThat(their.getTTL()).isEqualTo(our.ttl());
            if (SAME_TEXT.contains(our.type())) {
                assertThat(their.rdataToString()).isEqualTo(our.data().text());
            }
        }
    }

    @Test
    void weReadWhatItWrites() {
        Property.check(TRIES, samples -> {
            DnsMessage message = new DnsSamples(samples).message();
            byte[] theirs = theirs(message.write(DnsMessage.MAX_LENGTH)).toWire();
            assertThat(ours(theirs).withEdns(null)).isEqualTo(message.withEdns(null));
            Edns edns = message.edns();
            // It takes the upper half of the response codes for a negative time to live.
            if (edns != null && edns.extendedRcode() < 128) {
                assertThat(ours(theirs).edns()).isEqualTo(edns);
            }
        });
    }

    @Test
    void weAgreeOnDamagedMessagesThatBothRead() {
        int[] both = new int[1];
        Property.check(TRIES, samples -> {
            byte[] bytes = damaged(samples);
            if (DnsMessage.parse(bytes, 0, bytes.length) instanceof DnsMessage read && !read.truncated()) {
                try {
                    Message theirs = new Message(bytes);
                    both[0]++;
                    assertThat(theirs.getSection(Section.ANSWER).stream()
                                    .map(record -> record.getName().toString().toLowerCase(Locale.ROOT)))
                            .isEqualTo(read.answers().stream()
                                    .map(record -> record.name().lower().absoluteText())
                                    .toList());
                } catch (IOException stricter) {
                    // It reads the data of types that we carry as they are.
                }
            }
        });
        assertThat(both[0]).isGreaterThan(TRIES / 10);
    }

    private static byte[] damaged(Samples samples) {
        byte[] bytes = new DnsSamples(samples).message().write(DnsMessage.MAX_LENGTH);
        for (int i = samples.below(3); i >= 0; i--) {
            bytes[samples.below(bytes.length)] = samples.pick(0, 1, 0x3f, 0x40, 0xc0, 0xc1, samples.below(256))
                    .byteValue();
        }
        return bytes;
    }

    @Test
    void namesAreOrderedAlike() {
        Property.check(TRIES, samples -> {
            DnsSamples dns = new DnsSamples(samples);
            DnsName one = dns.name();
            DnsName other = dns.name();
            assertThat(Integer.signum(one.compareTo(other)))
                    .isEqualTo(Integer.signum(name(one).compareTo(name(other))));
            assertThat(one.isUnder(other)).isEqualTo(name(one).subdomain(name(other)));
            assertThat(one.equals(other)).isEqualTo(name(one).equals(name(other)));
        });
    }

    private static Name name(DnsName name) {
        try {
            return new Name(name.wire());
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }
}
