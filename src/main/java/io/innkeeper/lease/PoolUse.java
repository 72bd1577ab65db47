package io.innkeeper.lease;

/**
 * How full a pool is.
 *
 * @param size addresses that may be handed out: without the excluded ones
 * @param free addresses that are nobody's and never were, or are not remembered any more
 * @param active held by clients
 * @param ended given back or expired, remembered for their clients, handed to others when nothing else is left
 * @param declined set aside because somebody else uses them
 * @param offered waiting for the client's request, or being probed
 */
public record PoolUse(long size, long free, int active, int ended, int declined, int offered) {}
