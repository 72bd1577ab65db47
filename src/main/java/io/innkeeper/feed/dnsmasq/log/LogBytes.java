package io.innkeeper.feed.dnsmasq.log;

import java.io.Closeable;
import java.io.IOException;

/** The octets of a log file, wherever it is moved to while it is open. For one thread. */
interface LogBytes extends Closeable {
    /**
     * Reads as many octets as there are, up to {@code length}.
     *
     * @param position of the first one in the file (of a compressed one: in what it holds)
     * @return how many; 0 at the end
     */
    int read(byte[] into, int at, int length, long position) throws IOException;

    /** True where nothing is ever added any more: one that is compressed. */
    boolean isFinal();
}
