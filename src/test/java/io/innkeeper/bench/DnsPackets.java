package io.innkeeper.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Questions for addresses (RFC 1035), written by copying a template and changing what differs, and their answers, read where
 * they lie. A name is a letter and seven digits in one of two zones: {@code n0000001.bench.example} has an address that its
 * number gives, {@code b0007919.com} is blocked.
 */
final class DnsPackets {
    /** The names that exist. */
    static final Zone KNOWN = new Zone('n', new String[] {"bench", "example"}, 1);

    /** The names that are blocked. Their digits are spread, as no list is in the order of its numbers. */
    static final Zone BLOCKED = new Zone('b', new String[] {"com"}, 7919);

    /** The address of the first name that exists: 198.18.0.0, a network for measurements (RFC 2544). */
    static final int FIRST_ADDRESS = 0xc612_0000;

    static final int HEADER = 12;

    /** Where the letter and the digits of a name begin. */
    static final int DIGITS = HEADER + 1;

    private static final int NUMBERS = 10_000_000;
    private static final int ADDRESS_LENGTH = 4;
    private static final int RECORD = 10;
    private static final byte[] OPT = {0, 0, 41, 0x04, (byte) 0xd0, 0, 0, 0, 0, 0, 0};

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    /**
     * Names of one form.
     *
     * @param letter what they begin with
     * @param parent the labels behind the first
     * @param step what a name's number is multiplied with
     */
    @SuppressWarnings("ArrayRecordComponent") // made twice, never compared
    record Zone(char letter, String[] parent, int step) {
        /** The first label: eight octets. */
        long label(int number) {
            long rest = (long) number * step % NUMBERS;
            long label = 0;
            for (int shift = 0; shift < Long.SIZE - Byte.SIZE; shift += Byte.SIZE) {
                label |= ('0' + rest % 10) << shift;
                rest /= 10;
            }
            return label | ((long) letter << (Long.SIZE - Byte.SIZE));
        }

        /** The whole name, for people and files. */
        String name(int number) {
            byte[] octets = new byte[Long.BYTES];
            MemorySegment.ofArray(octets).set(LONG, 0, label(number));
            return new String(octets, StandardCharsets.US_ASCII) + '.' + String.join(".", parent);
        }
    }

    private final MemorySegment template;
    private final int questionEnd;
    private final int length;
    private final long[] labels;
    private final boolean blocked;

    /** Questions for the first {@code count} names of a zone. */
    DnsPackets(Arena arena, Zone zone, int count, boolean edns) {
        template = arena.allocate(PacketVector.ROOM, 64);
        template.set(SHORT, 2, (short) 0x0100);
        template.set(SHORT, 4, (short) 1);
        int at = HEADER;
        template.set(BYTE, at, (byte) Long.BYTES);
        at += 1 + Long.BYTES;
        for (String label : zone.parent()) {
            byte[] octets = label.getBytes(StandardCharsets.US_ASCII);
            template.set(BYTE, at, (byte) octets.length);
            MemorySegment.copy(octets, 0, template, BYTE, at + 1L, octets.length);
            at += 1 + octets.length;
        }
        template.set(SHORT, at + 1L, (short) 1);
        template.set(SHORT, at + 3L, (short) 1);
        questionEnd = at + 5;
        if (edns) {
            template.set(SHORT, 10, (short) 1);
            MemorySegment.copy(OPT, 0, template, BYTE, questionEnd, OPT.length);
        }
        length = edns ? questionEnd + OPT.length : questionEnd;
        labels = new long[count];
        for (int i = 0; i < count; i++) {
            labels[i] = zone.label(i);
        }
        blocked = zone.equals(BLOCKED);
    }

    /** How many names there are. */
    int count() {
        return labels.length;
    }

    /** Writes a question; returns its octets. */
    int write(MemorySegment to, long at, int id, int number) {
        MemorySegment.copy(template, 0, to, at, length);
        to.set(SHORT, at, (short) id);
        to.set(LONG, at + DIGITS, labels[number]);
        return length;
    }

    static int id(MemorySegment from, long at) {
        return from.get(SHORT, at) & 0xffff;
    }

    /** True where it is an answer, and to the question with this name. */
    boolean answers(MemorySegment from, long at, int octets, int number) {
        return octets >= questionEnd
                && (from.get(BYTE, at + 2) & 0x80) != 0
                && from.get(LONG, at + DIGITS) == labels[number];
    }

    /** True where the first record has the address that the name has: 0.0.0.0 for one that is blocked. */
    boolean isRight(MemorySegment from, long at, int octets, int number) {
        if ((from.get(BYTE, at + 3) & 15) != 0 || from.get(SHORT, at + 6) == 0) {
            return false;
        }
        int record = ownerEnd(from, at, octets);
        return record + RECORD + ADDRESS_LENGTH <= octets
                && from.get(SHORT, at + record) == 1
                && from.get(SHORT, at + record + 8) == ADDRESS_LENGTH
                && from.get(INT, at + record + RECORD) == (blocked ? 0 : FIRST_ADDRESS + number);
    }

    private int ownerEnd(MemorySegment from, long at, int octets) {
        int owner = questionEnd;
        while (owner < octets) {
            int label = from.get(BYTE, at + owner) & 0xff;
            if (label >= 0xc0) {
                return owner + 2;
            }
            owner += 1 + label;
            if (label == 0) {
                return owner;
            }
        }
        return octets;
    }

    /** Makes an answer of a question, where it lies; returns its octets, 1 for what is no question of ours. */
    static int echo(MemorySegment bytes, long at, int octets) {
        int question = HEADER;
        while (question < octets && bytes.get(BYTE, at + question) != 0) {
            question += 1 + bytes.get(BYTE, at + question);
        }
        int end = question + 5;
        if (end > octets || bytes.get(BYTE, at + HEADER) != Long.BYTES) {
            return 1;
        }
        int number = 0;
        for (int i = 1; i < Long.BYTES; i++) {
            number = number * 10 + bytes.get(BYTE, at + DIGITS + i) - '0';
        }
        boolean known = bytes.get(BYTE, at + DIGITS) == KNOWN.letter();
        bytes.set(SHORT, at + 2, (short) 0x8180);
        bytes.set(SHORT, at + 6, (short) 1);
        bytes.set(INT, at + 8, 0);
        bytes.set(SHORT, at + end, (short) 0xc00c);
        bytes.set(INT, at + end + 2, 0x0001_0001);
        bytes.set(INT, at + end + 6, 3600);
        bytes.set(SHORT, at + end + 10, (short) ADDRESS_LENGTH);
        bytes.set(INT, at + end + 12, known ? FIRST_ADDRESS + number : 0);
        return end + 16;
    }
}
