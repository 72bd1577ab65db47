package io.innkeeper.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command as JSON.
 *
 * @param name its name
 * @param doc what it does
 * @param arguments what it takes
 * @param result what comes back as {@code data}
 */
public record CommandView(String name, String doc, List<Argument> arguments, String result) {
    /**
     * An argument as JSON.
     *
     * @param name its name
     * @param type integer, number, text, boolean, duration, mac, mac-pattern, address, time or choice
     * @param required whether it must be given
     * @param preset what counts where it is not given; null for nothing
     * @param min the smallest value: seconds for a duration, characters for a text; null for none
     * @param max the largest, likewise
     * @param choices the texts of a choice
     * @param doc what it means
     */
    public record Argument(
            String name,
            String type,
            boolean required,
            @Nullable String preset,
            @Nullable Double min,
            @Nullable Double max,
            List<String> choices,
            String doc) {}

    /** The view of a command. */
    static CommandView of(CommandSpec spec) {
        return new CommandView(
                spec.name(),
                spec.doc(),
                spec.arguments().stream()
                        .map(one -> new Argument(
                                one.name(),
                                one.type().text(),
                                one.isRequired(),
                                one.preset(),
                                one.min(),
                                one.max(),
                                one.choices(),
                                one.doc()))
                        .toList(),
                spec.result());
    }
}
