package io.innkeeper.feed.dnsmasq.log;

import io.innkeeper.feed.dnsmasq.ListenerStatus;
import io.innkeeper.feed.dnsmasq.LogIntake;
import io.innkeeper.feed.dnsmasq.Witness;
import org.jspecify.annotations.Nullable;

/** Joins messages to lines and hands them on together. For one thread. */
final class LineBatch {
    /** The longest line, its line feed aside; what is behind is cut off. */
    static final int MAX_LINE = 8_192;

    /** What is joined where messages of many come in at once. */
    static final int LARGE = 256 << 10;

    /** What is joined for each of many connections. */
    static final int SMALL = 24 << 10;

    private final Witness by;
    private final LogIntake intake;
    private final ListenerStatus status;
    private final byte[] bytes;
    private int end;
    private int lines;

    /** @param capacity octets, more than twice {@link #MAX_LINE} */
    LineBatch(int capacity, Witness by, LogIntake intake, ListenerStatus status) {
        this.bytes = new byte[capacity];
        this.by = by;
        this.intake = intake;
        this.status = status;
    }

    /** True where another message of any length has room. */
    boolean hasRoom() {
        return bytes.length - end > MAX_LINE;
    }

    /** Adds a message; line feeds inside become spaces, those at its end go. There must be room. */
    void add(byte[] message, int from, int to) {
        int last = to;
        while (last > from && isEnd(message[last - 1])) {
            last--;
        }
        if (last == from) {
            return;
        }
        if (last - from > MAX_LINE) {
            status.dropped(1);
            last = from + MAX_LINE;
        }
        for (int i = from; i < last; i++) {
            byte octet = message[i];
            bytes[end++] = octet == '\n' || octet == '\r' ? (byte) ' ' : octet;
        }
        bytes[end++] = '\n';
        lines++;
    }

    private static boolean isEnd(byte octet) {
        return octet == '\n' || octet == '\r' || octet == 0;
    }

    /** Hands on what there is; with a place also where there is nothing. */
    void flush(@Nullable String place) throws InterruptedException {
        if (lines > 0 || place != null) {
            int to = end;
            int count = lines;
            end = 0;
            lines = 0;
            intake.take(by, bytes, 0, to, place);
            status.taken(count);
        }
    }
}
