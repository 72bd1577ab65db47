package io.innkeeper.wire.dhcp4;

import io.innkeeper.wire.net.Octets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a DHCP message is built, in the JA4D notation of FoxIO: {@code reqst1500in_61-57-60-12-55_1-3-6-15}. Type of the message;
 * the largest size it takes (option 57) in four digits, 0000 for none, 9999 for more; {@code i} where it requests an address
 * (option 50), else {@code n}; {@code d} where it has a client name (option 81), else {@code n}; the options in the order of the
 * message without 50, 53 and 81; the options asked for (option 55) in their order. Lists are decimal codes with {@code -} between,
 * {@code 00} for none.
 *
 * <p>Of more than 255 options asked for, those are left out that come after. An option that comes in parts stands once. Left out is also what is no word of the client: option 52, a matter of room, and
 * option 82, which a relay adds.
 *
 * @param form the first two parts: type, {@code 1} for a requested address plus {@code 2} for a client name, the size in two
 *     octets, then the codes of the options
 * @param parameters option 55 as sent; empty where not
 */
public record Ja4d(Octets form, Octets parameters) {
    private static final int HEADER = 4;
    private static final int REQUESTS_ADDRESS = 1;
    private static final int HAS_NAME = 2;
    private static final int MOST_CODES = 255;
    private static final int LARGEST = 9_999;
    private static final String NONE = "00";
    private static final List<String> TYPES = List.of(
            "disco", "offer", "reqst", "decln", "dpack", "dpnak", "relse", "infor", "frenw", "lqery", "lunas", "lunkn",
            "lactv", "blklq", "lqdon", "actlq", "lqsta", "dhtls");
    private static final Pattern TEXT = Pattern.compile(
            "([a-z]{5}|00\\d{3})(\\d{4})([in])([dn])_(\\d{1,3}(?:-\\d{1,3})*)_(\\d{1,3}(?:-\\d{1,3})*)");

    /** Of a message, such as a client's REQUEST. */
    public static Ja4d of(Options options) {
        byte[] asks = options.get(OptionCode.PARAMETER_REQUEST_LIST);
        return new Ja4d(form(options), asks == null ? Octets.EMPTY : Octets.of(asks));
    }

    /** The first two parts of a message, as {@link #form} holds them. */
    public static Octets form(Options options) {
        int listed = 0;
        int flags = 0;
        byte[] form = new byte[HEADER + options.size()];
        for (int i = 0; i < options.size(); i++) {
            int code = options.codeAt(i);
            switch (code) {
                case OptionCode.REQUESTED_ADDRESS -> flags |= REQUESTS_ADDRESS;
                case OptionCode.CLIENT_FQDN -> flags |= HAS_NAME;
                case OptionCode.MESSAGE_TYPE, OptionCode.RELAY_AGENT -> {}
                default -> form[HEADER + listed++] = (byte) code;
            }
        }
        int size = Math.min(LARGEST, options.u16(OptionCode.MAX_SIZE, 0));
        form[0] = (byte) options.u8(OptionCode.MESSAGE_TYPE, 0);
        form[1] = (byte) flags;
        form[2] = (byte) (size >>> 8);
        form[3] = (byte) size;
        return Octets.of(Arrays.copyOf(form, HEADER + listed));
    }

    /** True where the first two parts are those of a message that requests an address, as clients do that have none yet. */
    public static boolean requestsAddress(Octets form) {
        return form.length() >= HEADER && (form.at(1) & REQUESTS_ADDRESS) != 0;
    }

    /** The notation; empty where nothing is known of the first two parts. */
    public Optional<String> text() {
        if (form.length() < HEADER) {
            return Optional.empty();
        }
        int type = form.at(0);
        return Optional.of((type >= 1 && type <= TYPES.size() ? TYPES.get(type - 1) : digits(type, 5))
                + digits(Math.min(LARGEST, form.at(2) << 8 | form.at(3)), 4)
                + ((form.at(1) & REQUESTS_ADDRESS) == 0 ? 'n' : 'i')
                + ((form.at(1) & HAS_NAME) == 0 ? 'n' : 'd')
                + '_'
                + list(form, HEADER)
                + '_'
                + list(parameters, 0));
    }

    private static String digits(int number, int count) {
        String digits = Integer.toString(number);
        return "0".repeat(count - digits.length()) + digits;
    }

    private static String list(Octets octets, int from) {
        StringBuilder list = new StringBuilder(4 * octets.length());
        for (int i = from; i < Math.min(octets.length(), from + MOST_CODES); i++) {
            list.append(i == from ? "" : "-").append(octets.at(i));
        }
        return list.isEmpty() ? NONE : list.toString();
    }

    /** Reads the notation; empty for text that is none. */
    public static Optional<Ja4d> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String named = matcher.group(1);
        int type = named.startsWith("00") ? Integer.parseInt(named) : TYPES.indexOf(named) + 1;
        Optional<byte[]> codes = codes(matcher.group(5));
        Optional<byte[]> asked = codes(matcher.group(6));
        if (type > 255 || (type == 0 && !named.equals("00000")) || codes.isEmpty() || asked.isEmpty()) {
            return Optional.empty();
        }
        int size = Integer.parseInt(matcher.group(2));
        byte[] form = new byte[HEADER + codes.get().length];
        form[0] = (byte) type;
        form[1] = (byte) ((matcher.group(3).equals("i") ? REQUESTS_ADDRESS : 0)
                + (matcher.group(4).equals("d") ? HAS_NAME : 0));
        form[2] = (byte) (size >>> 8);
        form[3] = (byte) size;
        System.arraycopy(codes.get(), 0, form, HEADER, codes.get().length);
        return Optional.of(new Ja4d(Octets.of(form), Octets.of(asked.get())));
    }

    private static Optional<byte[]> codes(String list) {
        if (list.equals(NONE)) {
            return Optional.of(new byte[0]);
        }
        String[] numbers = list.split("-", -1);
        byte[] codes = new byte[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            int code = Integer.parseInt(numbers[i]);
            if (code > 255) {
                return Optional.empty();
            }
            codes[i] = (byte) code;
        }
        return Optional.of(codes);
    }
}
