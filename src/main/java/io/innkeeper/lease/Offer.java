package io.innkeeper.lease;

import io.innkeeper.wire.net.ClientId;

/**
 * An address that is kept for a client for a short time, in memory only: offered to it, or being probed for it.
 *
 * @param address as 32 bits
 * @param client for whom
 * @param untilMs when the address is free for others again, in milliseconds since 1970
 * @param probing true while it is found out whether somebody uses the address; nothing has been offered yet
 */
public record Offer(int address, ClientId client, long untilMs, boolean probing) {}
