package io.innkeeper.lease;

import java.util.Locale;

/** How an address was chosen. */
public enum Allocation {
    /** The configuration fixes it for this client. */
    STATIC,
    /** It came from a pool. */
    DYNAMIC;

    /** The name the API uses: {@code static} or {@code dynamic}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
