package io.innkeeper.dns.forward;

import io.innkeeper.wire.dns.DnsName;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which route is for a name: that with the longest domain. Few routes are usual, so they are tried one after the other. */
final class RouteTable {
    private final List<Route> longestFirst;

    RouteTable(List<Route> routes) {
        longestFirst = routes.stream()
                .sorted(Comparator.comparingInt((Route route) -> route.domain().labelCount())
                        .reversed())
                .toList();
    }

    /** Null where there is none. */
    @Nullable
    Route find(DnsName name) {
        for (int i = 0; i < longestFirst.size(); i++) {
            Route route = longestFirst.get(i);
            if (name.isUnder(route.domain())) {
                return route;
            }
        }
        return null;
    }
}
