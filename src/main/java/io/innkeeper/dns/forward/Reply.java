package io.innkeeper.dns.forward;

/**
 * A message that an upstream sent.
 *
 * @param upstream its place in {@link ForwardPlan#upstreams()}
 * @param ticket of the {@link Sending} whose id it has
 * @param message the octets; whoever hands it on does not touch them any more
 */
@SuppressWarnings("ArrayRecordComponent") // the octets of a packet, handed on and never compared
public record Reply(int upstream, long ticket, byte[] message) implements Incoming {}
