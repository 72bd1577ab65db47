package io.innkeeper.dns.forward;

/**
 * The {@link Validator} wants records, such as keys. Comes back as {@link ForValidator.Found}.
 *
 * @param lookup its number
 * @param question with DO and CD
 */
public record Lookup(long lookup, Asked question) implements Incoming {}
