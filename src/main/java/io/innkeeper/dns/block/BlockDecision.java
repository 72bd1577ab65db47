package io.innkeeper.dns.block;

import org.jspecify.annotations.Nullable;

/**
 * What the lists say about one question.
 *
 * @param outcome blocked or not
 * @param list whose rule decided, its number; -1 where there was none
 * @param important whether it was an {@code $important} rule
 * @param answer what a policy zone wants to be answered; null for what the configuration says
 */
public record BlockDecision(
        Outcome outcome,
        int list,
        boolean important,
        @Nullable PolicyAnswer answer) {
    /** Blocked or not. */
    public enum Outcome {
        /** No list names the name. */
        NONE,
        /** An exception names it. */
        ALLOWED,
        /** It is blocked. */
        BLOCKED
    }

    /** No list names the name. */
    public static final BlockDecision NONE = new BlockDecision(Outcome.NONE, -1, false, null);

    /** Blocked, with an answer by configuration or policy. */
    public boolean blocked() {
        return outcome == Outcome.BLOCKED;
    }
}
