package io.innkeeper.api.http;

import io.innkeeper.api.sse.SseStreams;
import io.innkeeper.event.Event;
import io.innkeeper.event.EventType;
import io.innkeeper.store.EventQueries;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Events as a JSON list. The stream itself is served by {@link SseStreams}; what arrives here asked for JSON, or for a stream
 * with parameters that make no sense.
 */
public final class EventRoutes {
    private static final int MAX = 1_000;

    private final EventQueries events;

    /** Reading from these. */
    public EventRoutes(EventQueries events) {
        this.events = events;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.get(
                        SseStreams.PATH,
                        "The event stream (text/event-stream); with Accept: application/json a list of events",
                        Object.class,
                        this::list)
                .taking(
                        new Route.Parameter("after", "go on after this number; the header Last-Event-ID counts more"),
                        new Route.Parameter("type", "only these kinds: lease.*,device.discovered"),
                        new Route.Parameter("recent", "JSON only: the newest events, 1 to " + MAX),
                        new Route.Parameter("limit", "JSON only, with after: how many, 1 to " + MAX)));
    }

    private Answer list(Call call) {
        String types = call.query("type");
        Set<EventType> wanted = SseStreams.types(types).orElse(Set.of());
        if (SseStreams.types(types).isEmpty()) {
            call.error("type", "names no kind of event; as in lease.added or lease.*");
        }
        Long after = call.query("after", "the number of an event", SseStreams::number);
        String header = call.header("Last-Event-ID");
        if (header != null && !header.isEmpty() && SseStreams.number(header).isEmpty()) {
            call.error("Last-Event-ID", "not the number of an event");
        }
        long recent = call.number("recent", 100, 1, MAX);
        long limit = call.number("limit", 100, 1, MAX);
        call.check();
        List<Event> found =
                after == null ? events.recent(wanted, (int) recent) : events.after(after, wanted, (int) limit);
        String items = found.stream().map(Event::json).collect(Collectors.joining(",", "{\"items\":[", "]}"));
        return Answer.text("application/json", items);
    }
}
