package io.innkeeper.dns.log;

import io.innkeeper.wire.dns.DnsName;
import org.jspecify.annotations.Nullable;

/** Names that came lately, so that one that comes again costs no new object: a place for each hash, the newest wins. */
final class NameCache {
    /** A power of two. */
    private static final int PLACES = 4096;

    private static final LoggedName ROOT = LoggedName.of(DnsName.ROOT);

    private final @Nullable LoggedName[] places = new @Nullable LoggedName[PLACES];

    /** The name of octets that stand somewhere, in small letters; the root where they are no name. */
    LoggedName name(byte[] bytes, int from, int length) {
        int place = LoggedName.hash(bytes, from, length) & (PLACES - 1);
        LoggedName known = places[place];
        if (known != null && known.is(bytes, from, length)) {
            return known;
        }
        LoggedName made = made(bytes, from, length);
        places[place] = made;
        return made;
    }

    private static LoggedName made(byte[] bytes, int from, int length) {
        try {
            return LoggedName.of(DnsName.ofWire(bytes, from, length).lower());
        } catch (IllegalArgumentException notAName) {
            return ROOT;
        }
    }
}
