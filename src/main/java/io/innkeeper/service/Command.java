package io.innkeeper.service;

import java.util.Map;

/**
 * What a service is asked to do.
 *
 * @param name the command
 * @param args its arguments by name
 */
public record Command(String name, Map<String, Object> args) {
    /** Copies the arguments. */
    public Command {
        args = Map.copyOf(args);
    }
}
