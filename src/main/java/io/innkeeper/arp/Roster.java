package io.innkeeper.arp;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who was heard, and when last: the newest {@link #MOST}. Says which hearings are worth passing on. Pure; belongs to one
 * thread.
 */
public final class Roster {
    /** The most that are remembered; the one that was not passed on for the longest time goes first. */
    public static final int MOST = 131_072;

    /** For so long the same is not passed on again. */
    public static final long AGAIN_MS = 10_000;

    /**
     * A device at an address.
     *
     * @param address null where it had none
     * @param lastSeenMs milliseconds since 1970
     */
    public record Entry(MacAddress mac, @Nullable IpAddress address, long lastSeenMs) {}

    private record Key(MacAddress mac, @Nullable IpAddress address) {}

    private static final class Seen {
        long lastMs;
        long toldMs;
    }

    private final int most;
    private final LinkedHashMap<Key, Seen> seen = new LinkedHashMap<>();

    /** An empty one. */
    public Roster() {
        this(MOST);
    }

    Roster(int most) {
        this.most = most;
    }

    /**
     * Notes a hearing; true where it is to be passed on.
     *
     * @param always true where it answers a question, and so is passed on in any case
     */
    boolean note(MacAddress mac, @Nullable IpAddress address, long nowMs, boolean always) {
        Key key = new Key(mac, address);
        Seen before = seen.get(key);
        // The clock may have been set back.
        boolean young = before != null && nowMs - before.toldMs < AGAIN_MS && nowMs >= before.toldMs;
        if (before != null && young && !always) {
            before.lastMs = nowMs;
            return false;
        }
        Seen entry = before == null ? new Seen() : before;
        entry.lastMs = nowMs;
        entry.toldMs = nowMs;
        seen.remove(key);
        if (seen.size() >= most) {
            seen.pollFirstEntry();
        }
        seen.put(key, entry);
        return true;
    }

    /** Everybody who is remembered. */
    public List<Entry> entries() {
        List<Entry> all = new ArrayList<>(seen.size());
        for (Map.Entry<Key, Seen> one : seen.entrySet()) {
            all.add(new Entry(one.getKey().mac(), one.getKey().address(), one.getValue().lastMs));
        }
        return all;
    }
}
