package io.innkeeper.wire.dns;

import io.innkeeper.wire.net.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Composes an answer to a query in an array, for the path that runs for each packet: it allocates nothing, and is used for one
 * answer after the other. Call {@link #start}, then add records by ascending sections, then {@link #edns} and its options, and
 * {@link #finish}.
 *
 * <p>A record that does not fit changes nothing but the TC flag, which is set for those of the answer and authority sections.
 * Room for EDNS has to be set aside by the caller, in the limit of {@link #start}.
 */
public final class AnswerWriter {
    /** Sections, as {@link #add} takes them. */
    public static final int ANSWER = 0;

    public static final int AUTHORITY = 1;
    public static final int ADDITIONAL = 2;

    /** The octets of an OPT record without options. */
    public static final int EDNS_LENGTH = Edns.MIN_LENGTH;

    private static final int POINTER_TO_QUESTION = 0xc000 | WireReader.HEADER;
    private static final int KEPT_FLAGS = 0x7800 | DnsMessage.RECURSION_DESIRED | DnsMessage.CHECKING_DISABLED;

    private final int[] counts = new int[ADDITIONAL + 1];
    private byte[] bytes = new byte[0];
    private int from;
    private int at;
    private int limit;
    private int flags;
    private int questionCount;
    private int optAt;

    /**
     * Begins an answer: the query's id, opcode, RD and CD flags, and its question as it was written, case included.
     *
     * @param query read with any verdict but DROP
     * @param into where to
     * @param start of the first octet
     * @param maxLength of the records of the answer together with header and question, at least 512
     * @throws IllegalArgumentException if that is less, or beyond the end of the array
     */
    public void start(QueryView query, byte[] into, int start, int maxLength) {
        if (maxLength < DnsMessage.MIN_UDP_LENGTH || start < 0 || start > into.length - maxLength) {
            throw new IllegalArgumentException("no room for an answer: " + maxLength);
        }
        bytes = into;
        from = start;
        limit = start + maxLength;
        flags = DnsMessage.RESPONSE | (query.flags() & KEPT_FLAGS);
        questionCount = query.nameLength() > 0 ? 1 : 0;
        optAt = -1;
        counts[ANSWER] = 0;
        counts[AUTHORITY] = 0;
        counts[ADDITIONAL] = 0;
        u16(start, query.id());
        int octets = query.questionEnd() - query.nameAt();
        System.arraycopy(query.bytes(), query.nameAt(), into, start + WireReader.HEADER, octets);
        at = start + WireReader.HEADER + octets;
    }

    /**
     * Adds a record of class IN whose data are written out.
     *
     * @param section {@link #ANSWER}, {@link #AUTHORITY} or {@link #ADDITIONAL}
     * @param owner null for the name of the question
     * @param ttl seconds, 0 to 2^31 - 1
     * @param data where they are, names in them without compression
     * @return whether it fits
     */
    public boolean add(int section, @Nullable DnsName owner, int type, long ttl, byte[] data, int dataAt, int length) {
        if (!head(section, owner, type, ttl, length)) {
            return false;
        }
        System.arraycopy(data, dataAt, bytes, at, length);
        at += length;
        return true;
    }

    /** Adds an A or AAAA record, likewise. */
    public boolean add(int section, @Nullable DnsName owner, long ttl, IpAddress address) {
        int type = address.v6() ? RecordType.AAAA : RecordType.A;
        if (!head(section, owner, type, ttl, address.bits() / Byte.SIZE)) {
            return false;
        }
        if (address.v6()) {
            u64(address.high());
            u64(address.low());
        } else {
            u32(address.low());
        }
        return true;
    }

    /** Adds a record whose data are one name, such as a CNAME or PTR record, likewise. */
    public boolean add(int section, @Nullable DnsName owner, int type, long ttl, DnsName target) {
        byte[] wire = target.octets();
        return add(section, owner, type, ttl, wire, 0, wire.length);
    }

    /** Writes what stands before the data of a record, where the whole record fits. */
    private boolean head(int section, @Nullable DnsName named, int type, long ttl, int dataLength) {
        DnsName owner = named == null && questionCount == 0 ? DnsName.ROOT : named;
        int ownerLength = owner == null ? 2 : owner.length();
        if (at + ownerLength + 10 + dataLength > limit) {
            flags |= section == ADDITIONAL ? 0 : DnsMessage.TRUNCATED;
            return false;
        }
        counts[section]++;
        if (owner == null) {
            u16(at, POINTER_TO_QUESTION);
        } else {
            owner.copyTo(bytes, at);
        }
        at += ownerLength;
        u16(at, type);
        u16(at + 2, DnsClass.IN);
        at += 4;
        u32(ttl);
        u16(at, dataLength);
        at += 2;
        return true;
    }

    /**
     * Adds the OPT record, {@link #EDNS_LENGTH} octets, behind the limit of the records if need be.
     *
     * @param udpSize what we take, in octets
     * @throws IndexOutOfBoundsException if the array is too short
     */
    public void edns(int udpSize, boolean dnssecOk) {
        optAt = at;
        counts[ADDITIONAL]++;
        bytes[at] = 0;
        u16(at + 1, RecordType.OPT);
        u16(at + 3, udpSize);
        u16(at + 5, 0);
        u16(at + 7, dnssecOk ? Edns.DNSSEC_OK : 0);
        u16(at + 9, 0);
        at += EDNS_LENGTH;
    }

    /**
     * Adds an option to the OPT record, its octets and 4 more, behind the limit of the records if need be.
     *
     * @throws IllegalStateException if {@link #edns} was not called
     * @throws IndexOutOfBoundsException if the array is too short
     */
    public void option(int code, byte[] data, int dataAt, int length) {
        if (optAt < 0) {
            throw new IllegalStateException("an option without EDNS");
        }
        u16(at, code);
        u16(at + 2, length);
        System.arraycopy(data, dataAt, bytes, at + 4, length);
        at += 4 + length;
        u16(optAt + 9, at - optAt - EDNS_LENGTH);
    }

    /** True once a record of the answer or authority section did not fit. */
    public boolean truncated() {
        return (flags & DnsMessage.TRUNCATED) != 0;
    }

    /** The octets so far. */
    public int length() {
        return at - from;
    }

    /**
     * Writes the header. The answer is whole then.
     *
     * @param moreFlags to set, such as {@link DnsMessage#RECURSION_AVAILABLE}
     * @param rcode see {@link Rcode}; its upper bits need EDNS
     * @return the octets of the answer
     */
    public int finish(int moreFlags, int rcode) {
        u16(from + 2, flags | moreFlags | (rcode & 15));
        u16(from + 4, questionCount);
        u16(from + 6, counts[ANSWER]);
        u16(from + 8, counts[AUTHORITY]);
        u16(from + 10, counts[ADDITIONAL]);
        if (optAt >= 0) {
            bytes[optAt + 5] = (byte) (rcode >> 4);
        }
        return at - from;
    }

    private void u16(int place, int value) {
        bytes[place] = (byte) (value >> 8);
        bytes[place + 1] = (byte) value;
    }

    private void u32(long value) {
        u16(at, (int) (value >> 16));
        u16(at + 2, (int) value);
        at += 4;
    }

    private void u64(long value) {
        u32(value >>> 32);
        u32(value);
    }
}
