package io.innkeeper.tell.spool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Entries ⇄ octets. What one process writes at a time is one group: {@code mark u32 | length u32 | CRC-32C u32 | entries}. A group
 * counts whole or not at all. The sum begins with the random number of the file, which nobody outside knows: octets that a DHCP
 * server composed, and that stand in the spool because a client repeated them, are not taken for a group.
 */
final class SpoolFormat {
    private static final int MARK = 0x494e4b47; // INKG
    private static final int HEAD = 12;

    private SpoolFormat() {}

    /**
     * What octets behind a head say.
     *
     * @param entries of all groups that are whole
     * @param length octets up to the end of the last group that is whole: what is behind was never finished, and is to be cut
     * @param damaged whether something before that is no group: not a write that was cut short, but a disk that forgets
     */
    record Scan(List<Entry> entries, int length, boolean damaged) {}

    static byte[] group(long generation, List<? extends Entry> entries) {
        EntryWriter writer = new EntryWriter();
        entries.forEach(writer::write);
        byte[] body = writer.toArray();
        return ByteBuffer.allocate(HEAD + body.length)
                .putInt(MARK)
                .putInt(body.length)
                .putInt(sum(generation, ByteBuffer.wrap(body)))
                .put(body)
                .array();
    }

    private static int sum(long generation, ByteBuffer octets) {
        CRC32C sum = new CRC32C();
        sum.update(ByteBuffer.allocate(Long.BYTES).putLong(generation).flip());
        sum.update(octets);
        return (int) sum.getValue();
    }

    static Scan scan(long generation, byte[] octets) {
        List<Entry> entries = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        int end = 0;
        boolean damaged = false;
        for (int at = 0; at + HEAD <= octets.length; ) {
            Optional<List<Entry>> group = groupAt(generation, buffer, at);
            if (group.isPresent()) {
                entries.addAll(group.get());
                damaged |= at != end;
                at += HEAD + buffer.getInt(at + 4);
                end = at;
            } else {
                at++;
            }
        }
        return new Scan(entries, end, damaged);
    }

    private static Optional<List<Entry>> groupAt(long generation, ByteBuffer octets, int at) {
        if (octets.getInt(at) != MARK) {
            return Optional.empty();
        }
        int length = octets.getInt(at + 4);
        if (length < 0 || length > octets.limit() - at - HEAD) {
            return Optional.empty();
        }
        if (sum(generation, octets.slice(at + HEAD, length)) != octets.getInt(at + 8)) {
            return Optional.empty();
        }
        return EntryReader.read(octets.slice(at + HEAD, length));
    }
}
