package io.innkeeper.wire.rdk.v2;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Compresses bodies (RFC 1950, a preset dictionary is never used), and undoes it within a bound. */
final class Packing {
    /** Bodies that are shorter are not worth it, in octets. */
    static final int WORTH = 512;

    private Packing() {}

    /** The body compressed; null where that does not save an eighth. */
    static byte @Nullable [] deflate(byte[] body) {
        if (body.length < WORTH) {
            return null;
        }
        byte[] packed = new byte[body.length - body.length / 8];
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(body);
            deflater.finish();
            int length = deflater.deflate(packed);
            return deflater.finished() ? Arrays.copyOf(packed, length) : null;
        } finally {
            deflater.end();
        }
    }

    /** What was compressed; null where it is cut, altered, longer than the limit, or something stands behind it. */
    static byte @Nullable [] inflate(byte[] packed, int limit) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            byte[] body = new byte[Math.min(limit, 4 * packed.length + 64)];
            int filled = inflater.inflate(body);
            while (!inflater.finished() && filled == body.length && filled < limit) {
                body = Arrays.copyOf(body, Math.min(limit, 2 * filled));
                filled += inflater.inflate(body, filled, body.length - filled);
            }
            boolean whole = inflater.finished() || isEnded(inflater);
            return whole && inflater.getRemaining() == 0 ? Arrays.copyOf(body, filled) : null;
        } catch (DataFormatException altered) {
            return null;
        } finally {
            inflater.end();
        }
    }

    /** Where the body fills its room, the end of the stream is yet to be read. */
    private static boolean isEnded(Inflater inflater) throws DataFormatException {
        return inflater.inflate(new byte[1]) == 0 && inflater.finished();
    }
}
