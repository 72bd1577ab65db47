package io.innkeeper.lease;

import java.util.HashMap;
import java.util.Map;

/** Lets bindings of clients that say the same of themselves share one instance. Bounded: what comes later is not shared. */
public final class TraitsTable {
    /** The most instances that are shared. */
    public static final int MAX_SHARED = 4_096;

    private final Map<Traits, Traits> shared = new HashMap<>();

    /** The shared instance that equals this one, which may be itself. */
    public Traits shared(Traits traits) {
        Traits known = shared.get(traits);
        if (known != null) {
            return known;
        }
        if (shared.size() < MAX_SHARED) {
            shared.put(traits, traits);
        }
        return traits;
    }

    /** How many are shared. */
    public int size() {
        return shared.size();
    }
}
