package io.innkeeper.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a command.
 *
 * @param status {@code success} or {@code error}
 * @param message what went wrong and what to do; null on success
 * @param data what was asked for; on error {@code error}, the {@link ErrorKind}, and where arguments are wrong
 *     {@code problems}, one for each
 */
public record CommandResponse(
        String status, @Nullable String message, @Nullable Map<String, Object> data) {
    private static final String SUCCESS = "success";
    private static final String ERROR = "error";

    /** It was done. */
    public static CommandResponse success(Map<String, Object> data) {
        return new CommandResponse(SUCCESS, null, data);
    }

    /** It was not done, for this reason. */
    public static CommandResponse error(ErrorKind kind, String message) {
        return new CommandResponse(ERROR, message, Map.of(ERROR, kind.text()));
    }

    /** The command or an argument of it is wrong. */
    public static CommandResponse commandError(String message) {
        return error(ErrorKind.COMMAND, message);
    }

    /** The network, or another machine, did not do its part. */
    public static CommandResponse networkError(String message) {
        return error(ErrorKind.NETWORK, message);
    }

    /** The service cannot do it now. */
    public static CommandResponse serviceError(String message) {
        return error(ErrorKind.SERVICE, message);
    }

    /** These arguments are wrong; at least one. */
    public static CommandResponse wrong(List<ArgumentProblem> problems) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(ERROR, ErrorKind.COMMAND.text());
        data.put("problems", problems);
        String message = String.join(
                "; ", problems.stream().map(ArgumentProblem::sentence).toList());
        return new CommandResponse(ERROR, message, data);
    }

    /** True where it was done. */
    public boolean succeeded() {
        return status.equals(SUCCESS);
    }

    /** Why it was not done; null on success. */
    public @Nullable ErrorKind kind() {
        if (succeeded() || data == null) {
            return null;
        }
        for (ErrorKind kind : ErrorKind.values()) {
            if (kind.text().equals(data.get(ERROR))) {
                return kind;
            }
        }
        return ErrorKind.SERVICE;
    }
}
