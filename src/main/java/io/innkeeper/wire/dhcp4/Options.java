package io.innkeeper.wire.dhcp4;

import io.innkeeper.wire.net.PrintableText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The options of a message, in order, each code once: parts of a long option are one value (RFC 3396). Immutable. Codes 0
 * and 255 are not options.
 */
public final class Options {
    /** None. */
    public static final Options NONE = new Options(new int[0], new byte[0][]);

    private static final int[] NO_ADDRESSES = {};

    private final int[] codes;
    private final byte[][] values;

    /** Takes the arrays as they are; each code stands once. */
    Options(int[] codes, byte[][] values) {
        this.codes = codes;
        this.values = values;
    }

    /** An empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that has these options already. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        for (int i = 0; i < codes.length; i++) {
            builder.put(codes[i], values[i]);
        }
        return builder;
    }

    /** How many options there are. */
    public int size() {
        return codes.length;
    }

    /** The code at this place, 1 to 254. */
    public int codeAt(int place) {
        return codes[place];
    }

    /** The value at this place; not to be changed by the caller. */
    public byte[] valueAt(int place) {
        return values[place];
    }

    /** The value of an option, not to be changed by the caller; null where it is absent. */
    public byte @Nullable [] get(int code) {
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] == code) {
                return values[i];
            }
        }
        return null;
    }

    /** True where the option is there. */
    public boolean has(int code) {
        return get(code) != null;
    }

    /** One octet, 0 to 255; {@code absent} where the option is absent or of another length. */
    public int u8(int code, int absent) {
        byte[] value = get(code);
        return value == null || value.length != 1 ? absent : value[0] & 0xff;
    }

    /** Two octets, 0 to 65535; {@code absent} where the option is absent or of another length. */
    public int u16(int code, int absent) {
        byte[] value = get(code);
        return value == null || value.length != 2 ? absent : (value[0] & 0xff) << 8 | (value[1] & 0xff);
    }

    /** Four octets, 0 to 4294967295; {@code absent} where the option is absent or of another length. */
    public long u32(int code, long absent) {
        byte[] value = get(code);
        return value == null || value.length != 4 ? absent : bits(value, 0) & 0xffff_ffffL;
    }

    /** Four octets as an address of 32 bits; 0 where the option is absent or of another length. */
    public int address(int code) {
        byte[] value = get(code);
        return value == null || value.length != 4 ? 0 : bits(value, 0);
    }

    /** Addresses of 32 bits; none where the option is absent or its length is no multiple of four. */
    public int[] addresses(int code) {
        byte[] value = get(code);
        if (value == null || value.length == 0 || value.length % 4 != 0) {
            return NO_ADDRESSES;
        }
        int[] addresses = new int[value.length / 4];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = bits(value, 4 * i);
        }
        return addresses;
    }

    /**
     * The value as text that can be shown, without NULs at its end (RFC 2132 §2: receivers must be prepared for them); null
     * where the option is absent.
     */
    public @Nullable String text(int code) {
        byte[] value = get(code);
        if (value == null) {
            return null;
        }
        int end = value.length;
        while (end > 0 && value[end - 1] == 0) {
            end--;
        }
        return PrintableText.of(value, 0, end);
    }

    private static int bits(byte[] value, int at) {
        return (value[at] & 0xff) << 24
                | (value[at + 1] & 0xff) << 16
                | (value[at + 2] & 0xff) << 8
                | (value[at + 3] & 0xff);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Options options
                && Arrays.equals(codes, options.codes)
                && Arrays.deepEquals(values, options.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(codes) + Arrays.deepHashCode(values);
    }

    /** Codes and values in hex, for people who look for a mistake. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < codes.length; i++) {
            text.append(i == 0 ? "" : ", ").append(codes[i]).append('=');
            text.append(HexFormat.of().formatHex(values[i]));
        }
        return text.append(']').toString();
    }

    /** Makes options in the order in which they are put; a second value for a code takes the first one's place. */
    public static final class Builder {
        private int[] codes = new int[16];
        private byte[][] values = new byte[16][];
        private int size;

        private Builder() {}

        /**
         * Puts an option; the array belongs to the options from now on.
         *
         * @throws IllegalArgumentException if the code is not 1 to 254
         */
        public Builder put(int code, byte[] value) {
            if (code < 1 || code > 254) {
                throw new IllegalArgumentException("option codes are 1 to 254, not " + code);
            }
            int place = place(code);
            if (place == size) {
                if (size == codes.length) {
                    codes = Arrays.copyOf(codes, 2 * size);
                    values = Arrays.copyOf(values, 2 * size);
                }
                size++;
            }
            codes[place] = code;
            values[place] = value;
            return this;
        }

        /** Puts 32 bits, such as an address or a number of seconds. */
        public Builder put(int code, int bits) {
            return put(code, new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits});
        }

        /** Puts one octet, the lowest of the number. */
        public Builder putU8(int code, int value) {
            return put(code, new byte[] {(byte) value});
        }

        /** Puts two octets, the lowest of the number. */
        public Builder putU16(int code, int value) {
            return put(code, new byte[] {(byte) (value >>> 8), (byte) value});
        }

        /** Puts text as UTF-8, without a NUL at its end. */
        public Builder putText(int code, String text) {
            return put(code, text.getBytes(StandardCharsets.UTF_8));
        }

        /** True where the option is there already. */
        public boolean has(int code) {
            return place(code) < size;
        }

        private int place(int code) {
            int place = 0;
            while (place < size && codes[place] != code) {
                place++;
            }
            return place;
        }

        /** The options. */
        public Options build() {
            return size == 0 ? NONE : new Options(Arrays.copyOf(codes, size), Arrays.copyOf(values, size));
        }
    }
}
