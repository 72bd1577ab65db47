package io.innkeeper.dhcp;

import java.util.Arrays;

/** Writes option 82 as a relay does: RFC 3046, with link selection (RFC 3527) and the server's place (RFC 5107). */
final class RelayOption {
    static final int CIRCUIT_ID = 1;
    static final int REMOTE_ID = 2;

    /** RFC 3527: an address in the client's subnet, where giaddr is not in it. */
    static final int LINK_SELECTION = 5;

    /** RFC 5107: what the server is to call itself. */
    static final int SERVER_ID_OVERRIDE = 11;

    private byte[] value = {};

    /** Adds a sub-option of at most 255 octets. */
    RelayOption put(int code, byte[] content) {
        int at = value.length;
        value = Arrays.copyOf(value, at + 2 + content.length);
        value[at] = (byte) code;
        value[at + 1] = (byte) content.length;
        System.arraycopy(content, 0, value, at + 2, content.length);
        return this;
    }

    /** Adds an address. */
    RelayOption put(int code, int address) {
        return put(
                code,
                new byte[] {(byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address});
    }

    /** The content of the option. */
    byte[] toArray() {
        return value.clone();
    }
}
