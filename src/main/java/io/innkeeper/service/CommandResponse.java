package io.innkeeper.service;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a command.
 *
 * @param status {@code success} or {@code error}
 * @param message what went wrong; null on success
 * @param data what was asked for; null on error
 */
public record CommandResponse(
        String status, @Nullable String message, @Nullable Map<String, Object> data) {

    /** It was done. */
    public static CommandResponse success(Map<String, Object> data) {
        return new CommandResponse("success", null, data);
    }

    /** It was not done, for this reason. */
    public static CommandResponse error(String message) {
        return new CommandResponse("error", message, null);
    }

    /** The service has no such command; tells which it has. */
    public static CommandResponse unknown(Command command, String known) {
        return error("unknown command '" + command.name() + "'; there are: " + known);
    }

    /** True where it was done. */
    public boolean isSuccess() {
        return status.equals("success");
    }
}
