package io.innkeeper.device;

import java.time.Duration;

/**
 * When a device is idle, when it is gone.
 *
 * @param idleAfter silent for so long, it is idle
 * @param offlineAfter silent for so long, it is gone, unless it answers when asked; longer than {@code idleAfter}
 * @param tries how many questions without an answer it takes; 1 or more
 * @param spacing between two questions
 */
public record PresenceSettings(Duration idleAfter, Duration offlineAfter, int tries, Duration spacing) {
    /** What the configuration says if nobody says anything else. */
    public static final PresenceSettings USUAL =
            new PresenceSettings(Duration.ofMinutes(5), Duration.ofMinutes(15), 8, Duration.ofSeconds(10));

    /** @throws IllegalArgumentException if the times are in the wrong order or there is no question */
    public PresenceSettings {
        if (idleAfter.isNegative() || idleAfter.compareTo(offlineAfter) >= 0 || tries < 1 || spacing.isNegative()) {
            throw new IllegalArgumentException("a device is idle before it is offline, and is asked at least once");
        }
    }

    /**
     * How long after the last sign of life the questions begin: early enough that the last one is over when the device would
     * be gone, but not before it is idle.
     */
    long askAfterMs() {
        return Math.max(idleAfter.toMillis(), offlineAfter.toMillis() - tries * spacing.toMillis());
    }
}
