package io.innkeeper.wire.dnsmasq.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What the head of one line looked like, so that the next with the same head costs a few comparisons of eight octets each: the digits
 * of its time may be others, everything else is the same. Whatever is decided here, {@link LogHead} would have decided alike: the tests
 * compare both.
 */
final class HeadShape {
    /** What is known of a line by its shape. */
    enum Fit {
        /** It has another head. */
        NONE,
        /** It has this head, and may be dnsmasq's: its program's name is to be looked at. */
        DNSMASQ,
        /** It has this head, and another program wrote it. */
        OTHER
    }

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int MAX_WORDS = 8;
    private static final int MAX_LENGTH = 8 * MAX_WORDS;

    /** How far behind the head octets are looked at. */
    private static final int AHEAD = 16;

    /** {@code authpriv}. */
    private static final int LONGEST_FACILITY = 8;

    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long HIGH = 0x8080_8080_8080_8080L;
    private static final long ZEROS = '0' * EACH;

    /** Added to what is above nine, this sets the highest bit of an octet. */
    private static final long ABOVE_NINE = 0x76 * EACH;

    private static final long FEEDS = '\n' * EACH;

    /** {@code dnsmasq} in seven octets, the first one lowest. */
    private static final long DNSMASQ = 0x71_73_61_6d_73_6e_64L;

    private static final long SEVEN = 0x00ff_ffff_ffff_ffffL;

    /** For eight octets each: which must be the same, what they are, which must be digits. */
    private final long[] same = new long[MAX_WORDS];

    private final long[] value = new long[MAX_WORDS];
    private final long[] digits = new long[MAX_WORDS];
    private int words;

    /** Octets before the name of the program; 0 where no head was learnt. */
    private int length;

    private int timeFrom;
    private int timeTo;
    private int hostFrom;
    private int hostTo;
    private boolean level;

    /** Takes the shape of a line that was read, where it is one that can be compared. */
    void learn(byte[] bytes, int from, LogHead head) {
        length = 0;
        int size = head.tagAt - from;
        if (head.tagAt < 0 || head.modern || head.timeTo == head.timeFrom || size > MAX_LENGTH) {
            return;
        }
        words = (size + 7) / 8;
        for (int i = 0; i < words; i++) {
            same[i] = 0;
            value[i] = 0;
            digits[i] = 0;
        }
        for (int i = 0; i < size; i++) {
            int octet = bytes[from + i] & 0xff;
            boolean digit = octet >= '0' && octet <= '9' && from + i >= head.timeFrom && from + i < head.timeTo;
            long mask = 0xffL << (8 * (i & 7));
            if (digit) {
                digits[i >> 3] |= mask;
            } else {
                same[i >> 3] |= mask;
                value[i >> 3] |= (long) octet << (8 * (i & 7));
            }
        }
        timeFrom = head.timeFrom - from;
        timeTo = head.timeTo - from;
        hostFrom = head.hostFrom - from;
        hostTo = head.hostTo - from;
        level = head.level;
        length = size;
    }

    /** Octets before the name of the program. */
    int length() {
        return length;
    }

    /** Compares the line that begins here; the text ends at {@code end}, lines do not matter. */
    Fit fits(byte[] bytes, int from, int end) {
        if (length == 0 || end - from < 8 * words + AHEAD) {
            return Fit.NONE;
        }
        long wrong = 0;
        for (int i = 0; i < words; i++) {
            long word = (long) WORDS.get(bytes, from + 8 * i);
            long number = (word ^ ZEROS) & digits[i];
            wrong |= ((word ^ value[i]) & same[i]) | (((number + ABOVE_NINE) | number) & digits[i] & HIGH);
        }
        if (wrong != 0) {
            return Fit.NONE;
        }
        int tagAt = from + length;
        if (((long) WORDS.get(bytes, tagAt) & SEVEN) == DNSMASQ) {
            return Fit.DNSMASQ;
        }
        return level || (hostTo > hostFrom && !mayBeLevel(bytes, tagAt)) ? Fit.OTHER : Fit.NONE;
    }

    /** False where no {@code daemon.info} is here for certain: there the name of a program would follow. */
    private static boolean mayBeLevel(byte[] bytes, int at) {
        if (bytes[at] == 'F' || bytes[at] == 'P') {
            return true;
        }
        int i = at;
        while (i < at + LONGEST_FACILITY
                && ((bytes[i] >= 'a' && bytes[i] <= 'z') || (bytes[i] >= '0' && bytes[i] <= '7'))) {
            i++;
        }
        return bytes[i] == '.';
    }

    /** Tells the head where its parts are, for a line that fits. */
    void place(int from, LogHead head) {
        head.modern = false;
        head.level = level;
        head.timeFrom = from + timeFrom;
        head.timeTo = from + timeTo;
        head.hostFrom = from + hostFrom;
        head.hostTo = from + hostTo;
        head.tagAt = from + length;
    }

    /** The next line feed, or {@code to}. */
    static int lineFeed(byte[] bytes, int from, int to) {
        int i = from;
        for (; i <= to - 32; i += 32) {
            long a = feeds((long) WORDS.get(bytes, i));
            long b = feeds((long) WORDS.get(bytes, i + 8));
            long c = feeds((long) WORDS.get(bytes, i + 16));
            long d = feeds((long) WORDS.get(bytes, i + 24));
            if ((a | b | c | d) != 0) {
                return a != 0
                        ? i + first(a)
                        : b != 0 ? i + 8 + first(b) : c != 0 ? i + 16 + first(c) : i + 24 + first(d);
            }
        }
        for (; i <= to - 8; i += 8) {
            long found = feeds((long) WORDS.get(bytes, i));
            if (found != 0) {
                return i + first(found);
            }
        }
        while (i < to && bytes[i] != '\n') {
            i++;
        }
        return i;
    }

    /** The highest bit of each octet that is a line feed, and perhaps of some above the lowest of those. */
    private static long feeds(long word) {
        long other = word ^ FEEDS;
        return (other - EACH) & ~other & HIGH;
    }

    private static int first(long found) {
        return Long.numberOfTrailingZeros(found) >>> 3;
    }
}
