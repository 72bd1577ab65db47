package io.innkeeper.feed.dnsmasq.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Counts line feeds, eight octets at a time. */
final class LineCount {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FEEDS = 0x0a0a_0a0a_0a0a_0a0aL;
    private static final long LOW = 0x7f7f_7f7f_7f7f_7f7fL;

    private LineCount() {}

    static long of(byte[] octets, int from, int to) {
        long count = 0;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long differs = (long) LONGS.get(octets, at) ^ FEEDS;
            // An octet that is 0 here is a line feed; all others get their highest bit set.
            count += Long.bitCount(~(((differs & LOW) + LOW) | differs) & ~LOW);
        }
        for (; at < to; at++) {
            count += octets[at] == '\n' ? 1 : 0;
        }
        return count;
    }
}
