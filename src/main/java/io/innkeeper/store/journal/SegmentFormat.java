package io.innkeeper.store.journal;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a segment: a header, then groups, then zeros. A group is what one commit wrote: magic (4), checksum of all
 * that follows (4; see {@link GroupChecksum}), length of the content (4), count of changes (4), number of the first of them (8), the content. Numbers are
 * big-endian.
 */
final class SegmentFormat {
    static final int HEADER = 40;
    static final int GROUP_HEADER = 24;

    private static final long HEADER_MAGIC = 0x494e4b504c454153L; // INKPLEAS
    private static final int GROUP_MAGIC = 0x494e4b47; // INKG
    private static final int VERSION = 2; // 1 had checksums without the journal's number
    private static final int CHECKED_FROM = 8;

    /**
     * The beginning of a segment.
     *
     * @param journal which journal it belongs to, drawn at random when that began
     * @param number the segment's own, as in its name
     * @param first the number of the first change in it
     */
    record Header(long journal, int number, long first) {}

    /** A group that is whole: where its content begins and ends, and the number of the first change after it. */
    record Group(int from, int to, int count, long sequence) {
        long nextSequence() {
            return sequence + count;
        }
    }

    private SegmentFormat() {}

    static int crc(CRC32C crc, byte[] data, int from, int to) {
        crc.reset();
        crc.update(data, from, to - from);
        return (int) crc.getValue();
    }

    static void writeHeader(RecordWriter out, Header header) {
        int start = out.size();
        out.eightOctets(HEADER_MAGIC);
        out.fourOctets(VERSION);
        out.fourOctets(header.number());
        out.eightOctets(header.journal());
        out.eightOctets(header.first());
        out.fourOctets(crc(new CRC32C(), out.data(), start, out.size()));
        out.fourOctets(0);
    }

    /**
     * The header at the beginning; null where there is none that is whole.
     *
     * @throws DamagedException if it is whole and of another version
     */
    static @Nullable Header readHeader(byte[] data, String name) {
        if (data.length < HEADER || RecordReader.eightOctets(data, 0) != HEADER_MAGIC) {
            return null;
        }
        if (crc(new CRC32C(), data, 0, HEADER - 8) != RecordReader.fourOctets(data, HEADER - 8)) {
            return null;
        }
        int version = RecordReader.fourOctets(data, 8);
        if (version != VERSION) {
            throw otherVersion(name, version);
        }
        return new Header(
                RecordReader.eightOctets(data, 16),
                RecordReader.fourOctets(data, 12),
                RecordReader.eightOctets(data, 24));
    }

    static DamagedException otherVersion(String name, int version) {
        return new DamagedException("the lease journal's file " + name + " has format " + version
                + ", this version of Innkeeper knows " + VERSION + ": run the version that wrote it");
    }

    /** Leaves room for a group's header; its content is written next. Returns where the group begins. */
    static int beginGroup(RecordWriter out) {
        return out.skip(GROUP_HEADER);
    }

    /** Fills in the header of the group that ends here. */
    static void endGroup(RecordWriter out, GroupChecksum checksum, int start, int count, long sequence) {
        out.setFourOctets(start, GROUP_MAGIC);
        out.setFourOctets(start + 8, out.size() - start - GROUP_HEADER);
        out.setFourOctets(start + 12, count);
        out.setFourOctets(start + 16, (int) (sequence >>> 32));
        out.setFourOctets(start + 20, (int) sequence);
        out.setFourOctets(start + 4, checksum.of(out.data(), start + CHECKED_FROM, out.size()));
    }

    /** The group that begins here, whatever its number; null where no whole group does. */
    static @Nullable Group group(byte[] data, int at, GroupChecksum checksum) {
        return group(data, at, data.length, checksum);
    }

    /** The same where the data ends before the array does. */
    static @Nullable Group group(byte[] data, int at, int end, GroupChecksum checksum) {
        if (end - at < GROUP_HEADER || RecordReader.fourOctets(data, at) != GROUP_MAGIC) {
            return null;
        }
        int length = RecordReader.fourOctets(data, at + 8);
        int count = RecordReader.fourOctets(data, at + 12);
        if (length < 0 || length > end - at - GROUP_HEADER || count <= 0) {
            return null;
        }
        int from = at + GROUP_HEADER;
        if (checksum.of(data, at + CHECKED_FROM, from + length) != RecordReader.fourOctets(data, at + 4)) {
            return null;
        }
        return new Group(from, from + length, count, RecordReader.eightOctets(data, at + 16));
    }

    /** True where a whole group with this number or a later one begins anywhere after a place. */
    static boolean wholeGroupAfter(byte[] data, int place, long sequence, GroupChecksum checksum) {
        byte first = (byte) (GROUP_MAGIC >>> 24);
        for (int at = place; at <= data.length - GROUP_HEADER; at++) {
            if (data[at] == first) {
                Group group = group(data, at, checksum);
                if (group != null && group.sequence() >= sequence) {
                    return true;
                }
            }
        }
        return false;
    }
}
