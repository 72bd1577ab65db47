package io.innkeeper.wire.ethernet;

import io.innkeeper.wire.net.MacAddress;

/**
 * The magic packet that a sleeping network card waits for (AMD, Magic Packet Technology, publication 20213): six octets of ones,
 * then its address sixteen times. It counts wherever it stands in a frame; by custom it goes to UDP port 9.
 */
public final class WakeOnLan {
    /** Octets of a magic packet without a password. */
    public static final int LENGTH = 102;

    /** The UDP port that it goes to by custom (discard, RFC 863). */
    public static final int PORT = 9;

    private static final int REPEATS = 16;

    private WakeOnLan() {}

    /**
     * The packet for a card, without a password.
     *
     * @throws IllegalArgumentException if it is not an Ethernet address
     */
    public static byte[] write(MacAddress mac) {
        byte[] packet = new byte[LENGTH];
        Bytes.putMac(packet, 0, EthernetFrame.BROADCAST);
        for (int i = 1; i <= REPEATS; i++) {
            Bytes.putMac(packet, i * Bytes.MAC, mac);
        }
        return packet;
    }
}
