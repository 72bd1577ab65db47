package io.innkeeper.tell.spool;

import io.innkeeper.wire.net.Octets;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How a spool begins.
 *
 * @param sender who speaks, {@value #SENDER} random octets, made once: monitors know again by them what they heard before. They stand
 *     in the same file as the numbers: one is never lost without the other
 * @param generation a random number, another one each time the file is written anew
 */
record SpoolHead(Octets sender, long generation) {
    /** Octets of a sender. */
    static final int SENDER = 16;

    /** Octets of a head. */
    static final int LENGTH = 40;

    private static final long MAGIC = 0x494e4b53504f4f4cL; // INKSPOOL
    private static final int FORM = 1;

    byte[] write() {
        ByteBuffer head = ByteBuffer.allocate(LENGTH);
        head.putLong(MAGIC).putInt(FORM).put(sender.toArray()).putLong(generation);
        CRC32C sum = new CRC32C();
        sum.update(head.array(), 0, head.position());
        return head.putInt((int) sum.getValue()).array();
    }

    /** The head of a file that begins with these octets; empty where it is none, or damaged. */
    static Optional<SpoolHead> read(byte[] octets) {
        if (octets.length < LENGTH) {
            return Optional.empty();
        }
        ByteBuffer head = ByteBuffer.wrap(octets);
        CRC32C sum = new CRC32C();
        sum.update(octets, 0, LENGTH - Integer.BYTES);
        if (head.getLong() != MAGIC || head.getInt() != FORM || head.getInt(LENGTH - 4) != (int) sum.getValue()) {
            return Optional.empty();
        }
        byte[] sender = new byte[SENDER];
        head.get(sender);
        return Optional.of(new SpoolHead(Octets.of(sender), head.getLong()));
    }
}
