package io.innkeeper.dns.forward;

/** What the threads beside the loop tell the {@link Forwarder}: by {@link Forwarder#received}, on the loop's thread. */
public sealed interface Incoming permits Reply, Failed, Lookup, Checked {}
