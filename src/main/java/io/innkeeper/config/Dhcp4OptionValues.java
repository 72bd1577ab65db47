package io.innkeeper.config;

import io.innkeeper.wire.dhcp4.Encoded;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.OptionDefinition;
import io.innkeeper.wire.dhcp4.OptionRegistry;
import io.innkeeper.wire.net.Octets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the names and texts of options to codes and octets, by the types of the registry. */
public final class Dhcp4OptionValues {
    private Dhcp4OptionValues() {}

    /** What became of an option. */
    public sealed interface Read {}

    /**
     * It is one.
     *
     * @param code 1 to 254
     * @param value as it is sent
     */
    public record Good(int code, Octets value) implements Read {}

    /**
     * It is none.
     *
     * @param what which part of it is wrong
     * @param message to follow its key
     * @param suggestion what was probably meant, or null
     */
    public record Bad(Part what, String message, @Nullable String suggestion) implements Read {}

    /** The parts of an option. */
    public enum Part {
        NAME,
        CODE,
        VALUE
    }

    /** IANA's options with those of the user; what is wrong with some of these, which are left out. */
    record Custom(OptionRegistry registry, IdentityHashMap<Dhcp4CustomOption, Bad> refused) {}

    /** IANA's options and those of the configuration. */
    public static OptionRegistry registryOf(Dhcp4Config config) {
        return registry(config.customOptions()).registry();
    }

    static Custom registry(List<Dhcp4CustomOption> options) {
        IdentityHashMap<Dhcp4CustomOption, Bad> refused = new IdentityHashMap<>();
        List<OptionDefinition> good = new ArrayList<>();
        OptionRegistry registry = OptionRegistry.IANA;
        for (Dhcp4CustomOption option : options) {
            OptionDefinition definition = new OptionDefinition(option.code(), option.name(), option.type());
            Optional<OptionDefinition> taken = registry.byCode(option.code());
            Optional<OptionDefinition> named = registry.byName(option.name());
            if (taken.isPresent()) {
                String text = "option " + option.code() + " is " + taken.get().name()
                        + " already; 224 to 254 are free for options of your own";
                refused.put(option, new Bad(Part.CODE, text, null));
            } else if (named.isPresent()) {
                String text =
                        option.name() + " is the name of option " + named.get().code() + " already";
                refused.put(option, new Bad(Part.NAME, text, null));
            } else {
                good.add(definition);
                registry = OptionRegistry.IANA.with(good);
            }
        }
        return new Custom(registry, refused);
    }

    /** Reads an option as written. */
    public static Read read(OptionRegistry registry, String key, Dhcp4Option option) {
        Optional<OptionDefinition> found = registry.byName(key);
        if (found.isEmpty()) {
            List<String> known = registry.all().stream()
                    .flatMap(one -> Stream.concat(Stream.of(one.name()), one.aliases().stream()))
                    .toList();
            String text = "there is no such option; one that has no name is written by its number, such as 224";
            return new Bad(Part.NAME, text, Suggestion.nearest(key, known));
        }
        OptionDefinition definition = found.get();
        String advice = advice(definition);
        if (advice != null) {
            return new Bad(Part.CODE, advice, null);
        }
        List<String> texts = option.value().stream().map(OptionText::text).toList();
        return switch (definition.type().encode(texts)) {
            case Encoded.Value value -> new Good(definition.code(), value.octets());
            case Encoded.Refused refused -> new Bad(Part.VALUE, ConfigProblem.plain(refused.why()), null);
        };
    }

    /** What to write in place of an option that the server itself decides; null for others. */
    private static @Nullable String advice(OptionDefinition definition) {
        return switch (definition.code()) {
            case OptionCode.LEASE_TIME -> "is written as lifetime, beside options";
            case OptionCode.T1 -> "is written as renew-after, beside options";
            case OptionCode.T2 -> "is written as rebind-after, beside options";
            case OptionCode.RAPID_COMMIT -> "is written as dhcp4.rapid-commit";
            default ->
                definition.belongsToTheProtocol() || definition.code() == OptionCode.SUBNET_SELECTION
                        ? "belongs to the protocol, and the server fills it in: take it out"
                        : null;
        };
    }
}
