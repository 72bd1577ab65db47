package io.innkeeper.wire.rdk;

/**
 * The greeting of the scalability protocols (nanomsg's sp-tcp-mapping-01): eight octets that both sides send as soon as they are
 * connected.
 */
public final class SpHello {
    /** Octets of a greeting. */
    public static final int LENGTH = 8;

    /** The type of a socket that only sends. */
    public static final int PUSH = 0x50;

    /** The type of a socket that only receives. */
    public static final int PULL = 0x51;

    private SpHello() {}

    /** The greeting of a socket of that type. */
    public static byte[] of(int type) {
        return new byte[] {0, 'S', 'P', 0, (byte) (type >>> 8), (byte) type, 0, 0};
    }

    /**
     * Whether these octets can become the greeting of a socket of that type. The last two are reserved, and libnanomsg takes any:
     * so do we.
     *
     * @param bytes what came so far
     * @param length how much, 0 to {@value #LENGTH}
     */
    public static boolean fits(byte[] bytes, int length, int type) {
        byte[] expected = of(type);
        for (int i = 0; i < Math.min(length, 6); i++) {
            if (bytes[i] != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
