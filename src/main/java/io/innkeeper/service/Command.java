package io.innkeeper.service;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service is asked to do.
 *
 * @param name the command
 * @param args its arguments by name, as JSON has them; one that is null counts as not given
 * @param by who asks, for the audit: an address, or the control socket
 */
public record Command(String name, Map<String, ? extends @Nullable Object> args, String by) {
    /** Copies the arguments. */
    public Command {
        Map<String, Object> given = new LinkedHashMap<>();
        args.forEach((key, value) -> {
            if (value != null) {
                given.put(key, value);
            }
        });
        args = given;
    }

    /** A command of the program itself. */
    public Command(String name, Map<String, Object> args) {
        this(name, args, "Innkeeper");
    }
}
