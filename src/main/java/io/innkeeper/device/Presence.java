package io.innkeeper.device;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a device is there, and what says so.
 *
 * @param mac which one
 * @param state the verdict
 * @param since since when it is so: online since it came or was active again; idle and offline since the last sign of life
 * @param hereSince since when it was there without being offline in between; for one that is offline, the last time
 * @param address where it was last heard; null where no sign of life told an address
 * @param evidence the newest sign of life of each kind; at least one
 */
public record Presence(
        MacAddress mac,
        State state,
        Instant since,
        Instant hereSince,
        @Nullable IpAddress address,
        Map<Evidence, Instant> evidence) {
    /** The verdict. */
    public enum State {
        /** Heard a short while ago. */
        ONLINE,
        /** Not heard for a while, and not known to be gone: it sleeps, or has nothing to say. */
        IDLE,
        /** Gone. */
        OFFLINE;

        /** The name in the API, such as {@code online}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the evidence. */
    public Presence {
        Map<Evidence, Instant> sorted = new EnumMap<>(Evidence.class);
        sorted.putAll(evidence);
        evidence = Collections.unmodifiableMap(sorted);
    }

    /** What kind the newest sign of life was; null where there is none. */
    public @Nullable Evidence lastEvidence() {
        return evidence.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** The newest sign of life; where there is none, when it came. */
    public Instant lastSeenAt() {
        return evidence.values().stream().max(Instant::compareTo).orElse(hereSince);
    }
}
