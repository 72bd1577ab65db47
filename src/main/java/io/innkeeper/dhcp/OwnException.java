package io.innkeeper.dhcp;

/**
 * A rule for a time that was made through the API.
 *
 * @param match whom it names
 * @param allow answered, or refused
 * @param untilMs its end, in milliseconds since 1970
 */
public record OwnException(Match match, boolean allow, long untilMs) {}
