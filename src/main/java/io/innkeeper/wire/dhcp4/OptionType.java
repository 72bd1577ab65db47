package io.innkeeper.wire.dhcp4;

import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.net.PrintableText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the value of an option looks like: texts of the configuration ⇄ octets of the wire. Its name in the configuration is
 * that of the constant in lower case with hyphens, such as {@code address-list}.
 */
public enum OptionType {
    FLAG("true", "no value, or true", Many.NONE, new ValueForm.Truth()),
    BOOLEAN("true", "true or false", Many.ONE, new ValueForm.Truth()),
    U8("64", "a number from 0 to 255", Many.ONE, new ValueForm.WholeNumber(1, false)),
    U16("1500", "a number from 0 to 65535", Many.ONE, new ValueForm.WholeNumber(2, false)),
    U32("86400", "a number from 0 to 4294967295", Many.ONE, new ValueForm.WholeNumber(4, false)),
    S32("-3600", "a number from -2147483648 to 2147483647", Many.ONE, new ValueForm.WholeNumber(4, true)),
    U8_LIST("1, 3, 6", "a number from 0 to 255", Many.COMMAS, new ValueForm.WholeNumber(1, false)),
    U16_LIST("576, 1500", "a number from 0 to 65535", Many.COMMAS, new ValueForm.WholeNumber(2, false)),
    U32_LIST("1, 70000", "a number from 0 to 4294967295", Many.COMMAS, new ValueForm.WholeNumber(4, false)),
    ADDRESS("192.168.1.1", "an IPv4 address", Many.ONE, new ValueForm.Address()),
    ADDRESS_LIST("192.168.1.1, 192.168.1.2", "an IPv4 address", Many.COMMAS, new ValueForm.Address()),
    ADDRESS_PAIRS(
            "192.168.7.5 192.168.1.1", "two IPv4 addresses with a blank between", Many.PAIRS, new ValueForm.Pair()),
    TEXT("lan.example.org", "text of at least one character", Many.ONE, new ValueForm.Text(false)),
    URI("https://portal.example.org/api", "a URI that begins with a scheme", Many.ONE, new ValueForm.Text(true)),
    BYTES("01:02:ff", "pairs of hex digits", Many.ONE, new ValueForm.Hex()),
    DOMAIN_LIST("lan.example.org, example.org", "a domain name", Many.COMMAS, new ValueForm.Domain()),
    ROUTES(
            "10.0.0.0/8 via 192.168.1.1",
            "a route such as 10.0.0.0/8 via 192.168.1.1",
            Many.PAIRS,
            new ValueForm.Route()),
    USER_CLASS("kiosk", "text of 1 to 255 octets", Many.TEXTS, new ValueForm.Counted()),
    VENDOR_IDENTIFYING(
            "3561:01:02:ff",
            "an enterprise number and pairs of hex digits, such as 3561:01:02:ff",
            Many.TEXTS,
            new ValueForm.Enterprise()),
    SIP_SERVERS(
            "sip.example.org", "a domain name or an IPv4 address, all of one kind", Many.SIP, new ValueForm.Domain()),
    CLIENT_FQDN("", "made by the client and the server", Many.FQDN, new ValueForm.Hex());

    /** How many values an option of the type has, and how they are told apart. */
    private enum Many {
        NONE,
        ONE,
        /** One text may hold several, with commas between. */
        COMMAS,
        /** Two words each; see {@link Texts#inPairs}. */
        PAIRS,
        /** A text each, commas and all. */
        TEXTS,
        SIP,
        FQDN
    }

    private static final int SIP_NAMES = 0;
    private static final int SIP_ADDRESSES = 1;
    private static final ValueForm ADDRESSES = new ValueForm.Address();
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private final String example;
    private final String words;
    private final Many many;

    /** Each is a record of numbers and truths. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final ValueForm form;

    OptionType(String example, String words, Many many, ValueForm form) {
        this.example = example;
        this.words = words;
        this.many = many;
        this.form = form;
    }

    /** The type of that name; empty where there is none. */
    public static Optional<OptionType> byName(String name) {
        return Stream.of(values()).filter(type -> type.text().equals(name)).findFirst();
    }

    /** Its name in the configuration. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a value looks like, as the end of a sentence: {@code an IPv4 address}. */
    public String words() {
        return words;
    }

    /** A value as one would write it; empty for a type that cannot be written. */
    public String example() {
        return example;
    }

    /** True where an option of the type can have several values. */
    public boolean isList() {
        return many != Many.ONE && many != Many.NONE && many != Many.FQDN;
    }

    /** The value that these texts mean. Lists of addresses, numbers and names may also stand in one text, with commas between. */
    public Encoded encode(List<String> values) {
        return switch (many) {
            case NONE -> flag(values);
            case ONE ->
                values.size() == 1
                        ? sequence(form, words, values)
                        : new Encoded.Refused("there is to be one value, " + words + ", and not " + values.size());
            case COMMAS -> sequence(form, words, Texts.atCommas(values));
            case PAIRS -> sequence(form, words, Texts.inPairs(values));
            case TEXTS -> sequence(form, words, values);
            case SIP -> sip(Texts.atCommas(values));
            case FQDN -> new Encoded.Refused("this option cannot be configured: it is " + words);
        };
    }

    private static Encoded flag(List<String> values) {
        return values.isEmpty() || values.equals(List.of("true")) || values.equals(List.of(""))
                ? new Encoded.Value(Octets.EMPTY)
                : new Encoded.Refused("this option has no value: write true, or leave it out");
    }

    private static Encoded sequence(ValueForm form, String words, List<String> values) {
        List<byte[]> parts = new ArrayList<>();
        for (String value : values) {
            byte[] part = form.encode(value.strip());
            if (part == null) {
                return new Encoded.Refused((value.isBlank() ? "an empty text" : value) + " is not " + words);
            }
            parts.add(part);
        }
        return parts.isEmpty()
                ? new Encoded.Refused("there is no value; it is to be " + words)
                : new Encoded.Value(Octets.of(Texts.join(parts)));
    }

    private Encoded sip(List<String> values) {
        boolean addresses = !values.isEmpty() && ADDRESSES.encode(values.getFirst()) != null;
        Encoded rest = sequence(addresses ? ADDRESSES : form, words, values);
        return rest instanceof Encoded.Value value
                ? new Encoded.Value(Octets.of(Texts.join(List.of(
                        new byte[] {(byte) (addresses ? SIP_ADDRESSES : SIP_NAMES)},
                        value.octets().toArray()))))
                : rest;
    }

    /** The value as texts for people and JSON; one text of hex digits where the octets do not fit the type. */
    public List<String> decode(byte[] octets) {
        List<String> texts = switch (many) {
            case NONE -> octets.length == 0 ? List.of("true") : null;
            case FQDN ->
                ClientFqdn.parse(octets).map(fqdn -> List.of(fqdn.name())).orElse(null);
            case SIP -> sipTexts(octets);
            default -> texts(form, octets, isList());
        };
        return texts != null ? texts : List.of(this == USER_CLASS ? notCounted(octets) : COLONS.formatHex(octets));
    }

    /** Many clients send the text of option 77 as it is. */
    private static String notCounted(byte[] octets) {
        return PrintableText.of(octets, 0, octets.length);
    }

    private @Nullable List<String> sipTexts(byte[] octets) {
        if (octets.length < 2 || octets[0] > SIP_ADDRESSES || octets[0] < SIP_NAMES) {
            return null;
        }
        ValueForm kind = octets[0] == SIP_ADDRESSES ? ADDRESSES : form;
        return texts(kind, Arrays.copyOfRange(octets, 1, octets.length), true);
    }

    private static @Nullable List<String> texts(ValueForm form, byte[] octets, boolean several) {
        List<String> texts = new ArrayList<>();
        int at = 0;
        while (at < octets.length) {
            int length = form.length(octets, at);
            if (length < 1 || length > octets.length - at) {
                return null;
            }
            String text = form.decode(octets, at, at + length);
            if (text == null) {
                return null;
            }
            texts.add(text);
            at += length;
        }
        return texts.isEmpty() || (!several && texts.size() > 1) ? null : texts;
    }
}
