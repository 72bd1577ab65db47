package io.innkeeper.feed.rdk.v2;

import io.innkeeper.wire.rdk.v2.SessionKeys;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The keys that are valid now, by number. What it shows of them is their numbers. */
public final class KeyRing {
    /** No key: connections are in plain. */
    public static final KeyRing EMPTY = new KeyRing(Map.of());

    private final Map<Integer, byte[]> keys = new HashMap<>();
    private final boolean needed;

    /** Copies the keys, of which one is needed where there is one. */
    public KeyRing(Map<Integer, byte[]> keys) {
        this(keys, !keys.isEmpty());
    }

    /**
     * Copies the keys.
     *
     * @param needed whether nobody is let in without one; also where none of those that are wanted can be had now
     * @throws IllegalArgumentException if one has not {@link SessionKeys#KEY} octets
     */
    public KeyRing(Map<Integer, byte[]> keys, boolean needed) {
        this.needed = needed;
        keys.forEach((number, key) -> {
            if (key.length != SessionKeys.KEY) {
                throw new IllegalArgumentException(
                        "key " + number + " has " + key.length + " octets, not " + SessionKeys.KEY);
            }
            this.keys.put(number, key.clone());
        });
    }

    /** Whether nobody is let in without a key. */
    public boolean isNeeded() {
        return needed;
    }

    byte @Nullable [] find(int number) {
        byte[] key = keys.get(number);
        return key == null ? null : key.clone();
    }

    /** Whether this is the key of that number now. */
    boolean holds(int number, byte[] key) {
        return MessageDigest.isEqual(keys.get(number), key);
    }

    /** The numbers of the keys. */
    public Set<Integer> numbers() {
        return new TreeSet<>(keys.keySet());
    }

    @Override
    public String toString() {
        return "keys " + numbers();
    }
}
