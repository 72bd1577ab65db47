package io.innkeeper.api.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be called.
 *
 * @param method the HTTP method
 * @param path the path, with {@code {name}} for parts that vary
 * @param summary what it does, in a sentence
 * @param parameters the query parameters it takes
 * @param body the record that the JSON body must fit; null where there is none, {@code Object} where anything goes
 * @param answer the record answered; null where that is not JSON
 * @param list true where the answer is a page of such records
 * @param statuses with which the answer can come; problems come with others
 * @param handler what does it
 */
public record Route(
        String method,
        String path,
        String summary,
        List<Parameter> parameters,
        @Nullable Class<?> body,
        @Nullable Class<?> answer,
        boolean list,
        List<Integer> statuses,
        Handler handler) {
    /**
     * A query parameter.
     *
     * @param name its name
     * @param description what it does, with its range
     */
    public record Parameter(String name, String description) {}

    /** Does what a route promises. */
    @FunctionalInterface
    public interface Handler {
        /** The answer to a call; throws {@link ProblemException} for a problem. */
        Answer handle(Call call);
    }

    /** Copies the parameters. */
    public Route {
        parameters = List.copyOf(parameters);
        statuses = List.copyOf(statuses);
    }

    private static final List<Integer> DONE = List.of(200);

    /** A GET of one record. */
    public static Route get(String path, String summary, Class<?> answer, Handler handler) {
        return new Route("GET", path, summary, List.of(), null, answer, false, DONE, handler);
    }

    /** A GET of a page of records. */
    public static Route list(String path, String summary, Class<?> item, List<Parameter> parameters, Handler handler) {
        return new Route("GET", path, summary, parameters, null, item, true, DONE, handler);
    }

    /** A call with a body. */
    public static Route with(
            String method, String path, String summary, Class<?> body, @Nullable Class<?> answer, Handler handler) {
        return new Route(method, path, summary, List.of(), body, answer, false, DONE, handler);
    }

    /** The same route with query parameters. */
    public Route taking(Parameter... more) {
        return new Route(method, path, summary, List.of(more), body, answer, list, statuses, handler);
    }

    /** A call without a body that changes something, or one whose answer is not JSON. */
    public static Route bare(String method, String path, String summary, @Nullable Class<?> answer, Handler handler) {
        return new Route(method, path, summary, List.of(), null, answer, false, DONE, handler);
    }

    /** The same route, whose answer comes with one of these statuses. */
    public Route answering(Integer... with) {
        return new Route(method, path, summary, parameters, body, answer, list, List.of(with), handler);
    }

    java.util.Set<String> parameterNames() {
        return parameters.stream().map(Parameter::name).collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    /** The varying parts of a path that fits; empty where it does not. */
    Optional<Map<String, String>> match(String[] parts) {
        String[] mine = path.split("/", -1);
        if (mine.length != parts.length) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < mine.length; i++) {
            if (mine[i].startsWith("{") && !parts[i].isEmpty()) {
                values.put(mine[i].substring(1, mine[i].length() - 1), parts[i]);
            } else if (!mine[i].equals(parts[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
