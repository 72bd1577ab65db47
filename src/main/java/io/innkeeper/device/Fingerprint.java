package io.innkeeper.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By what a DHCP client can be recognised: which options it asks for, in which order, and what it calls its kind.
 *
 * @param parameters option 55 as sent, in the notation of the last part of JA4D: decimal codes with {@code -} between; {@code 00}
 *     where it sent none
 * @param vendorClass option 60; null where not sent
 */
public record Fingerprint(String parameters, @Nullable String vendorClass) {
    /** What JA4D writes for no parameters. */
    public static final String NO_PARAMETERS = "00";

    private static final Pattern CODE = Pattern.compile("\\d{1,3}");
    private static final int MOST_CODES = 255;

    /** Of the details that sources tell of a device; null where they tell nothing of it. */
    public static @Nullable Fingerprint of(Map<String, String> details) {
        String list = details.getOrDefault("parameterRequestList", details.get("requestedOptions"));
        String vendorClass = details.getOrDefault("vendorClass", details.get("vendorClassId"));
        String parameters = list == null ? NO_PARAMETERS : parameters(list);
        return parameters.equals(NO_PARAMETERS) && vendorClass == null
                ? null
                : new Fingerprint(parameters, vendorClass);
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
