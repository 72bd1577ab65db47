package io.innkeeper.api.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All routes, in one list.
 *
 * @param routes what can be called
 */
public record RouteTable(List<Route> routes) {
    /** Copies the list. */
    public RouteTable {
        routes = List.copyOf(routes);
    }

    /**
     * A route that fits a request.
     *
     * @param route which
     * @param values the varying parts of the path
     */
    record Match(Route route, Map<String, String> values) {}

    Optional<Match> find(String method, String path) {
        String[] parts = path.split("/", -1);
        for (Route route : routes) {
            Optional<Map<String, String>> values =
                    route.method().equals(method) ? route.match(parts) : Optional.empty();
            if (values.isPresent()) {
                return Optional.of(new Match(route, values.get()));
            }
        }
        return Optional.empty();
    }

    /** The methods that a path takes; empty where there is no such path. */
    Set<String> methods(String path) {
        String[] parts = path.split("/", -1);
        Set<String> methods = new TreeSet<>();
        routes.stream().filter(route -> route.match(parts).isPresent()).forEach(route -> methods.add(route.method()));
        return methods;
    }
}
