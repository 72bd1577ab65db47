package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dhcp4.Encoded;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.OptionDefinition;
import io.innkeeper.wire.dhcp4.OptionRegistry;
import io.innkeeper.wire.dnsmasq.ConfigValue;
import io.innkeeper.wire.dnsmasq.DhcpOption;
import io.innkeeper.wire.net.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** dnsmasq's {@code dhcp-option} lines as options of our configuration, by the tags that they ask for. */
final class SectionOptions {
    /** In an option, dnsmasq puts its own address in this one's place. */
    private static final String ITSELF = "0.0.0.0";

    private record Line(DnsmasqDirective from, OptionDefinition option, DhcpOption said, boolean always) {}

    private final List<Line> lines = new ArrayList<>();
    private final Set<Line> placed = new HashSet<>();
    private final SectionNotes notes;

    SectionOptions(List<DnsmasqDirective> directives, SectionNotes notes) {
        this.notes = notes;
        for (DnsmasqDirective directive : directives) {
            String key = directive.line().key();
            if (key.equals("dhcp-option") || key.equals("dhcp-option-force")) {
                read(directive, key.endsWith("-force"));
            }
        }
    }

    private void read(DnsmasqDirective directive, boolean always) {
        String value = directive.line().value();
        switch (DhcpOption.parse(value == null ? "" : value)) {
            case ConfigValue.Malformed<DhcpOption>(String reason) -> notes.add(directive.where(), reason);
            case ConfigValue.Valid<DhcpOption>(DhcpOption said) -> {
                OptionDefinition option =
                        OptionRegistry.IANA.byName(said.name()).orElse(null);
                String refusal = option == null ? "there is no option of that name here" : refusal(option, said);
                if (option == null || refusal != null) {
                    notes.add(directive.where(), String.valueOf(refusal));
                } else {
                    lines.add(new Line(directive, option, said, always));
                }
            }
        }
    }

    private static @Nullable String refusal(OptionDefinition option, DhcpOption said) {
        return switch (option.code()) {
            case OptionCode.LEASE_TIME -> "write it as lifetime";
            case OptionCode.T1 -> "write it as renew-after";
            case OptionCode.T2 -> "write it as rebind-after";
            case OptionCode.SUBNET_SELECTION -> "belongs to the protocol";
            default ->
                option.belongsToTheProtocol()
                        ? "belongs to the protocol"
                        : option.type().encode(texts(option, said, "192.0.2.1")) instanceof Encoded.Refused refused
                                        && !said.values().isEmpty()
                                ? refused.why()
                                : null;
        };
    }

    /** True where some line without tags speaks of the option, if only to say that it is not sent. */
    boolean speaksOf(int code) {
        return lines.stream()
                .anyMatch(line ->
                        line.option().code() == code && line.said().tags().isEmpty());
    }

    /** What is said to everybody in the same words. */
    Map<String, Object> global() {
        Map<String, Object> options = new LinkedHashMap<>();
        for (Line line : lines) {
            if (line.said().tags().isEmpty() && !line.said().values().contains(ITSELF)) {
                put(options, line, ITSELF);
            }
        }
        return options;
    }

    /**
     * What is said beside it to those who have these tags.
     *
     * @param must one of these is to be among the tags that are asked for; empty where lines without tags count too, if they
     *     name dnsmasq itself
     * @param itself the address of dnsmasq towards them; null where it is not known
     */
    Map<String, Object> forTags(Set<String> tags, Set<String> must, @Nullable IpAddress itself) {
        Map<String, Object> options = new LinkedHashMap<>();
        for (Line line : lines) {
            List<String> asked = line.said().tags();
            boolean named = line.said().values().contains(ITSELF);
            boolean fits = asked.isEmpty()
                    ? must.isEmpty() && named
                    : tags.containsAll(asked)
                            && (must.isEmpty() || asked.stream().anyMatch(must::contains));
            if (fits && named && itself == null) {
                continue; // told by unplaced()
            }
            if (fits) {
                put(options, line, String.valueOf(itself));
            }
        }
        return options;
    }

    private void put(Map<String, Object> options, Line line, String itself) {
        placed.add(line);
        if (line.said().values().isEmpty()) {
            if (!line.said().tags().isEmpty()) {
                notes.add(line.from().where(), "that an option is not sent to some clients cannot be said here");
            }
            return;
        }
        List<String> texts = texts(line.option(), line.said(), itself);
        Object value = texts.size() == 1 ? texts.getFirst() : texts;
        Object before = options.put(line.option().name(), line.always() ? new LinkedHashMap<>(always(value)) : value);
        if (before != null) {
            notes.add(line.from().where(), "said twice; this one was taken");
        }
    }

    private static Map<String, Object> always(Object value) {
        Map<String, Object> forced = new LinkedHashMap<>();
        forced.put("value", value);
        forced.put("always", true);
        return forced;
    }

    private static List<String> texts(OptionDefinition option, DhcpOption said, String itself) {
        List<String> values = said.values();
        return switch (option.type()) {
            case TEXT, URI -> List.of(String.join(",", values));
            case ADDRESS, ADDRESS_LIST ->
                values.stream()
                        .map(value -> value.equals(ITSELF) ? itself : value)
                        .toList();
            case ROUTES -> pairs(values, " via ");
            case ADDRESS_PAIRS -> pairs(values, " ");
            default -> values;
        };
    }

    private static List<String> pairs(List<String> values, String between) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < values.size(); i += 2) {
            pairs.add(values.get(i) + (i + 1 < values.size() ? between + values.get(i + 1) : ""));
        }
        return pairs;
    }

    /** Notes the lines that have no place. */
    void unplaced() {
        for (Line line : lines) {
            if (!placed.contains(line)) {
                notes.add(
                        line.from().where(),
                        line.said().values().contains(ITSELF)
                                ? "it names dnsmasq itself, whose address is not known here: write the address"
                                : "its tags are not those of a range, an interface or a host: classes may do it");
            }
        }
    }
}
