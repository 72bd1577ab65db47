package io.innkeeper.dns.forward;

/**
 * What the forwarder did.
 *
 * @param asked questions that were taken
 * @param shared of them, those that joined an open one
 * @param refused questions that were not taken, because too many were open
 * @param loops questions that were our own, come back
 * @param late messages to which no question was open any more, or that came twice
 * @param open questions now
 * @param waiting who wait for them now
 */
public record ForwardCounts(long asked, long shared, long refused, long loops, long late, int open, int waiting) {}
