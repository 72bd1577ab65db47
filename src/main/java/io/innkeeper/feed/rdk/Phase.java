package io.innkeeper.feed.rdk;

import java.util.Locale;

/** Where a client stands, as far as its plugin told. */
public enum Phase {
    /** Nothing was heard yet. */
    NONE,
    /** It has a new lease, or a changed one. */
    BOUND,
    /** It has the same lease again. */
    RENEWED,
    /** Its plugin said that the lease is over. */
    ENDED,
    /** The time of the lease ran out, and nothing was said. */
    EXPIRED,
    /** It got no lease. */
    FAILED;

    /** The name in status and API, such as {@code bound}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
