package io.innkeeper.dns.log;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What stands before a block: enough to know where the next one is, and whether this one can have rows that are looked for.
 * {@value #LENGTH} octets: mark, checksum of the rest of the header, then the fields in this order.
 *
 * @param rows 1 to {@value RowColumns#MAX_ROWS}
 * @param steps a bit for each step that has rows
 * @param firstSequence the number of the first row
 * @param lastSequence the number of the last row
 * @param fromMs when the earliest row was
 * @param toMs when the latest row was
 * @param dictionaryLength octets of the dictionaries as they stand in the file
 * @param dictionarySize octets of the dictionaries unpacked
 * @param columnsLength octets of the columns as they stand in the file
 * @param columnsSize octets of the columns unpacked
 * @param checksum CRC-32C of what follows the header
 */
record BlockHeader(
        int rows,
        int steps,
        long firstSequence,
        long lastSequence,
        long fromMs,
        long toMs,
        int dictionaryLength,
        int dictionarySize,
        int columnsLength,
        int columnsSize,
        int checksum) {
    static final int LENGTH = 68;

    /** {@code IKQ} and the form's number. */
    private static final int MARK = 0x494b5101;

    /** More than dictionaries of so many rows can have: a name, an address, a device, a detail for each row. */
    static final int MAX_DICTIONARY = RowColumns.MAX_ROWS * 1200;

    /** More than the columns of so many rows can have. */
    static final int MAX_COLUMNS = RowColumns.MAX_ROWS * 64;

    /** Where the checked part begins. */
    private static final int CHECKED = 8;

    /** Octets of the block with its header. */
    int total() {
        return LENGTH + dictionaryLength + columnsLength;
    }

    /** Writes its octets to the beginning of a block. */
    void write(byte[] block) {
        ByteBuffer into = ByteBuffer.wrap(block);
        into.putInt(MARK).putInt(0);
        into.putInt(rows).putInt(steps);
        into.putLong(firstSequence).putLong(lastSequence).putLong(fromMs).putLong(toMs);
        into.putInt(dictionaryLength)
                .putInt(dictionarySize)
                .putInt(columnsLength)
                .putInt(columnsSize);
        into.putInt(checksum);
        into.putInt(4, crc(block, CHECKED, LENGTH - CHECKED));
    }

    /** Reads a header; empty where there is none that makes sense. */
    static Optional<BlockHeader> read(byte[] bytes, int from) {
        if (bytes.length - from < LENGTH) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, LENGTH);
        if (buffer.getInt() != MARK || buffer.getInt() != crc(bytes, from + CHECKED, LENGTH - CHECKED)) {
            return Optional.empty();
        }
        BlockHeader header = new BlockHeader(
                buffer.getInt(),
                buffer.getInt(),
                buffer.getLong(),
                buffer.getLong(),
                buffer.getLong(),
                buffer.getLong(),
                buffer.getInt(),
                buffer.getInt(),
                buffer.getInt(),
                buffer.getInt(),
                buffer.getInt());
        return header.makesSense() ? Optional.of(header) : Optional.empty();
    }

    private boolean makesSense() {
        return rows > 0
                && rows <= RowColumns.MAX_ROWS
                && firstSequence >= 0
                && lastSequence >= firstSequence
                && within(dictionarySize, MAX_DICTIONARY)
                && within(columnsSize, MAX_COLUMNS)
                // Deflate makes nothing much longer.
                && within(dictionaryLength, 2 * MAX_DICTIONARY)
                && within(columnsLength, 2 * MAX_COLUMNS);
    }

    private static boolean within(int value, int most) {
        return value >= 0 && value <= most;
    }

    static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
