package io.innkeeper.api.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lines of UTF-8 from a channel, none longer than a limit; what is longer is skipped without being kept. */
final class LineReader {
    private static final int READ_BYTES = 2_048;

    /** What was read. */
    sealed interface Line {}

    /**
     * A line, without its end.
     *
     * @param text empty where nothing but space stands in it
     */
    record Text(String text) implements Line {}

    /** A line that was too long, and was skipped. */
    record TooLong() implements Line {}

    /** A line that is no UTF-8. */
    record NoText() implements Line {}

    /** There is no more. */
    record End() implements Line {}

    private final ReadableByteChannel channel;
    private final int limit;
    private final ByteBuffer input = ByteBuffer.allocate(READ_BYTES).limit(0);
    private byte[] line = new byte[256];
    private int length;

    /** @param limit the longest line, in bytes without its end */
    LineReader(ReadableByteChannel channel, int limit) {
        this.channel = channel;
        this.limit = limit;
    }

    /** The next line; blocks. A last line without an end counts as one. */
    Line next() throws IOException {
        length = 0;
        while (true) {
            if (!input.hasRemaining() && !fill()) {
                return length == 0 ? new End() : taken();
            }
            byte octet = input.get();
            if (octet == '\n') {
                return taken();
            }
            keep(octet);
        }
    }

    private boolean fill() throws IOException {
        input.clear();
        int count = channel.read(input);
        input.flip();
        return count > 0;
    }

    private void keep(byte octet) {
        if (length <= limit) {
            if (length == line.length) {
                line = Arrays.copyOf(line, Math.min(limit + 1, line.length * 2));
            }
            line[length++] = octet;
        }
    }

    private Line taken() {
        if (length > limit) {
            return new TooLong();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
            return new Text(text.strip());
        } catch (CharacterCodingException e) {
            return new NoText();
        }
    }

    /** How many bytes it holds now; never more than the limit and a little. */
    int held() {
        return line.length + input.capacity();
    }
}
