package io.innkeeper.dns.forward;

/**
 * A message could not be brought to an upstream, or no answer can come any more.
 *
 * @param upstream its place in {@link ForwardPlan#upstreams()}
 * @param ticket of the {@link Sending}
 * @param why for people
 */
public record Failed(int upstream, long ticket, String why) implements Incoming {}
