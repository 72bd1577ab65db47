package io.innkeeper.feed.dnsmasq;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a way of watching is, as JSON.
 *
 * @param way which one, such as {@code journal}
 * @param state {@code listening}, {@code waiting}, {@code failing} or {@code off}
 * @param what what it reads or where it listens, for people
 * @param message what is wrong and what to do; null where all is well
 * @param since when this state began
 * @param taken how many lines or signals it has taken
 * @param dropped how many it has refused
 * @param lastAt when the newest came; null for none yet
 */
public record WayStatus(
        String way,
        String state,
        String what,
        @Nullable String message,
        Instant since,
        long taken,
        long dropped,
        @Nullable Instant lastAt) {
    static WayStatus of(Listener.Status status) {
        return new WayStatus(
                status.witness().text(),
                status.state().name().toLowerCase(Locale.ROOT),
                status.what(),
                status.message(),
                status.since(),
                status.taken(),
                status.dropped(),
                status.lastAt());
    }

    /** True while it is connected, or reads. */
    public boolean listens() {
        return state.equals("listening");
    }
}
