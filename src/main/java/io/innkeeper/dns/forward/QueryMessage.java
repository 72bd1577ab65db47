package io.innkeeper.dns.forward;

import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.EdnsOption;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import java.util.function.IntSupplier;

/** The octets of a query with one question, and whether a reply is one to it. */
final class QueryMessage {
    /** How a reply stands to a query. */
    enum Match {
        /** The question is the same, octet for octet. */
        SAME,
        /** The question is the same but for the case of letters. */
        OTHER_CASE,
        /** It says that something failed, and repeats no question; some servers do. */
        FAILURE_ALONE,
        /** It answers something else, or nothing. */
        NONE
    }

    /** The octets of a header. */
    static final int HEADER = 12;

    /** What we take by UDP: passes everywhere in one piece (DNS flag day 2020). */
    static final int UDP_SIZE = 1232;

    /** Type and class behind the name. */
    private static final int TYPE_AND_CLASS = 4;

    private static final int OPT = 11;
    private static final int OPTION = 4;

    /** Encrypted queries are as long as a multiple of this (RFC 8467 §4.1). */
    private static final int BLOCK = 128;

    private static final int DO = 0x80;

    private QueryMessage() {}

    /** How a query is written. */
    record Form(boolean edns, boolean dnssecOk, boolean checkingDisabled, boolean mixCase, boolean padded) {}

    /**
     * Writes a query.
     *
     * @param random for the case of letters (draft-vixie-dnsext-dns0x20), where the form wants it
     */
    static byte[] write(int id, Asked asked, Form form, IntSupplier random) {
        int nameLength = asked.name().length();
        int questionEnd = HEADER + nameLength + TYPE_AND_CLASS;
        int plain = questionEnd + (form.edns() ? OPT : 0);
        int padding = form.edns() && form.padded() ? Math.floorMod(-(plain + OPTION), BLOCK) : -1;
        byte[] bytes = new byte[plain + (padding < 0 ? 0 : OPTION + padding)];
        put(bytes, 0, id);
        put(bytes, 2, DnsMessage.RECURSION_DESIRED | (form.checkingDisabled() ? DnsMessage.CHECKING_DISABLED : 0));
        put(bytes, 4, 1);
        asked.name().copyTo(bytes, HEADER);
        if (form.mixCase()) {
            mixCase(bytes, HEADER, nameLength, random);
        }
        put(bytes, HEADER + nameLength, asked.type());
        put(bytes, HEADER + nameLength + 2, asked.dnsClass());
        if (form.edns()) {
            edns(bytes, questionEnd, form.dnssecOk(), padding);
        }
        return bytes;
    }

    private static void edns(byte[] bytes, int at, boolean dnssecOk, int padding) {
        put(bytes, 10, 1);
        put(bytes, at + 1, RecordType.OPT);
        put(bytes, at + 3, UDP_SIZE);
        bytes[at + 7] = (byte) (dnssecOk ? DO : 0);
        if (padding >= 0) {
            put(bytes, at + 9, OPTION + padding);
            put(bytes, at + OPT, EdnsOption.PADDING);
            put(bytes, at + OPT + 2, padding);
        }
    }

    /** Each letter large or small by a bit of its own. Length octets are below 64 and no letters. */
    private static void mixCase(byte[] bytes, int from, int length, IntSupplier random) {
        int bits = 0;
        int left = 0;
        for (int i = from; i < from + length; i++) {
            if (letter(bytes[i])) {
                if (left == 0) {
                    bits = random.getAsInt();
                    left = Integer.SIZE;
                }
                bytes[i] = (byte) ((bytes[i] & ~0x20) | (bits & 1) << 5);
                bits >>>= 1;
                left--;
            }
        }
    }

    private static boolean letter(byte octet) {
        int small = octet | 0x20;
        return small >= 'a' && small <= 'z';
    }

    /** How a reply stands to a query that was written here. */
    static Match match(byte[] query, byte[] reply, int nameLength) {
        boolean answer = reply.length >= HEADER
                && u16(reply, 0) == u16(query, 0)
                && (u16(reply, 2) & (DnsMessage.RESPONSE | 0x7800)) == DnsMessage.RESPONSE;
        if (!answer) {
            return Match.NONE;
        }
        int questions = u16(reply, 4);
        if (questions == 0 && rcode(reply) != 0) {
            return Match.FAILURE_ALONE;
        }
        int end = HEADER + nameLength + TYPE_AND_CLASS;
        return questions == 1 && reply.length >= end ? sameQuestion(query, reply, nameLength) : Match.NONE;
    }

    private static Match sameQuestion(byte[] query, byte[] reply, int nameLength) {
        int nameEnd = HEADER + nameLength;
        Match match = Match.SAME;
        for (int i = HEADER; i < nameEnd; i++) {
            if (query[i] != reply[i]) {
                if ((query[i] ^ reply[i]) != 0x20 || !letter(query[i])) {
                    return Match.NONE;
                }
                match = Match.OTHER_CASE;
            }
        }
        for (int i = nameEnd; i < nameEnd + TYPE_AND_CLASS; i++) {
            if (query[i] != reply[i]) {
                return Match.NONE;
            }
        }
        return match;
    }

    /** True if a name stands in the query with this very case. */
    static boolean sameName(byte[] query, byte[] bytes, int nameAt, int nameLength) {
        for (int i = 0; i < nameLength; i++) {
            if (query[HEADER + i] != bytes[nameAt + i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * True if the case of the name in a query says where it comes from: it has at least this many letters, large ones and small
     * ones.
     */
    static boolean telling(byte[] query, int nameLength, int letters) {
        int large = 0;
        int small = 0;
        for (int i = HEADER; i < HEADER + nameLength; i++) {
            if (letter(query[i])) {
                if ((query[i] & 0x20) == 0) {
                    large++;
                } else {
                    small++;
                }
            }
        }
        return large > 0 && small > 0 && large + small >= letters;
    }

    /** Puts the name into the question of a reply as it was asked. */
    static void restoreCase(byte[] reply, DnsName name) {
        name.copyTo(reply, HEADER);
    }

    /** An answer that says there is no such name, its id 0. */
    static byte[] noSuchName(Asked asked) {
        Question question = new Question(asked.name(), asked.type(), asked.dnsClass());
        int cd = asked.checkingDisabled() ? DnsMessage.CHECKING_DISABLED : 0;
        return DnsMessage.query(0, DnsMessage.RECURSION_DESIRED | cd, question, null)
                .answer(DnsMessage.RECURSION_AVAILABLE, Rcode.NXDOMAIN, null)
                .write(DnsMessage.MIN_UDP_LENGTH);
    }

    /** The id of a message. */
    static int id(byte[] message) {
        return u16(message, 0);
    }

    /** The lower four bits of the response code. */
    static int rcode(byte[] reply) {
        return reply[3] & 15;
    }

    static boolean truncated(byte[] reply) {
        return (u16(reply, 2) & DnsMessage.TRUNCATED) != 0;
    }

    static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    static void put(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }
}
