package io.innkeeper.tell.push;

import java.util.Locale;

/**
 * What became of a message.
 *
 * @param state what
 * @param to the monitor, as {@code --to} names it; empty where none was reached
 * @param detail why it went no better, for people; may be empty
 */
public record Sent(State state, String to, String detail) {
    /** What can become of a message. */
    public enum State {
        /** A monitor has it in its store. */
        STORED,
        /** It was written to a monitor of version 1, which does not acknowledge. */
        TOLD,
        /** It is safe on the disk here, and goes to a monitor with a later one. */
        WAITING,
        /** A monitor can never take it. */
        REJECTED,
        /** It could not be kept here, and is lost: the spool is full, or cannot be written. */
        NOT_KEPT,
        /** No monitor took it, and it is lost. */
        UNREACHABLE;

        /** The name in JSON, such as {@code told}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
