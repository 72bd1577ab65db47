package io.innkeeper.tell.spool;

import java.util.Locale;

/** How soon a message is to be sent; the most urgent first. Between interfaces only: one interface keeps its order. */
public enum Urgency {
    /** A lease ended, or there is none. */
    EXPIRY,
    /** A lease is new, another, or lasts longer. */
    RENEW,
    /** What can wait, such as many leases told at once. */
    BULK;

    /** The name on the command line and in JSON, such as {@code expiry}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
