package io.innkeeper.dns;

import io.innkeeper.wire.net.IpAddress;

/**
 * A question that came by a stream.
 *
 * @param message the octets
 * @param high with {@code low} the client's address, IPv4 in its IPv6 form
 * @param listener the number of the listener in {@link DnsPlan#listeners}
 * @param replyTo where the answer goes; its call does not wait
 */
@SuppressWarnings("ArrayRecordComponent") // taken once, never compared
public record StreamQuery(byte[] message, long high, long low, int listener, Transport transport, ReplyTo replyTo) {
    /** A question of this client. */
    public static StreamQuery of(byte[] message, IpAddress client, int listener, Transport transport, ReplyTo replyTo) {
        return new StreamQuery(message, client.high(), client.mappedLow(), listener, transport, replyTo);
    }
}
