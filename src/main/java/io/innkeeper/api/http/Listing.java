package io.innkeeper.api.http;

import io.innkeeper.store.Page;
import io.innkeeper.store.Paging;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all lists of the API have in common: {@code limit}, {@code cursor}, {@code sort}, and the shape of a page. */
final class Listing {
    private static final int DEFAULT_LIMIT = 100;

    static final Route.Parameter LIMIT = new Route.Parameter(
            "limit", "how many items, 1 to " + Paging.MAX_LIMIT + "; " + DEFAULT_LIMIT + " if not given");
    static final Route.Parameter CURSOR = new Route.Parameter(
            "cursor", "where to go on: the 'next' of the page before, with the same sort and filters");

    private Listing() {}

    static Route.Parameter sort(List<String> orders) {
        return new Route.Parameter("sort", "one of " + String.join(", ", orders) + "; with - before it for descending");
    }

    /** The paging that a call asks for; ends the call if anything about it is wrong. */
    static Paging paging(Call call) {
        int limit = (int) call.number("limit", DEFAULT_LIMIT, 1, Paging.MAX_LIMIT);
        call.check();
        return new Paging(call.query("sort"), call.query("cursor"), limit);
    }

    static Answer answer(Page<?> page) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("items", page.items());
        body.put("next", page.next());
        if (page.total() != null) {
            body.put("total", page.total());
        }
        return Answer.json(body);
    }
}
