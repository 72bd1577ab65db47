package io.innkeeper.tell.spool;

import java.util.Locale;

/** How a message left the spool. */
public enum End {
    /** A monitor has it in its store. */
    STORED,
    /** A monitor had it in its store before. */
    DUPLICATE,
    /** A monitor can never take it; the reason is with it. */
    REJECTED,
    /** It was written to a monitor of version 1, which does not acknowledge. */
    TOLD,
    /** A later renewal of the same lease took its place, where the spool was full. */
    SUPERSEDED;

    /** Whether all earlier messages of the interface ended with it. */
    boolean coversEarlier() {
        return this == STORED || this == DUPLICATE;
    }

    /** The name in JSON, such as {@code stored}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
