package io.innkeeper.wire.dns;

/**
 * A query as it stands in its packet. One view is used for one packet after the other; reading allocates nothing. What the
 * accessors say holds until the next {@link #read}, as long as the bytes are left alone.
 *
 * <p>After any verdict but {@link Verdict#DROP} the header can be asked for. The question can be asked for after
 * {@link Verdict#ANSWER} and {@link Verdict#BAD_VERSION}, and whenever {@link #nameLength()} is not 0.
 */
public final class QueryView {
    /** What is to be done with a packet. */
    public enum Verdict {
        /** It is a query with one question. */
        ANSWER,
        /** Say FORMERR. */
        FORMAT_ERROR,
        /** Say NOTIMP: it is no query, but something else. */
        NOT_IMPLEMENTED,
        /** Say BADVERS: it speaks a version of EDNS other than 0 (RFC 6891 §6.1.3). */
        BAD_VERSION,
        /** Say nothing: it is too short for a header, or an answer. */
        DROP
    }

    private static final int OPT_FIXED = 10;

    /** Lengths that a cookie may have: the client's 8 octets, then none or 8 to 32 of the server (RFC 7873 §4). */
    private static final int CLIENT_COOKIE = 8;

    private static final int MIN_COOKIE = 16;
    private static final int MAX_COOKIE = 40;

    private final int[] labels = new int[DnsName.MAX_LABELS];
    private final long[] hashes = new long[DnsName.MAX_LABELS + 1];
    private byte[] bytes = new byte[0];
    private int from;
    private int length;
    private int flags;
    private int labelCount;
    private int nameLength;
    private int type;
    private int dnsClass;
    private int questionEnd;
    private int optAt;
    private int cookieAt;
    private int cookieLength;
    private int clientSubnetAt;
    private int clientSubnetLength;

    /**
     * Reads a packet. Total: no octets make it throw.
     *
     * @param packet where it is
     * @param start its first octet
     * @param octets how many it has
     * @throws IndexOutOfBoundsException if the array has no such part
     */
    public Verdict read(byte[] packet, int start, int octets) {
        if ((start | octets) < 0 || start > packet.length - octets) {
            throw new IndexOutOfBoundsException("no such part of the array");
        }
        bytes = packet;
        from = start;
        length = octets;
        forget();
        if (octets < WireReader.HEADER) {
            return Verdict.DROP;
        }
        flags = u16(start + 2);
        questionEnd = start + WireReader.HEADER;
        if ((flags & DnsMessage.RESPONSE) != 0) {
            return Verdict.DROP;
        }
        if (opcode() != Opcode.QUERY) {
            return Verdict.NOT_IMPLEMENTED;
        }
        boolean asks = u16(start + 4) == 1 && question();
        // A query has no answers, and says nothing of authority.
        boolean fine = asks && u16(start + 6) == 0 && u16(start + 8) == 0 && additional(u16(start + 10));
        if (!fine) {
            return Verdict.FORMAT_ERROR;
        }
        if (optAt < 0) {
            return Verdict.ANSWER;
        }
        return ednsVersion() != 0 ? Verdict.BAD_VERSION : options() ? Verdict.ANSWER : Verdict.FORMAT_ERROR;
    }

    private void forget() {
        flags = 0;
        labelCount = 0;
        nameLength = 0;
        type = 0;
        dnsClass = 0;
        questionEnd = from;
        optAt = -1;
        cookieAt = -1;
        cookieLength = 0;
        clientSubnetAt = -1;
        clientSubnetLength = 0;
        hashes[0] = NameHash.ROOT;
    }

    private boolean question() {
        int start = from + WireReader.HEADER;
        // Behind the last octet that the name may have, its root included.
        int stop = Math.min(from + length - 4, start + DnsName.MAX_LENGTH);
        int at = start;
        int count = 0;
        while (at < stop && bytes[at] != 0) {
            int label = bytes[at];
            if (label < 0 || label > DnsName.MAX_LABEL || count == labels.length) {
                return false;
            }
            labels[count++] = at;
            at += 1 + label;
        }
        if (at >= stop) {
            return false;
        }
        labelCount = count;
        nameLength = at + 1 - start;
        type = u16(at + 1);
        dnsClass = u16(at + 3);
        questionEnd = at + 5;
        hash();
        return true;
    }

    private void hash() {
        long hash = NameHash.ROOT;
        hashes[labelCount] = hash;
        for (int i = labelCount - 1; i >= 0; i--) {
            hash = NameHash.extend(hash, bytes, labels[i]);
            hashes[i] = hash;
        }
    }

    /** Walks over the records behind the question and finds the OPT record. Their number is bounded by the octets. */
    private boolean additional(int count) {
        int end = from + length;
        int at = questionEnd;
        for (int i = 0; i < count; i++) {
            int fixed = skipName(at, end);
            if (fixed < 0 || fixed + OPT_FIXED > end) {
                return false;
            }
            if (u16(fixed) == RecordType.OPT) {
                if (optAt >= 0 || fixed != at + 1) {
                    return false;
                }
                optAt = fixed;
            }
            at = fixed + OPT_FIXED + u16(fixed + 8);
            if (at > end) {
                return false;
            }
        }
        return true;
    }

    /** Behind a name, which may end in a pointer; -1 where it is none. */
    private int skipName(int start, int end) {
        int at = start;
        while (at < end) {
            int label = bytes[at] & 0xff;
            if (label == 0) {
                return at + 1;
            }
            if (label >= 0xc0) {
                return at + 2;
            }
            if (label > DnsName.MAX_LABEL) {
                return -1;
            }
            at += 1 + label;
        }
        return -1;
    }

    private boolean options() {
        int at = optAt + OPT_FIXED;
        int end = at + u16(optAt + 8);
        while (at < end) {
            int size = at + 4 <= end ? u16(at + 2) : end;
            if (size > end - at - 4) {
                return false;
            }
            int code = u16(at);
            if (code == EdnsOption.COOKIE && cookieAt < 0) {
                cookieAt = at + 4;
                cookieLength = size;
                if (size != CLIENT_COOKIE && (size < MIN_COOKIE || size > MAX_COOKIE)) {
                    return false;
                }
            } else if (code == EdnsOption.CLIENT_SUBNET && clientSubnetAt < 0) {
                clientSubnetAt = at + 4;
                clientSubnetLength = size;
            }
            at += 4 + size;
        }
        return true;
    }

    private int u16(int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    /** The array that was read. All places are indexes of it. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the packet begins. */
    public int from() {
        return from;
    }

    /** The octets of the packet. */
    public int length() {
        return length;
    }

    /** 16 bits; 0 after {@link Verdict#DROP} of what is too short. */
    public int id() {
        return length < WireReader.HEADER ? 0 : u16(from);
    }

    /** All 16 flags of the header; see {@link DnsMessage}. */
    public int flags() {
        return flags;
    }

    /** See {@link Opcode}. */
    public int opcode() {
        return flags >> 11 & 15;
    }

    /** See {@link DnsMessage#RECURSION_DESIRED}. */
    public boolean recursionDesired() {
        return (flags & DnsMessage.RECURSION_DESIRED) != 0;
    }

    /** See {@link DnsMessage#CHECKING_DISABLED}. */
    public boolean checkingDisabled() {
        return (flags & DnsMessage.CHECKING_DISABLED) != 0;
    }

    /** See {@link DnsMessage#AUTHENTIC_DATA}. */
    public boolean authenticData() {
        return (flags & DnsMessage.AUTHENTIC_DATA) != 0;
    }

    /** Where the name of the question begins. */
    public int nameAt() {
        return from + WireReader.HEADER;
    }

    /** The octets of the name, 1 to 255; 0 where no question could be read. */
    public int nameLength() {
        return nameLength;
    }

    /** The labels of the name, without the root: 0 to 127. */
    public int labelCount() {
        return labelCount;
    }

    /** Where a label begins, with its length octet; 0 is the first label. */
    public int labelAt(int label) {
        return labels[label];
    }

    /** See {@link RecordType}. */
    public int type() {
        return type;
    }

    /** See {@link DnsClass}. */
    public int dnsClass() {
        return dnsClass;
    }

    /** Behind the question; behind the header where none could be read. */
    public int questionEnd() {
        return questionEnd;
    }

    /** True where it has an OPT record. */
    public boolean hasEdns() {
        return optAt >= 0;
    }

    /** The largest answer over UDP, in octets: 512 without EDNS, and at least that (RFC 6891 §6.2.3). */
    public int udpSize() {
        return optAt < 0 ? DnsMessage.MIN_UDP_LENGTH : Math.max(u16(optAt + 2), DnsMessage.MIN_UDP_LENGTH);
    }

    /** The version of EDNS; 0 where there is none. */
    public int ednsVersion() {
        return optAt < 0 ? 0 : bytes[optAt + 5] & 0xff;
    }

    /** The DO bit (RFC 3225). */
    public boolean dnssecOk() {
        return optAt >= 0 && (u16(optAt + 6) & Edns.DNSSEC_OK) != 0;
    }

    /** Where the cookie begins (RFC 7873); -1 where there is none. */
    public int cookieAt() {
        return cookieAt;
    }

    /** The octets of the cookie: 8 without that of a server, else 16 to 40; 0 where there is none. */
    public int cookieLength() {
        return cookieLength;
    }

    /** Where the data of the client subnet option begin (RFC 7871); -1 where there is none. */
    public int clientSubnetAt() {
        return clientSubnetAt;
    }

    /** The octets of the data of the client subnet option; 0 where there is none. */
    public int clientSubnetLength() {
        return clientSubnetLength;
    }

    /** The hash of the name from a label on: 0 for the whole name, {@link #labelCount()} for the root. See {@link NameHash}. */
    public long nameHash(int label) {
        return hashes[label];
    }

    /**
     * The name. Allocates.
     *
     * @throws IllegalArgumentException where no question could be read
     */
    public DnsName name() {
        return DnsName.ofWire(bytes, nameAt(), nameLength);
    }
}
