package io.innkeeper.wire.dns;

import io.innkeeper.wire.net.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * The question which name an address has, and what of the octets that come back answers it. Asked of a name server, or of the
 * device itself by multicast DNS as a one-shot query (RFC 6762 §5.1), which is answered like a query of old (§6.7).
 *
 * @param id of the query, 16 bits; of multicast DNS too, for an answer to a one-shot query repeats it
 * @param address whose name is asked for
 * @param multicast true for multicast DNS
 */
public record ReverseQuestion(int id, IpAddress address, boolean multicast) {
    /** Names that lead to names, as they are used for networks smaller than /24 (RFC 2317). */
    private static final int MOST_ALIASES = 4;

    /** What multicast DNS adds to the class: "forget what you knew" (RFC 6762 §10.2). */
    private static final int CACHE_FLUSH = 0x8000;

    /** The octets to send. */
    public byte[] query() {
        return DnsMessage.query(id, multicast ? 0 : DnsMessage.RECURSION_DESIRED, question(), null)
                .write(DnsMessage.MIN_UDP_LENGTH);
    }

    private Question question() {
        return Question.in(DnsName.reverse(address), RecordType.PTR);
    }

    /** True where these octets are an answer to this question, with or without a name in it. Total. */
    public boolean isAnswered(byte[] bytes, int length) {
        return DnsMessage.parse(bytes, 0, length) instanceof DnsMessage message && fits(message);
    }

    private boolean fits(DnsMessage message) {
        List<Question> asked = message.questions();
        boolean repeated = asked.size() == 1 && asked.getFirst().equals(question());
        return message.isResponse()
                && message.opcode() == Opcode.QUERY
                && message.id() == id
                // Some responders leave the question out, as answers to other multicast queries do (RFC 6762 §6).
                && (repeated || (multicast && asked.isEmpty()));
    }

    /**
     * The name that these octets give the address; empty where they are no answer to this question, or have none. Total: no octets
     * make it throw. Of several names the first.
     *
     * @param bytes what came, from its first octet
     * @param length how many octets it has
     */
    public Optional<DnsName> name(byte[] bytes, int length) {
        return DnsMessage.parse(bytes, 0, length) instanceof DnsMessage message
                        && fits(message)
                        && message.rcode() == Rcode.NOERROR
                ? name(message.answers(), DnsName.reverse(address))
                : Optional.empty();
    }

    private static Optional<DnsName> name(List<DnsRecord> answers, DnsName reverse) {
        DnsName owner = reverse;
        for (int i = 0; i <= MOST_ALIASES; i++) {
            Optional<DnsName> found = of(answers, owner, RecordType.PTR);
            Optional<DnsName> alias = found.isPresent() ? found : of(answers, owner, RecordType.CNAME);
            if (found.isPresent() || alias.isEmpty()) {
                return found;
            }
            owner = alias.get();
        }
        return Optional.empty();
    }

    private static Optional<DnsName> of(List<DnsRecord> answers, DnsName owner, int type) {
        for (DnsRecord answer : answers) {
            if (answer.type() == type
                    && (answer.dnsClass() & ~CACHE_FLUSH) == DnsClass.IN
                    && answer.name().equals(owner)
                    && answer.data() instanceof Rdata.Host(DnsName name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
