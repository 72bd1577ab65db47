package io.innkeeper.api.sse;

import io.innkeeper.event.EventType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which kinds of event a follower wants: {@code lease.*,device.discovered}.
 *
 * @param types the kinds
 */
record TypeFilter(Set<EventType> types) {
    /** All kinds. */
    static final TypeFilter ALL = new TypeFilter(EnumSet.allOf(EventType.class));

    private static final int MAX_PATTERNS = 50;

    /** A family that has no events yet: to ask for it is no error, they may come with an update. */
    private static final String LATER = "security.*";

    /** Reads names and {@code prefix.*} patterns, separated by commas; empty where one of them names no kind. */
    static Optional<TypeFilter> parse(String text) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        String[] patterns = text.split(",", MAX_PATTERNS);
        for (String pattern : patterns) {
            Set<EventType> named = EventType.named(pattern.strip());
            if (named.isEmpty() && !pattern.strip().equals(LATER)) {
                return Optional.empty();
            }
            types.addAll(named);
        }
        return Optional.of(new TypeFilter(types));
    }

    boolean wants(EventType type) {
        return types.contains(type);
    }
}
