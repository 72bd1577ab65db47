package io.innkeeper.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a lease ends.
 *
 * @param kind at a known time, never, or at a time that the source cannot tell
 * @param at the time, present exactly for {@link Kind#AT}
 * @param lifetime the length the server granted, where known
 */
public record Expiry(
        Kind kind, @Nullable Instant at, @Nullable Duration lifetime) {
    /** What is known about the end. */
    public enum Kind {
        /** At {@link Expiry#at}. */
        AT,
        /** Never. */
        INFINITE,
        /** A dnsmasq built without a clock tells only the length ({@code HAVE_BROKEN_RTC}). */
        UNKNOWN
    }

    /** A lease that never ends. */
    public static final Expiry INFINITE = new Expiry(Kind.INFINITE, null, null);

    /** An end nobody told. */
    public static final Expiry UNKNOWN = new Expiry(Kind.UNKNOWN, null, null);

    /** @throws IllegalArgumentException if the time is missing for {@code AT} or given for another kind */
    public Expiry {
        if ((kind == Kind.AT) != (at != null)) {
            throw new IllegalArgumentException("an expiry has a time exactly when its kind is AT");
        }
    }

    /** An end at a known time. */
    public static Expiry at(Instant at) {
        return new Expiry(Kind.AT, at, null);
    }

    /** Only the granted length is known. */
    public static Expiry ofLifetime(Duration lifetime) {
        return new Expiry(Kind.UNKNOWN, null, lifetime);
    }

    /** True where the time is known and has come. */
    public boolean isPast(Instant now) {
        return at != null && !now.isBefore(at);
    }

    /**
     * What is known of the end after a source spoke: a new end replaces this one; a source that tells the same end, or none,
     * takes nothing away and may add the lifetime.
     */
    Expiry told(Expiry now) {
        boolean sameEnd = now.kind == kind && Objects.equals(now.at, at);
        boolean finiteNow = kind == Kind.INFINITE && now.kind == Kind.UNKNOWN && now.lifetime != null;
        if (finiteNow || (now.kind != Kind.UNKNOWN && !sameEnd)) {
            return now;
        }
        return new Expiry(kind, at, now.lifetime == null ? lifetime : now.lifetime);
    }

    /** True where the end is another one than this was; learning what was unknown moves nothing. */
    boolean movedTo(Expiry next) {
        if (kind != next.kind) {
            return kind != Kind.UNKNOWN;
        }
        return kind == Kind.UNKNOWN
                ? lifetime != null && !lifetime.equals(next.lifetime)
                : !Objects.equals(at, next.at);
    }
}
