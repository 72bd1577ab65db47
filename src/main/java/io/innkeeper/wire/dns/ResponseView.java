package io.innkeeper.wire.dns;

import java.util.Objects;
import java.util.Optional;

/**
 * What a cache has to know of an answer to keep its bytes: where the times to live are, how long it lives, what it says no to.
 * All places are counted from the first octet of the message, so that they hold for a copy of it.
 */
public final class ResponseView {
    /** What an answer says. */
    public enum Kind {
        /** There are records of the type that was asked for, at the end of aliases too. */
        POSITIVE,
        /** The name is there, but has no such records (RFC 2308 §2.2). */
        NO_DATA,
        /** There is no such name (RFC 2308 §2.1). */
        NO_NAME,
        /** Something else: a failure, or a refusal. */
        FAILURE
    }

    /** Where there is no such thing. */
    public static final long NONE = -1;

    private final int id;
    private final int flags;
    private final int rcode;
    private final Question question;
    private final Kind kind;
    private final ResponseWalk walk;

    private ResponseView(int id, int flags, Question question, ResponseWalk walk) {
        this.id = id;
        this.flags = flags;
        this.question = question;
        this.walk = walk;
        this.rcode = (flags & 15) | walk.extendedRcode() << 4;
        this.kind = kind(rcode, walk.answered());
    }

    private static Kind kind(int rcode, boolean answered) {
        return switch (rcode) {
            case Rcode.NOERROR -> answered ? Kind.POSITIVE : Kind.NO_DATA;
            case Rcode.NXDOMAIN -> Kind.NO_NAME;
            default -> Kind.FAILURE;
        };
    }

    /**
     * Looks through an answer. Empty for what is no answer to one question of opcode QUERY, and for what
     * {@link DnsMessage#parse} would find malformed.
     *
     * @param bytes where it is
     * @param from its first octet
     * @param length how many octets it has
     * @throws IndexOutOfBoundsException if the array has no such part
     */
    public static Optional<ResponseView> of(byte[] bytes, int from, int length) {
        Objects.checkFromIndexSize(from, length, bytes.length);
        if (length > DnsMessage.MAX_LENGTH) {
            return Optional.empty();
        }
        WireReader in = new WireReader(bytes, from, length);
        int id = in.u16();
        int flags = in.u16();
        boolean response = (flags & (DnsMessage.RESPONSE | 0x7800)) == DnsMessage.RESPONSE;
        if (in.u16() != 1 || !response) {
            return Optional.empty();
        }
        int answers = in.u16();
        int authorities = in.u16();
        int additionals = in.u16();
        Question question = new Question(in.plainName(), in.u16(), in.u16());
        ResponseWalk walk = new ResponseWalk(in, question);
        walk.section(ResponseWalk.ANSWER, answers);
        walk.section(ResponseWalk.AUTHORITY, authorities);
        walk.section(ResponseWalk.ADDITIONAL, additionals);
        return in.fine() ? Optional.of(new ResponseView(id, flags, question, walk)) : Optional.empty();
    }

    /** 16 bits. */
    public int id() {
        return id;
    }

    /** The 16 flags of the header; see {@link DnsMessage}. */
    public int flags() {
        return flags;
    }

    /** See {@link Rcode}: all 12 bits. */
    public int rcode() {
        return rcode;
    }

    /** See {@link DnsMessage#TRUNCATED}. */
    public boolean truncated() {
        return (flags & DnsMessage.TRUNCATED) != 0;
    }

    /** What was asked. */
    public Question question() {
        return question;
    }

    /** Behind the question. */
    public int questionEnd() {
        return WireReader.HEADER + question.name().length() + 4;
    }

    /** What it says. */
    public Kind kind() {
        return kind;
    }

    /** True for {@link Kind#POSITIVE}. */
    public boolean positive() {
        return kind == Kind.POSITIVE;
    }

    /** The octets of the message, without what may stand behind it. */
    public int length() {
        return walk.end();
    }

    /** How many records have a time to live: all but OPT. */
    public int ttlCount() {
        return walk.ttlCount();
    }

    /** Where the 32 bits of a time to live are. */
    public int ttlOffset(int index) {
        return walk.ttlOffset(Objects.checkIndex(index, walk.ttlCount()));
    }

    /** Where all of them are, ascending. */
    public int[] ttlOffsets() {
        return walk.ttlOffsets();
    }

    /** The smallest time to live of all records, in seconds; {@link #NONE} where there are none. */
    public long smallestTtl() {
        return walk.smallestTtl();
    }

    /** The smallest time to live of the records in the answer section; {@link #NONE} where there are none. */
    public long smallestAnswerTtl() {
        return walk.smallestAnswerTtl();
    }

    /**
     * How long a no may be remembered, in seconds: the smaller of the time to live and the minimum of the SOA record in the
     * authority section (RFC 2308 §5); {@link #NONE} where there is no such record.
     */
    public long negativeTtl() {
        return walk.negativeTtl();
    }

    /** Where the OPT record begins, with the octet of the root; -1 where there is none. */
    public int optOffset() {
        return walk.optOffset();
    }

    /** The octets of the OPT record; 0 where there is none. */
    public int optLength() {
        return walk.optLength();
    }
}
