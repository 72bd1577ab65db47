package io.innkeeper.wire.dns;

import io.innkeeper.wire.net.Octets;

/**
 * An option of EDNS (RFC 6891 §6.1.2).
 *
 * @param code 0 to 65535
 * @param data what it says
 */
public record EdnsOption(int code, Octets data) {
    /** RFC 5001. */
    public static final int NSID = 3;

    /** RFC 7871. */
    public static final int CLIENT_SUBNET = 8;

    /** RFC 7873. */
    public static final int COOKIE = 10;

    /** RFC 7828. */
    public static final int TCP_KEEPALIVE = 11;

    /** RFC 7830. */
    public static final int PADDING = 12;

    /** RFC 8914; see {@link ExtendedError}. */
    public static final int EXTENDED_ERROR = 15;

    /** An option of these octets, which are copied. */
    public EdnsOption(int code, byte[] data) {
        this(code, Octets.of(data));
    }

    /** The octets it takes on the wire. */
    int length() {
        return 4 + data.length();
    }
}
