package io.innkeeper.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of the data model TR-181, as JSON.
 *
 * @param path what was asked for
 * @param at when they were so: what counts down counts from there
 * @param parameters in the order of the model; null where a tree was asked for
 * @param tree values within objects, by name and number; null where a list was asked for
 */
public record Tr181View(
        String path,
        Instant at,
        @Nullable List<ParameterView> parameters,
        @Nullable Map<String, Object> tree) {
    /** A list. */
    public static Tr181View list(String path, Instant at, List<ParameterView> parameters) {
        return new Tr181View(path, at, List.copyOf(parameters), null);
    }

    /** A tree. */
    public static Tr181View tree(String path, Instant at, Map<String, Object> tree) {
        return new Tr181View(path, at, null, tree);
    }

    /**
     * A parameter.
     *
     * @param path its full name
     * @param type its data type: {@code string}, {@code boolean}, {@code int}, {@code unsignedInt}, {@code dateTime},
     *     {@code hexBinary}, {@code base64}, {@code IPv4Address}, {@code IPv6Address}, {@code IPv4Prefix}, {@code IPv6Prefix}, or
     *     {@code list(…)} of one of them
     * @param writable whether it can be set
     * @param value a text, a number, a truth value, or a list of them
     */
    public record ParameterView(String path, String type, boolean writable, Object value) {}
}
