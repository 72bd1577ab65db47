package io.innkeeper.dns;

import io.innkeeper.wire.net.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Server cookies that need no memory (RFC 9018): version, time, and a hash of both with the client's cookie and address. Who
 * shows one has received an answer at his address. Pure.
 */
public final class Cookies {
    /** The octets of a client's cookie. */
    static final int CLIENT = 8;

    /** The octets of both together. */
    static final int WHOLE = 24;

    private static final int OLD_S = 3600;
    private static final int RENEW_S = 1800;
    private static final int FUTURE_S = 300;

    private final long key0;
    private final long key1;
    private final ByteBuffer hashed = ByteBuffer.allocate(32);

    /** With a secret of 128 bits that nobody else knows. */
    public Cookies(long secretHigh, long secretLow) {
        this.key0 = secretHigh;
        this.key1 = secretLow;
    }

    /** Writes the client's cookie and ours behind it: {@value #WHOLE} octets. */
    void write(byte[] client, int clientAt, long high, long low, long nowS, byte[] into) {
        System.arraycopy(client, clientAt, into, 0, CLIENT);
        into[8] = 1;
        into[9] = 0;
        into[10] = 0;
        into[11] = 0;
        putInt(into, 12, (int) nowS);
        putLong(into, 16, hash(into, 0, high, low));
    }

    /** Whether a cookie of ours is good: made for this client here, within the hour (RFC 9018 §4.3). */
    boolean isGood(byte[] bytes, int at, int length, long high, long low, long nowS) {
        if (length != WHOLE || bytes[at + 8] != 1) {
            return false;
        }
        int age = (int) nowS - ByteBuffer.wrap(bytes).getInt(at + 12);
        return age <= OLD_S
                && age >= -FUTURE_S
                && ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(at + 16) == hash(bytes, at, high, low);
    }

    /** Whether a good cookie is to be given anew. */
    boolean isOld(byte[] bytes, int at, long nowS) {
        return (int) nowS - ByteBuffer.wrap(bytes).getInt(at + 12) > RENEW_S;
    }

    private long hash(byte[] bytes, int at, long high, long low) {
        hashed.clear();
        hashed.put(bytes, at, 16);
        if (IpAddress.isMapped(high, low)) {
            hashed.putInt((int) low);
        } else {
            hashed.putLong(high).putLong(low);
        }
        return SipHash.of(key0, key1, hashed.array(), hashed.position());
    }

    private static void putInt(byte[] into, int at, int value) {
        ByteBuffer.wrap(into).putInt(at, value);
    }

    private static void putLong(byte[] into, int at, long value) {
        ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
    }
}
