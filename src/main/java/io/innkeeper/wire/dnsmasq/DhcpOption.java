package io.innkeeper.wire.dnsmasq;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@code dhcp-option} says (dnsmasq(8)).
 *
 * @param tags the tags that a client must have for it to count
 * @param name the number of the option, or its name without {@code option:}
 * @param values what it is set to; empty where it is not to be sent
 */
public record DhcpOption(List<String> tags, String name, List<String> values) {
    /** Copies the lists. */
    public DhcpOption {
        tags = List.copyOf(tags);
        values = List.copyOf(values);
    }

    /**
     * Reads the right side of {@code dhcp-option=}, as {@link ConfigLine#value()} has it. Options of IPv6, and those inside
     * other options ({@code encap:}, {@code vi-encap:}, {@code vendor:}), are not read.
     */
    public static ConfigValue<DhcpOption> parse(String value) {
        List<String> tags = new ArrayList<>();
        List<String> fields = ConfigFields.split(value);
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            int colon = field.indexOf(':');
            String kind = colon < 0 ? "" : field.substring(0, colon);
            switch (kind) {
                case "tag", "net" -> tags.add(plain(field.substring(colon + 1)));
                case "option6" -> {
                    return new ConfigValue.Malformed<>("an option of IPv6");
                }
                case "encap", "vi-encap", "vendor" -> {
                    return new ConfigValue.Malformed<>(kind + ": is not understood here");
                }
                case "option" -> {
                    return option(tags, field.substring(colon + 1), fields.subList(i + 1, fields.size()));
                }
                default -> {
                    return ConfigFields.digits(field)
                            ? option(tags, field, fields.subList(i + 1, fields.size()))
                            : new ConfigValue.Malformed<>("not an option: " + ConfigFields.printable(field));
                }
            }
        }
        return new ConfigValue.Malformed<>("no option is named");
    }

    private static ConfigValue<DhcpOption> option(List<String> tags, String name, List<String> values) {
        List<String> plain = values.stream()
                .map(DhcpOption::plain)
                .filter(value -> !(values.size() == 1 && value.isEmpty()))
                .toList();
        return new ConfigValue.Valid<>(new DhcpOption(tags, plain(name), plain));
    }

    private static String plain(String field) {
        return new String(ConfigFields.octets(field), StandardCharsets.UTF_8);
    }
}
