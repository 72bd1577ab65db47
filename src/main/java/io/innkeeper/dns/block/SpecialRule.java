package io.innkeeper.dns.block;

import org.jspecify.annotations.Nullable;

/**
 * A rule that is more than a name: with conditions, with a pattern, or with an answer of its own. There are few of them; they
 * are objects.
 *
 * @param scope where it stands at a name; {@link Scope#EXACT} for a pattern
 * @param effect what it does where it applies
 * @param condition when it applies
 * @param pattern which names it fits; null where it stands at a name
 * @param answer what is to be answered; null for what the configuration says about blocked names
 */
public record SpecialRule(
        Scope scope,
        Effect effect,
        Condition condition,
        @Nullable NamePattern pattern,
        @Nullable PolicyAnswer answer) {}
