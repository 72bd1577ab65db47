package io.innkeeper.store.journal;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Reads a snapshot: a header, blocks of records with rising addresses, and an end that says how many there are. A block is the
 * length of its content (4), its CRC-32C (4), the content; the end is a block of that kind with length 0 and the count (8).
 */
final class SnapshotReader implements Closeable {
    static final int BLOCK_HEADER = 8;
    private static final int HEADER = 32;
    private static final int MAX_BLOCK = 1 << 30;
    private static final long MAGIC = 0x494e4b50534e4150L; // INKPSNAP
    private static final int VERSION = 1;

    /**
     * The beginning of a snapshot.
     *
     * @param journal which journal it belongs to
     * @param sequence the number of the last change in it
     */
    record Header(long journal, long sequence) {}

    private final Path file;
    private final InputStream in;
    private final Header header;
    private final CRC32C crc = new CRC32C();
    private byte[] block = new byte[0];
    private int end;
    private int from;
    private int to;
    private long count;
    private boolean ended;

    SnapshotReader(Path file) throws IOException {
        this.file = file;
        in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        byte[] start = in.readNBytes(HEADER);
        boolean whole = start.length == HEADER
                && RecordReader.eightOctets(start, 0) == MAGIC
                && SegmentFormat.crc(crc, start, 0, HEADER - 4) == RecordReader.fourOctets(start, HEADER - 4);
        if (!whole) {
            throw damaged("its beginning is not that of a snapshot");
        }
        int version = RecordReader.fourOctets(start, 8);
        if (version != VERSION) {
            throw damaged("it has format " + version + " and this version of Innkeeper knows " + VERSION);
        }
        header = new Header(RecordReader.eightOctets(start, 12), RecordReader.eightOctets(start, 20));
    }

    static void writeHeader(RecordWriter out, Header header) {
        out.eightOctets(MAGIC);
        out.fourOctets(VERSION);
        out.eightOctets(header.journal());
        out.eightOctets(header.sequence());
        out.fourOctets(SegmentFormat.crc(new CRC32C(), out.data(), 0, out.size()));
    }

    static void writeEnd(RecordWriter out, long count) {
        out.fourOctets(0);
        int crcAt = out.skip(4);
        out.eightOctets(count);
        out.setFourOctets(crcAt, SegmentFormat.crc(new CRC32C(), out.data(), BLOCK_HEADER, out.size()));
    }

    private DamagedException damaged(String why) {
        return new DamagedException(JournalScan.damaged(String.valueOf(file.getParent()), "the file " + file, why));
    }

    Header header() {
        return header;
    }

    /** How many records its end says there are; 0 where that cannot be read. For making room only: nothing relies on it. */
    int announced() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer end = ByteBuffer.allocate(BLOCK_HEADER + 8);
            while (end.hasRemaining() && channel.read(end, channel.size() - end.remaining()) > 0) {
                // Reads on.
            }
            boolean whole = !end.hasRemaining()
                    && SegmentFormat.crc(crc, end.array(), BLOCK_HEADER, end.capacity()) == end.getInt(4);
            long most = channel.size() / BindingCodec.LEAST;
            return whole ? (int) Math.clamp(end.getLong(BLOCK_HEADER), 0, most) : 0;
        }
    }

    /** Goes to the next record; false where there is none. */
    boolean next() throws IOException {
        from = to;
        if (from == end && !nextBlock()) {
            return false;
        }
        to = from + 4 + RecordReader.fourOctets(block, from);
        count++;
        return true;
    }

    private boolean nextBlock() throws IOException {
        if (ended) {
            return false;
        }
        byte[] start = in.readNBytes(BLOCK_HEADER);
        if (start.length < BLOCK_HEADER) {
            throw damaged("it ends too early");
        }
        int length = RecordReader.fourOctets(start, 0);
        if (length < 0 || length > MAX_BLOCK) {
            throw damaged("a block has an impossible length");
        }
        int octets = length == 0 ? 8 : length;
        if (octets > block.length) {
            block = new byte[octets];
        }
        if (in.readNBytes(block, 0, octets) < octets
                || SegmentFormat.crc(crc, block, 0, octets) != RecordReader.fourOctets(start, 4)) {
            throw damaged("a checksum does not fit");
        }
        if (length == 0) {
            ended = true;
            if (RecordReader.eightOctets(block, 0) != count) {
                throw damaged("it has another number of leases than it says");
            }
            return false;
        }
        end = length;
        from = 0;
        to = 0;
        return true;
    }

    /** The octets that hold the current record, from {@link #from} to {@link #to}. */
    byte[] data() {
        return block;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int address() {
        return RecordReader.fourOctets(block, from + BindingCodec.ADDRESS_AT);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
