package io.innkeeper.dns.block;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Writes what a source gives into a file, unpacked, if it can be a list at all. */
final class PartWriter {
    private static final int PIECE = 1 << 16;
    private static final int BEGINNING = 256;

    private PartWriter() {}

    /**
     * Writes all of it.
     *
     * @param packed whether it is gzip; found out where it is not said, as of files whose name ends in {@code .gz}
     * @return the octets, unpacked
     * @throws IOException if it ends too early, is larger than {@code maxOctets}, or a web page
     */
    static long write(InputStream from, boolean packed, Path to, long maxOctets) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(from, PIECE);
        try (InputStream in = packed || beginsPacked(buffered) ? new GZIPInputStream(buffered, PIECE) : buffered;
                OutputStream out = Files.newOutputStream(to)) {
            byte[] piece = new byte[PIECE];
            long total = 0;
            for (int count = in.readNBytes(piece, 0, PIECE); count > 0; count = in.readNBytes(piece, 0, PIECE)) {
                if (total == 0 && isPage(piece, count)) {
                    throw new IOException("a web page, not a list");
                }
                total += count;
                if (total > maxOctets) {
                    throw new IOException("larger than " + maxOctets + " octets");
                }
                out.write(piece, 0, count);
            }
            return total;
        }
    }

    private static boolean beginsPacked(BufferedInputStream in) throws IOException {
        in.mark(2);
        boolean packed = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return packed;
    }

    /** What a captive portal sends in place of everything. */
    private static boolean isPage(byte[] piece, int count) {
        String beginning = new String(piece, 0, Math.min(count, BEGINNING), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        return beginning.startsWith("<!doctype html") || beginning.startsWith("<html");
    }
}
