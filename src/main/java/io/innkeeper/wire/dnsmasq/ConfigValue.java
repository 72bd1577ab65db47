package io.innkeeper.wire.dnsmasq;

import java.util.Optional;

/**
 * The outcome of reading the right side of a directive.
 *
 * @param <T> what the text means when it means something
 */
public sealed interface ConfigValue<T> {
    /**
     * Text that could be read.
     *
     * @param <T> its meaning
     * @param value what it says
     */
    record Valid<T>(T value) implements ConfigValue<T> {}

    /**
     * Text that could not be read.
     *
     * @param <T> what it should have been
     * @param reason why not, for a person
     */
    record Malformed<T>(String reason) implements ConfigValue<T> {}

    /** The meaning, where there is one. */
    default Optional<T> valid() {
        return switch (this) {
            case Valid<T> valid -> Optional.of(valid.value());
            case Malformed<T> _ -> Optional.empty();
        };
    }
}
