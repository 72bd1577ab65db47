package io.innkeeper.wire.dhcp4;

import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.PrintableText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Octets → {@link DhcpMessage}. */
final class MessageReader {
    private MessageReader() {}

    static Parsed parse(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length < DhcpMessage.COOKIE) {
            return Malformed.TRUNCATED;
        }
        if (length > DhcpMessage.MAX_LENGTH) {
            return Malformed.OVERSIZED;
        }
        int op = bytes[offset];
        if (op != DhcpMessage.REQUEST && op != DhcpMessage.REPLY) {
            return Malformed.BAD_OP;
        }
        if ((bytes[offset + 2] & 0xff) > MacAddress.MAX_LENGTH) {
            return Malformed.BAD_HARDWARE_LENGTH;
        }
        OptionsReader reader = new OptionsReader(bytes);
        boolean cookie =
                length >= DhcpMessage.OPTIONS && bits(bytes, offset + DhcpMessage.COOKIE) == DhcpMessage.COOKIE_BITS;
        Malformed wrong = cookie ? walk(reader, offset, offset + length) : null;
        return wrong != null ? wrong : message(bytes, offset, reader, reader.options(offset, offset + length));
    }

    private static @Nullable Malformed walk(OptionsReader reader, int offset, int to) {
        Malformed wrong = reader.walk(offset + DhcpMessage.OPTIONS, to, false);
        if (wrong == null && (reader.overload() & 1) != 0) {
            wrong = reader.walk(offset + DhcpMessage.FILE, offset + DhcpMessage.COOKIE, true);
        }
        if (wrong == null && (reader.overload() & 2) != 0) {
            wrong = reader.walk(offset + DhcpMessage.SNAME, offset + DhcpMessage.FILE, true);
        }
        return wrong;
    }

    private static DhcpMessage message(byte[] bytes, int offset, OptionsReader reader, Options options) {
        int hardwareType = bytes[offset + 1] & 0xff;
        int hardwareLength = bytes[offset + 2];
        int sname = offset + DhcpMessage.SNAME;
        int file = offset + DhcpMessage.FILE;
        return new DhcpMessage(
                bytes[offset],
                hardwareType,
                hardwareLength == 0
                        ? null
                        : MacAddress.of(
                                hardwareType, Arrays.copyOfRange(bytes, offset + 28, offset + 28 + hardwareLength)),
                bytes[offset + 3] & 0xff,
                bits(bytes, offset + 4),
                bits(bytes, offset + 8) >>> 16,
                bits(bytes, offset + 8) & 0xffff,
                bits(bytes, offset + 12),
                bits(bytes, offset + 16),
                bits(bytes, offset + 20),
                bits(bytes, offset + 24),
                (reader.overload() & 2) != 0 ? "" : text(bytes, sname, file),
                (reader.overload() & 1) != 0 ? "" : text(bytes, file, offset + DhcpMessage.COOKIE),
                options);
    }

    /** What stands before the first NUL as text that can be shown, cut where that is longer than the field. */
    private static String text(byte[] bytes, int from, int to) {
        if (bytes[from] == 0) {
            return "";
        }
        int end = from + 1;
        while (end < to && bytes[end] != 0) {
            end++;
        }
        String text = PrintableText.of(bytes, from, end);
        byte[] shown = text.getBytes(StandardCharsets.UTF_8);
        int fits = fitting(shown, to - from);
        return fits == shown.length ? text : new String(shown, 0, fits, StandardCharsets.UTF_8);
    }

    /** The most octets, up to a number, that end with a whole character. */
    static int fitting(byte[] utf8, int most) {
        if (utf8.length <= most) {
            return utf8.length;
        }
        int end = most;
        while (end > 0 && (utf8[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }

    private static int bits(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }
}
