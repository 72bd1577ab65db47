package io.innkeeper.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By what a DHCP client can be recognised: which options it asks for, in which order, what it calls its kind, and how its message
 * is built.
 *
 * @param parameters option 55 as sent, in the notation of the last part of JA4D: decimal codes with {@code -} between; {@code 00}
 *     where it sent none
 * @param vendorClass option 60; null where not sent
 * @param ja4d the whole of JA4D, whose last part then are the parameters; null where the source does not tell
 */
public record Fingerprint(
        String parameters,
        @Nullable String vendorClass,
        @Nullable String ja4d) {
    /** What JA4D writes for no parameters. */
    public static final String NO_PARAMETERS = "00";

    /** The whole of JA4D: type, size, {@code i} or {@code n}, {@code d} or {@code n}; the options; the parameters. */
    static final Pattern JA4D =
            Pattern.compile("[a-z0-9]{5}\\d{4}[in][dn]_\\d{1,3}(?:-\\d{1,3}){0,254}_(\\d{1,3}(?:-\\d{1,3}){0,254})");

    private static final Pattern CODE = Pattern.compile("\\d{1,3}");
    private static final int MOST_CODES = 255;

    /** Of the details that sources tell of a device; null where they tell nothing of it. */
    public static @Nullable Fingerprint of(Map<String, String> details) {
        String list = details.getOrDefault("parameterRequestList", details.get("requestedOptions"));
        String vendorClass = details.getOrDefault("vendorClass", details.get("vendorClassId"));
        String parameters = list == null ? NO_PARAMETERS : parameters(list);
        return parameters.equals(NO_PARAMETERS) && vendorClass == null
                ? null
                : new Fingerprint(parameters, vendorClass, whole(details.get("ja4d"), parameters));
    }

    /** One that another source told of another message is not that of these parameters. */
    private static @Nullable String whole(@Nullable String ja4d, String parameters) {
        Matcher matcher = JA4D.matcher(ja4d == null ? "" : ja4d);
        return matcher.matches() && matcher.group(1).equals(parameters) ? ja4d : null;
    }

    /** A fingerprint of which the message is not known. */
    public Fingerprint(String parameters, @Nullable String vendorClass) {
        this(parameters, vendorClass, null);
    }

    /** True where both ask alike. What else is in a message differs between one that boots and one that comes back. */
    public boolean asksLike(Fingerprint other) {
        return parameters.equals(other.parameters) && Objects.equals(vendorClass, other.vendorClass);
    }

    private static String parameters(String list) {
        List<String> codes = new ArrayList<>();
        for (String code : list.split(",", MOST_CODES)) {
            if (!CODE.matcher(code.strip()).matches()) {
                return NO_PARAMETERS;
            }
            codes.add(String.valueOf(Integer.parseInt(code.strip())));
        }
        return String.join("-", codes);
    }
}
