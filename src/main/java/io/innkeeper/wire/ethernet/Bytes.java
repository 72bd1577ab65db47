package io.innkeeper.wire.ethernet;

import io.innkeeper.wire.net.MacAddress;
import java.util.Arrays;

/** Numbers in network order. */
final class Bytes {
    /** Octets of an Ethernet address. */
    static final int MAC = 6;

    private Bytes() {}

    static int u16(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    static int i32(byte[] bytes, int at) {
        return u16(bytes, at) << 16 | u16(bytes, at + 2);
    }

    static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    static void put32(byte[] bytes, int at, int value) {
        put16(bytes, at, value >>> 16);
        put16(bytes, at + 2, value);
    }

    static MacAddress mac(byte[] bytes, int at) {
        return MacAddress.of(MacAddress.ETHERNET, Arrays.copyOfRange(bytes, at, at + MAC));
    }

    /** @throws IllegalArgumentException if it is not an Ethernet address of six octets */
    static void putMac(byte[] bytes, int at, MacAddress mac) {
        if (!mac.isEthernet()) {
            throw new IllegalArgumentException("not an Ethernet address: " + mac);
        }
        System.arraycopy(mac.octets(), 0, bytes, at, MAC);
    }
}
