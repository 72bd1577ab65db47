package io.innkeeper.dns.log;

/**
 * A place in a top list.
 *
 * @param key who or what
 * @param count how often; may be too large, by not more than {@code error}
 * @param error how much of the count may be somebody else's
 */
public record TopEntry<K>(K key, long count, long error) {}
