package io.innkeeper.store.journal;

import java.util.zip.CRC32C;

/**
 * The CRC-32C of a group, which begins with the number of its journal. Nobody outside knows that number: octets that a client
 * composed, and that stand in the journal because it sent them, are not taken for a group. Belongs to one thread.
 */
final class GroupChecksum {
    private final byte[] journal = new byte[8];
    private final CRC32C crc = new CRC32C();

    GroupChecksum(long journal) {
        for (int i = 0; i < 8; i++) {
            this.journal[i] = (byte) (journal >>> (56 - 8 * i));
        }
    }

    int of(byte[] data, int from, int to) {
        crc.reset();
        crc.update(journal, 0, 8);
        crc.update(data, from, to - from);
        return (int) crc.getValue();
    }
}
