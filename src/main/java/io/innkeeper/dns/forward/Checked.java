package io.innkeeper.dns.forward;

/**
 * What the {@link Validator} found.
 *
 * @param check of the {@link ForValidator.Check}
 * @param security what the signatures say
 * @param reason why it is bogus or indeterminate, for people; empty for others
 * @param response as it may be given to who asked: AD set or cleared, without signatures where they are not wanted
 */
@SuppressWarnings("ArrayRecordComponent") // the octets of a packet, handed on and never compared
public record Checked(long check, Security security, String reason, byte[] response) implements Incoming {}
