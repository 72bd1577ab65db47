package io.innkeeper.lease;

import java.util.Locale;

/** Where a lease stands. */
public enum LeaseState {
    /** Held by its client. */
    ACTIVE,
    /** Given back before its time. */
    RELEASED,
    /** Its time ran out. */
    EXPIRED,
    /** The client found the address in use (RFC 2131 §4.3.3). */
    DECLINED,
    /** Its source is no longer watched: nobody knows whether it still stands. */
    FORGOTTEN;

    /** The name the API uses, lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
