package io.innkeeper.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a device was there, as JSON.
 *
 * @param mac which one
 * @param presence when it was there and when not, the newest first
 * @param addresses the addresses it has or had, with their times, the newest first
 */
public record TimelineView(String mac, List<Span> presence, List<DeviceView.Address> addresses) {
    /**
     * A time in which it was there all the while, or gone.
     *
     * @param state online, which includes idle, or offline
     * @param from when it began
     * @param to when it ended; null while it lasts
     */
    public record Span(String state, Instant from, @Nullable Instant to) {}

    /** Copies the lists. */
    public TimelineView {
        presence = List.copyOf(presence);
        addresses = List.copyOf(addresses);
    }
}
