package io.innkeeper.dns.forward;

/**
 * A message that is to go to an upstream.
 *
 * @param upstream its place in {@link ForwardPlan#upstreams()}
 * @param ticket comes back with the {@link Reply} or {@link Failed}; unique as long as the process lives
 * @param message the octets, not to be changed
 * @param stream true if a UDP upstream is to be asked by TCP
 */
@SuppressWarnings("ArrayRecordComponent") // the octets of a packet, handed on and never compared
public record Sending(int upstream, long ticket, byte[] message, boolean stream) {}
