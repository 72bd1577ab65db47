package io.innkeeper.outbound;

import io.innkeeper.event.Event;

/**
 * Makes the keys by which receivers know doubles: what is sent again has the same key, and nothing else ever has. The time
 * is part of it because a store that was put back from a backup gives numbers again.
 *
 * @param store which store the numbers are of
 */
record EventKey(String store) {
    /** The key of an event. */
    String of(Event event) {
        return store + "-" + event.number() + "-" + event.at().toEpochMilli();
    }
}
