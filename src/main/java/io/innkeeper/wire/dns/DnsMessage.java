package io.innkeeper.wire.dns;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A DNS message (RFC 1035 §4).
 *
 * @param id 16 bits
 * @param flags the 16 bits behind the id: see the constants
 * @param additionals without the OPT record
 * @param edns what the OPT record says; null where there is none
 */
public record DnsMessage(
        int id,
        int flags,
        List<Question> questions,
        List<DnsRecord> answers,
        List<DnsRecord> authorities,
        List<DnsRecord> additionals,
        @Nullable Edns edns)
        implements Parsed {
    /** The flag of an answer. */
    public static final int RESPONSE = 0x8000;

    /** The flag of an answer from the one who knows (AA). */
    public static final int AUTHORITATIVE = 0x0400;

    /** The flag of an answer that did not fit (TC). */
    public static final int TRUNCATED = 0x0200;

    /** The flag of those who want an answer, not directions (RD). */
    public static final int RECURSION_DESIRED = 0x0100;

    /** The flag of those who give answers, not directions (RA). */
    public static final int RECURSION_AVAILABLE = 0x0080;

    /** The flag of answers that were validated (RFC 4035 §3.2.3); in queries, of those who want to know (RFC 6840 §5.7). */
    public static final int AUTHENTIC_DATA = 0x0020;

    /** The flag of those who validate for themselves (RFC 4035 §3.2.2). */
    public static final int CHECKING_DISABLED = 0x0010;

    /** The longest message, in octets: what TCP's length can say (RFC 1035 §4.2.2). */
    public static final int MAX_LENGTH = 65_535;

    /** What everybody takes over UDP, in octets (RFC 1035 §4.2.1). */
    public static final int MIN_UDP_LENGTH = 512;

    /** Copies the lists. */
    public DnsMessage {
        questions = List.copyOf(questions);
        answers = List.copyOf(answers);
        authorities = List.copyOf(authorities);
        additionals = List.copyOf(additionals);
    }

    /** A query with one question. */
    public static DnsMessage query(int id, int flags, Question question, @Nullable Edns edns) {
        return new DnsMessage(id, flags, List.of(question), List.of(), List.of(), List.of(), edns);
    }

    /**
     * An answer to this query without records: its id, opcode, question and RD and CD flags, and those that are given.
     *
     * @param flags to set, such as {@link #RECURSION_AVAILABLE}
     * @param rcode see {@link Rcode}; the upper bits go into EDNS, and are lost without
     * @param edns ours, where the query had one
     */
    public DnsMessage answer(int flags, int rcode, @Nullable Edns edns) {
        int kept = this.flags & (0x7800 | RECURSION_DESIRED | CHECKING_DISABLED);
        Edns own = edns == null
                ? null
                : new Edns(edns.udpSize(), edns.version(), edns.dnssecOk(), rcode >> 4, edns.options());
        return new DnsMessage(
                id, RESPONSE | kept | flags | (rcode & 15), questions, List.of(), List.of(), List.of(), own);
    }

    /**
     * Reads a message. Total: no octets make it throw. Octets behind the message are left alone.
     *
     * @param bytes where it is
     * @param from its first octet
     * @param length how many octets it has
     * @throws IndexOutOfBoundsException if the array has no such part
     */
    public static Parsed parse(byte[] bytes, int from, int length) {
        Objects.checkFromIndexSize(from, length, bytes.length);
        return length > MAX_LENGTH ? Malformed.OVERSIZED : new MessageReader(bytes, from, length).message();
    }

    /**
     * Writes the message, names compressed. What does not fit is left out by whole record sets: of the additional section
     * without a word, of the others with the TC flag set, and all that is behind (RFC 2181 §9). The OPT record is kept; its
     * last options only where they fit.
     *
     * @param maxLength the most octets, 512 to 65535
     * @throws IllegalArgumentException if it is less or more
     */
    public byte[] write(int maxLength) {
        if (maxLength < MIN_UDP_LENGTH || maxLength > MAX_LENGTH) {
            throw new IllegalArgumentException("no length of a message: " + maxLength);
        }
        return new MessageWriter(this, maxLength).write();
    }

    /** The first question; null where there is none. */
    public @Nullable Question question() {
        return questions.isEmpty() ? null : questions.getFirst();
    }

    /** See {@link #RESPONSE}. */
    public boolean isResponse() {
        return (flags & RESPONSE) != 0;
    }

    /** See {@link Opcode}. */
    public int opcode() {
        return flags >> 11 & 15;
    }

    /** See {@link Rcode}: all 12 bits. */
    public int rcode() {
        return (flags & 15) | (edns == null ? 0 : edns.extendedRcode() << 4);
    }

    /** See {@link #TRUNCATED}. */
    public boolean truncated() {
        return (flags & TRUNCATED) != 0;
    }

    /** See {@link #AUTHORITATIVE}. */
    public boolean authoritative() {
        return (flags & AUTHORITATIVE) != 0;
    }

    /** See {@link #RECURSION_DESIRED}. */
    public boolean recursionDesired() {
        return (flags & RECURSION_DESIRED) != 0;
    }

    /** See {@link #RECURSION_AVAILABLE}. */
    public boolean recursionAvailable() {
        return (flags & RECURSION_AVAILABLE) != 0;
    }

    /** See {@link #AUTHENTIC_DATA}. */
    public boolean authenticData() {
        return (flags & AUTHENTIC_DATA) != 0;
    }

    /** See {@link #CHECKING_DISABLED}. */
    public boolean checkingDisabled() {
        return (flags & CHECKING_DISABLED) != 0;
    }

    /** The same with another id. */
    public DnsMessage withId(int other) {
        return new DnsMessage(other, flags, questions, answers, authorities, additionals, edns);
    }

    /** The same with other flags. */
    public DnsMessage withFlags(int others) {
        return new DnsMessage(id, others, questions, answers, authorities, additionals, edns);
    }

    /** The same with other questions. */
    public DnsMessage withQuestions(List<Question> others) {
        return new DnsMessage(id, flags, others, answers, authorities, additionals, edns);
    }

    /** The same with other answers. */
    public DnsMessage withAnswers(List<DnsRecord> others) {
        return new DnsMessage(id, flags, questions, others, authorities, additionals, edns);
    }

    /** The same with another authority section. */
    public DnsMessage withAuthorities(List<DnsRecord> others) {
        return new DnsMessage(id, flags, questions, answers, others, additionals, edns);
    }

    /** The same with another additional section. */
    public DnsMessage withAdditionals(List<DnsRecord> others) {
        return new DnsMessage(id, flags, questions, answers, authorities, others, edns);
    }

    /** The same with another OPT record, or none. */
    public DnsMessage withEdns(@Nullable Edns other) {
        return new DnsMessage(id, flags, questions, answers, authorities, additionals, other);
    }
}
