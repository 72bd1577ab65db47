package io.innkeeper.dns;

import io.innkeeper.wire.dns.DnsMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The form of the file in which the cache outlasts a restart: a head, then blocks, each with its length and a checksum over what
 * is in it, and at the end a block of length zero. No octets make it throw. Pure.
 */
final class CacheFormat {
    /** The first octets; the number is that of the form. */
    static final long HEAD = 0x494e4b_444e53_4301L;

    /** What stands before a block: its length and its checksum. */
    static final int BLOCK_HEAD = 8;

    /** Answers are gathered until a block has so many octets. */
    static final int BLOCK_FROM = 64 << 10;

    /** No block is longer: the last answer of one may have any size. */
    static final int MAX_BLOCK = BLOCK_FROM + KeptAnswer.OVERHEAD + DnsMessage.MAX_LENGTH;

    private CacheFormat() {}

    /** The octets of one answer. */
    static int size(KeptAnswer answer) {
        return KeptAnswer.OVERHEAD + answer.message().length;
    }

    /** A block with these answers, with what stands before it. */
    static byte[] block(List<KeptAnswer> answers) {
        int length = answers.stream().mapToInt(CacheFormat::size).sum();
        ByteBuffer out = ByteBuffer.allocate(BLOCK_HEAD + length).position(BLOCK_HEAD);
        for (KeptAnswer answer : answers) {
            out.putShort((short) answer.type())
                    .putShort((short) answer.dnsClass())
                    .put((byte) answer.flags())
                    .putLong(answer.storedAtMs())
                    .putLong(answer.expiresAtMs())
                    .putShort((short) answer.message().length)
                    .put(answer.message());
        }
        return out.putInt(0, length)
                .putInt(4, checksum(out.array(), BLOCK_HEAD))
                .array();
    }

    private static int checksum(byte[] octets, int from) {
        CRC32C sum = new CRC32C();
        sum.update(octets, from, octets.length - from);
        return (int) sum.getValue();
    }

    /** The answers of a block without what stands before it; empty where it is not as it was written. */
    static Optional<List<KeptAnswer>> read(byte[] block, int checksum) {
        return checksum(block, 0) == checksum ? read(block) : Optional.empty();
    }

    private static Optional<List<KeptAnswer>> read(byte[] block) {
        List<KeptAnswer> answers = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(block);
        while (in.remaining() >= KeptAnswer.OVERHEAD) {
            int type = in.getShort() & 0xffff;
            int dnsClass = in.getShort() & 0xffff;
            int flags = in.get() & 0xff;
            long storedAtMs = in.getLong();
            long expiresAtMs = in.getLong();
            byte[] message = new byte[Math.min(in.getShort() & 0xffff, in.remaining())];
            in.get(message);
            answers.add(new KeptAnswer(type, dnsClass, flags, storedAtMs, expiresAtMs, message));
        }
        return in.hasRemaining() ? Optional.empty() : Optional.of(answers);
    }
}
