package io.innkeeper.wire.dns;

import io.innkeeper.wire.net.Hash64;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Hashes of names, 64 bits, the same for names that differ only in ASCII case. They are made from the root down, label by
 * label, so that one pass over a name gives those of all its parents.
 *
 * <p>They are the same in every process: they stand in files. So whoever wants to can make two names with one hash; where it
 * matters which name it is, compare the names.
 */
public final class NameHash {
    /** The hash of the root. */
    public static final long ROOT = 0x1d8e4e27c47d124fL;

    /** Odd, so that every length moves all bits above it. */
    private static final long LENGTH_STEP = 0x9e3779b97f4a7c15L;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_LABELS = 128;

    private NameHash() {}

    /**
     * The hash of a name that has one label more than its parent.
     *
     * @param parentHash of the parent, {@link #ROOT} for the root
     * @param bytes where the label stands
     * @param labelAt its length octet, 1 to 63; so many octets follow
     * @throws IndexOutOfBoundsException if the label is longer than the array
     */
    public static long extend(long parentHash, byte[] bytes, int labelAt) {
        int length = bytes[labelAt];
        int at = labelAt + 1;
        int left = length;
        long hash = parentHash + length * LENGTH_STEP;
        while (left >= Long.BYTES) {
            hash = Hash64.mix(hash ^ lower((long) WORD.get(bytes, at)));
            at += Long.BYTES;
            left -= Long.BYTES;
        }
        return left == 0 ? hash : Hash64.mix(hash ^ lower(tail(bytes, at, left)));
    }

    /** One to seven octets as a word, zeros above them. */
    private static long tail(byte[] bytes, int at, int count) {
        if (at + Long.BYTES <= bytes.length) {
            return (long) WORD.get(bytes, at) & (-1L >>> (Long.SIZE - Byte.SIZE * count));
        }
        long word = 0;
        for (int i = count - 1; i >= 0; i--) {
            word = word << 8 | (bytes[at + i] & 0xff);
        }
        return word;
    }

    /** Eight octets at once, those of A to Z made small. */
    private static long lower(long word) {
        long low = word & 0x7f7f7f7f7f7f7f7fL;
        long fromA = low + 0x3f3f3f3f3f3f3f3fL;
        long aboveZ = low + 0x2525252525252525L;
        long capital = fromA & ~aboveZ & ~word & 0x8080808080808080L;
        return word | capital >>> 2;
    }

    /** The hash of a name. */
    public static long of(DnsName name) {
        return name.hash();
    }

    /**
     * The hash of a name in the form of the wire, without compression.
     *
     * @param at its first length octet
     * @throws IndexOutOfBoundsException if the name is longer than the array
     * @throws IllegalArgumentException for a pointer, or a name with more than 127 labels
     */
    public static long of(byte[] wire, int at) {
        int[] labels = new int[MAX_LABELS];
        int count = 0;
        int label = at;
        while (wire[label] != 0) {
            if ((wire[label] & 0xc0) != 0 || count == MAX_LABELS) {
                throw new IllegalArgumentException("not a name without compression");
            }
            labels[count++] = label;
            label += 1 + wire[label];
        }
        long hash = ROOT;
        for (int i = count - 1; i >= 0; i--) {
            hash = extend(hash, wire, labels[i]);
        }
        return hash;
    }
}
