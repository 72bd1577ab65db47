package io.innkeeper.outbound;

import io.innkeeper.event.Event;
import io.innkeeper.event.EventType;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Somebody who is told of events.
 *
 * @param name under which its place is kept, such as {@code webhook:chat}
 * @param types which events
 * @param config its section of the configuration: where it differs, the way is made anew
 * @param way makes the way there; does not block
 */
record Target(String name, Set<EventType> types, Object config, Supplier<Carrier> way) {
    /** Our own starts and failures are not told: telling of them may be what fails. */
    boolean wants(Event event) {
        boolean own = event.subject().equals(OutboundService.NAME)
                && event.type().text().startsWith("service.");
        return types.contains(event.type()) && !own;
    }
}
