package io.innkeeper.wire.dhcp4;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options of one message from the option field and, where option 52 says so, from {@code file} and {@code sname},
 * in this order (RFC 3396 §5). First the fields are walked to see that they are sound and what is in them, then values are
 * copied. Both take time and memory in proportion to the message, whatever stands in it.
 */
final class OptionsReader {
    private static final byte[] EMPTY = {};

    private final byte[] bytes;
    private int overload;
    private boolean repeated;

    /** How many different codes there are. */
    private int count;

    // Which codes were seen: four words instead of an array, because every packet comes this way.
    private long seen0;
    private long seen1;
    private long seen2;
    private long seen3;

    private int[] codes = {};
    private byte[][] values = {};
    private int size;

    OptionsReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** What stands in option 52: 0 for nothing, 1 for {@code file}, 2 for {@code sname}, 3 for both. */
    int overload() {
        return overload;
    }

    /** Walks a field; null where it is sound. In {@code file} and {@code sname} an option 52 means nothing. */
    @Nullable
    Malformed walk(int from, int to, boolean overloaded) {
        int at = from;
        while (at < to) {
            int code = bytes[at++] & 0xff;
            if (code == OptionCode.PAD) {
                continue;
            }
            if (code == OptionCode.END) {
                return null;
            }
            if (at == to || at + 1 + (bytes[at] & 0xff) > to) {
                return Malformed.BAD_OPTION;
            }
            int length = bytes[at++] & 0xff;
            if (code != OptionCode.OVERLOAD) {
                note(code);
            } else if (!overloaded) {
                if (length != 1 || overload != 0 || bytes[at] < 1 || bytes[at] > 3) {
                    return Malformed.BAD_VALUE;
                }
                overload = bytes[at];
            }
            at += length;
        }
        return null;
    }

    private void note(int code) {
        long bit = 1L << code;
        boolean again;
        switch (code >>> 6) {
            case 0 -> {
                again = (seen0 & bit) != 0;
                seen0 |= bit;
            }
            case 1 -> {
                again = (seen1 & bit) != 0;
                seen1 |= bit;
            }
            case 2 -> {
                again = (seen2 & bit) != 0;
                seen2 |= bit;
            }
            default -> {
                again = (seen3 & bit) != 0;
                seen3 |= bit;
            }
        }
        repeated |= again;
        count += again ? 0 : 1;
    }

    /** The options of a message that begins at {@code message} and ends at {@code to}; all its fields were walked and are sound. */
    Options options(int message, int to) {
        if (count == 0) {
            return Options.NONE;
        }
        codes = new int[count];
        values = new byte[count][];
        Parts parts = repeated ? new Parts() : null;
        if (parts != null) {
            copyAll(message, to, parts);
            parts.measured = true;
        }
        copyAll(message, to, parts);
        return new Options(codes, values);
    }

    private void copyAll(int message, int to, @Nullable Parts parts) {
        copy(message + DhcpMessage.OPTIONS, to, parts);
        if ((overload & 1) != 0) {
            copy(message + DhcpMessage.FILE, message + DhcpMessage.COOKIE, parts);
        }
        if ((overload & 2) != 0) {
            copy(message + DhcpMessage.SNAME, message + DhcpMessage.FILE, parts);
        }
    }

    private void copy(int from, int to, @Nullable Parts parts) {
        int at = from;
        while (at < to) {
            int code = bytes[at++] & 0xff;
            if (code == OptionCode.PAD) {
                continue;
            }
            if (code == OptionCode.END) {
                return;
            }
            int length = bytes[at++] & 0xff;
            if (code == OptionCode.OVERLOAD) {
                at += length;
                continue;
            }
            if (parts == null) {
                codes[size] = code;
                values[size++] = length == 0 ? EMPTY : Arrays.copyOfRange(bytes, at, at + length);
            } else if (parts.measured) {
                append(code, at, length, parts);
            } else {
                parts.lengths[code] += length;
            }
            at += length;
        }
    }

    private void append(int code, int at, int length, Parts parts) {
        if (parts.places[code] == 0) {
            codes[size] = code;
            values[size] = new byte[parts.lengths[code]];
            parts.places[code] = ++size;
        }
        System.arraycopy(bytes, at, values[parts.places[code] - 1], parts.filled[code], length);
        parts.filled[code] += length;
    }

    /** Options that come in parts; needed only where some code stands twice. By code. */
    private static final class Parts {
        private final int[] lengths = new int[256];
        private final int[] filled = new int[256];

        /** One more than the place among the options; 0 for not seen yet. */
        private final int[] places = new int[256];

        private boolean measured;
    }
}
