package io.innkeeper.wire.dhcp4;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import io.innkeeper.wire.net.PrintableText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One value of an option: text ⇄ octets. An option of a list type has several of them, one behind the other. */
interface ValueForm {
    /** The octets of a value; null for a text that is none. */
    byte @Nullable [] encode(String text);

    /** How many octets the value takes that begins here, at least 1; -1 where there is none. */
    int length(byte[] bytes, int from);

    /** The value in these octets as text; null where they are none. */
    @Nullable
    String decode(byte[] bytes, int from, int to);

    /** A number of one, two or four octets. */
    record WholeNumber(int octets, boolean signed) implements ValueForm {
        @Override
        public byte @Nullable [] encode(String text) {
            boolean hex = text.startsWith("0x");
            String digits = hex ? text.substring(2) : text.startsWith("-") ? text.substring(1) : text;
            int radix = hex ? 16 : 10;
            if (digits.isEmpty() || digits.length() > 11 || !digits.chars().allMatch(c -> isDigit(c, radix))) {
                return null;
            }
            long number = Long.parseLong(hex ? digits : text, radix);
            long least = signed ? -(1L << (8 * octets - 1)) : 0;
            long most = signed ? -1 - least : (1L << (8 * octets)) - 1;
            if (number < least || number > most) {
                return null;
            }
            byte[] all = ByteBuffer.allocate(8).putLong(number).array();
            return Arrays.copyOfRange(all, 8 - octets, 8);
        }

        /** Only ASCII, which is all that people mean. */
        private static boolean isDigit(int c, int radix) {
            return c < 0x80 && Character.digit(c, radix) >= 0;
        }

        @Override
        public int length(byte[] bytes, int from) {
            return octets;
        }

        @Override
        public String decode(byte[] bytes, int from, int to) {
            long number = signed ? bytes[from] : bytes[from] & 0xff;
            for (int i = from + 1; i < to; i++) {
                number = number << 8 | (bytes[i] & 0xff);
            }
            return Long.toString(number);
        }
    }

    /** True or false. */
    record Truth() implements ValueForm {
        @Override
        public byte @Nullable [] encode(String text) {
            return switch (text) {
                case "true", "yes", "on", "1" -> new byte[] {1};
                case "false", "no", "off", "0" -> new byte[] {0};
                default -> null;
            };
        }

        @Override
        public int length(byte[] bytes, int from) {
            return 1;
        }

        @Override
        public @Nullable String decode(byte[] bytes, int from, int to) {
            return bytes[from] == 1 ? "true" : bytes[from] == 0 ? "false" : null;
        }
    }

    /** An IPv4 address. */
    record Address() implements ValueForm {
        @Override
        public byte @Nullable [] encode(String text) {
            return IpAddress.parse(text)
                    .filter(address -> !address.v6())
                    .map(address ->
                            ByteBuffer.allocate(4).putInt((int) address.low()).array())
                    .orElse(null);
        }

        @Override
        public int length(byte[] bytes, int from) {
            return 4;
        }

        @Override
        public String decode(byte[] bytes, int from, int to) {
            return IpAddress.of(Arrays.copyOfRange(bytes, from, from + 4)).toString();
        }
    }

    /** Two addresses with a blank between: a destination and its router, or a network and its mask. */
    record Pair() implements ValueForm {
        private static final Address ADDRESS = new Address();

        @Override
        public byte @Nullable [] encode(String text) {
            List<String> words = Texts.words(text);
            byte[] first = words.size() == 2 ? ADDRESS.encode(words.getFirst()) : null;
            byte[] second = words.size() == 2 ? ADDRESS.encode(words.getLast()) : null;
            return first == null || second == null ? null : Texts.join(List.of(first, second));
        }

        @Override
        public int length(byte[] bytes, int from) {
            return 8;
        }

        @Override
        public String decode(byte[] bytes, int from, int to) {
            return ADDRESS.decode(bytes, from, from + 4) + " " + ADDRESS.decode(bytes, from + 4, to);
        }
    }

    /** A route (RFC 3442): {@code 10.0.0.0/8 via 192.168.1.1}. */
    record Route() implements ValueForm {
        @Override
        public byte @Nullable [] encode(String text) {
            List<String> words = Texts.words(text);
            if (words.size() != 2) {
                return null;
            }
            String to = words.getFirst().equals("default") ? "0.0.0.0/0" : words.getFirst();
            Optional<Prefix> prefix = Prefix.parse(to).filter(p -> !p.network().v6() && to.indexOf('/') > 0);
            byte[] router = new Address().encode(words.getLast());
            if (prefix.isEmpty() || router == null) {
                return null;
            }
            byte[] route = new byte[5 + significant(prefix.get().length())];
            route[0] = (byte) prefix.get().length();
            for (int i = 1; i <= route.length - 5; i++) {
                route[i] = (byte) (prefix.get().network().low() >>> (32 - 8 * i));
            }
            System.arraycopy(router, 0, route, route.length - 4, 4);
            return route;
        }

        private static int significant(int bits) {
            return (bits + 7) / 8;
        }

        @Override
        public int length(byte[] bytes, int from) {
            int bits = bytes[from] & 0xff;
            return bits > 32 ? -1 : 5 + significant(bits);
        }

        @Override
        public String decode(byte[] bytes, int from, int to) {
            byte[] network = Arrays.copyOf(Arrays.copyOfRange(bytes, from + 1, to - 4), 4);
            return new Prefix(IpAddress.of(network), bytes[from]) + " via "
                    + IpAddress.of(Arrays.copyOfRange(bytes, to - 4, to));
        }
    }

    /** A domain name. */
    record Domain() implements ValueForm {
        @Override
        public byte @Nullable [] encode(String text) {
            return DomainNames.encode(text);
        }

        @Override
        public int length(byte[] bytes, int from) {
            return DomainNames.length(bytes, from);
        }

        @Override
        public @Nullable String decode(byte[] bytes, int from, int to) {
            return DomainNames.decode(bytes, from);
        }
    }

    /** All the rest as text; octets that act are shown as {@code \xNN}. */
    record Text(boolean uri) implements ValueForm {
        @Override
        public byte @Nullable [] encode(String text) {
            boolean fits = !text.isEmpty() && text.indexOf('\0') < 0 && (!uri || isUri(text));
            return fits ? text.getBytes(StandardCharsets.UTF_8) : null;
        }

        private static boolean isUri(String text) {
            try {
                return new URI(text).isAbsolute();
            } catch (URISyntaxException none) {
                return false;
            }
        }

        @Override
        public int length(byte[] bytes, int from) {
            return bytes.length - from;
        }

        @Override
        public String decode(byte[] bytes, int from, int to) {
            int end = to;
            while (end > from && bytes[end - 1] == 0) {
                end--;
            }
            return PrintableText.of(bytes, from, end);
        }
    }

    /** Text with its length before it (RFC 3004 §4). */
    record Counted() implements ValueForm {
        @Override
        public byte @Nullable [] encode(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return utf8.length == 0 || utf8.length > 255
                    ? null
                    : Texts.join(List.of(new byte[] {(byte) utf8.length}, utf8));
        }

        @Override
        public int length(byte[] bytes, int from) {
            return bytes[from] == 0 ? -1 : 1 + (bytes[from] & 0xff);
        }

        @Override
        public String decode(byte[] bytes, int from, int to) {
            return PrintableText.of(bytes, from + 1, to);
        }
    }

    /** All the rest as hex digits with colons. */
    record Hex() implements ValueForm {
        private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

        @Override
        public byte @Nullable [] encode(String text) {
            String digits = (text.startsWith("0x") ? text.substring(2) : text)
                    .replace(":", "")
                    .replace(" ", "");
            boolean hex = digits.length() % 2 == 0 && digits.chars().allMatch(HexFormat::isHexDigit);
            return hex && !digits.isEmpty() ? HexFormat.of().parseHex(digits) : null;
        }

        @Override
        public int length(byte[] bytes, int from) {
            return bytes.length - from;
        }

        @Override
        public String decode(byte[] bytes, int from, int to) {
            return COLONS.formatHex(bytes, from, to);
        }
    }

    /** An enterprise number and octets: {@code 3561:01:02:ff} (RFC 3925 §3, §4). */
    record Enterprise() implements ValueForm {
        private static final Hex HEX = new Hex();
        private static final WholeNumber NUMBER = new WholeNumber(4, false);

        @Override
        public byte @Nullable [] encode(String text) {
            int colon = text.indexOf(':');
            byte[] number =
                    colon < 0 ? null : NUMBER.encode(text.substring(0, colon).strip());
            byte[] data =
                    colon < 0 ? null : HEX.encode(text.substring(colon + 1).strip());
            return number == null || data == null || data.length > 255
                    ? null
                    : Texts.join(List.of(number, new byte[] {(byte) data.length}, data));
        }

        @Override
        public int length(byte[] bytes, int from) {
            return from + 5 > bytes.length ? -1 : 5 + (bytes[from + 4] & 0xff);
        }

        @Override
        public String decode(byte[] bytes, int from, int to) {
            return NUMBER.decode(bytes, from, from + 4) + ":" + HEX.decode(bytes, from + 5, to);
        }
    }
}
