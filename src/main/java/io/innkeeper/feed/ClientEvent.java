package io.innkeeper.feed;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is published of a DHCP client of this machine.
 *
 * @param type what happened to it
 * @param at when
 * @param interfaceName of which interface it is the client
 * @param family 4 or 6
 * @param lease what is known of its lease then; empty where it has none
 */
public record ClientEvent(MsgType type, Instant at, String interfaceName, int family, Map<String, Object> lease) {
    /** Copies the map, whose order is kept. */
    public ClientEvent {
        lease = Collections.unmodifiableMap(new LinkedHashMap<>(lease));
    }
}
