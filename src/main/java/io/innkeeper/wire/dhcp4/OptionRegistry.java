package io.innkeeper.wire.dhcp4;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names and types of options: the IANA registry "BOOTP Vendor Extensions and DHCP Options", and custom ones. Immutable. */
public final class OptionRegistry {
    /** The options of IANA's registry. */
    public static final OptionRegistry IANA = new OptionRegistry(OptionTable.definitions());

    private static final int CODES = 256;
    private static final String UNNAMED = "option-";

    private final @Nullable OptionDefinition[] byCode;
    private final Map<String, OptionDefinition> byName;

    private OptionRegistry(List<OptionDefinition> definitions) {
        this(new OptionDefinition[CODES], new HashMap<>(), definitions);
    }

    /** Enters the definitions in the table and the map, which are the registry's from now on. */
    private OptionRegistry(
            @Nullable OptionDefinition[] byCode,
            Map<String, OptionDefinition> byName,
            List<OptionDefinition> definitions) {
        for (OptionDefinition definition : definitions) {
            byCode[definition.code()] = definition;
            // Names that the code had stay good, but mean what the code means now.
            byName.replaceAll((name, old) -> old.code() == definition.code() ? definition : old);
            definition.aliases().forEach(alias -> byName.put(alias, definition));
            byName.put(definition.name(), definition);
        }
        this.byCode = byCode;
        this.byName = byName;
    }

    /**
     * The option of a name or alias, without regard to case; {@code option-N} and the number alone are names too. Empty where
     * there is none.
     */
    public Optional<OptionDefinition> byName(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        OptionDefinition found = byName.get(key);
        if (found != null) {
            return Optional.of(found);
        }
        String digits = key.startsWith(UNNAMED) ? key.substring(UNNAMED.length()) : key;
        boolean number =
                !digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int code = number ? Integer.parseInt(digits) : 0;
        return code < 1 || code > 254 ? Optional.empty() : Optional.of(definition(code));
    }

    /** The option of a code; empty where nobody gave it a name. */
    public Optional<OptionDefinition> byCode(int code) {
        return code < 0 || code >= CODES ? Optional.empty() : Optional.ofNullable(byCode[code]);
    }

    /**
     * The option of a code; one that nobody named is called {@code option-N} and consists of bytes.
     *
     * @throws IllegalArgumentException if the code is not 1 to 254
     */
    public OptionDefinition definition(int code) {
        return byCode(code).orElseGet(() -> new OptionDefinition(code, UNNAMED + code, OptionType.BYTES));
    }

    /** All that have a name, by code. */
    public List<OptionDefinition> all() {
        return Arrays.stream(byCode).filter(Objects::nonNull).toList();
    }

    /** A registry with these beside its own; they win where both define a code or a name. See {@link #clashes}. */
    public OptionRegistry with(List<OptionDefinition> custom) {
        return new OptionRegistry(byCode.clone(), new HashMap<>(byName), custom);
    }

    /** What of these would take the place of something, as sentences for people without a full stop. */
    public List<String> clashes(List<OptionDefinition> custom) {
        List<String> clashes = new ArrayList<>();
        OptionRegistry grown = this;
        for (OptionDefinition definition : custom) {
            int code = definition.code();
            grown.byCode(code).ifPresent(old -> clashes.add("option " + code + " is " + old.name() + " already"));
            OptionDefinition named = grown.byName.get(definition.name());
            if (named != null && named.code() != code) {
                clashes.add(definition.name() + " is the name of option " + named.code() + " already");
            }
            grown = grown.with(List.of(definition));
        }
        return clashes;
    }
}
