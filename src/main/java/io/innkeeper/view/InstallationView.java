package io.innkeeper.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a system is to be installed, and how far that is, as JSON.
 *
 * @param mac the system
 * @param profile what it is told to boot: a profile of the configuration
 * @param state {@link #MARKED}, {@link #SERVED} or {@link #ENDED}
 * @param markedAt when it was marked
 * @param until when it ends by itself; null where it does not, or where it ended
 * @param servedAt when it was told for the first time what to boot; null where it was not
 * @param served what it was told, and by whom, such as {@code dhcp4: grubx64.efi}; null where it was not
 * @param endedAt when it ended; null while it runs
 * @param ended why it ended; null while it runs
 */
public record InstallationView(
        String mac,
        String profile,
        String state,
        Instant markedAt,
        @Nullable Instant until,
        @Nullable Instant servedAt,
        @Nullable String served,
        @Nullable Instant endedAt,
        @Nullable String ended) {
    /** The system was not heard since. */
    public static final String MARKED = "marked";

    /** It was told what to boot, and is told again. */
    public static final String SERVED = "served";

    /** It is told nothing any more. */
    public static final String ENDED = "ended";

    /** A new mark. */
    public static InstallationView marked(String mac, String profile, Instant at, @Nullable Instant until) {
        return new InstallationView(mac, profile, MARKED, at, until, null, null, null, null);
    }

    /** The same, told for the first time what to boot. */
    public InstallationView served(Instant at, String what, @Nullable Instant then) {
        return new InstallationView(mac, profile, SERVED, markedAt, then, at, what, null, null);
    }

    /** The same, ended. */
    public InstallationView ended(Instant at, String why) {
        return new InstallationView(mac, profile, ENDED, markedAt, null, servedAt, served, at, why);
    }

    /** True while the system is told what to boot. */
    public boolean runs() {
        return !state.equals(ENDED);
    }

    /** True where it should have ended by then. */
    public boolean isOver(Instant now) {
        return runs() && until != null && !now.isBefore(until);
    }
}
