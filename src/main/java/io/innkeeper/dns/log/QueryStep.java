package io.innkeeper.dns.log;

import java.util.Locale;

/** Which step of the DNS server answered a question. The order is that of the numbers in the files of the query log. */
public enum QueryStep {
    /** The client may not ask. */
    REFUSED,
    /** The client asked too much. */
    LIMITED,
    /** A name that is known here. */
    LOCAL,
    /** A block list. */
    BLOCKED,
    /** A rule that answers otherwise. */
    REWRITTEN,
    /** The cache. */
    CACHED,
    /** The cache, after its time, since no upstream answered. */
    STALE,
    /** An upstream. */
    FORWARDED,
    /** No upstream answered. */
    FAILED,
    /** Nobody: what came was not to be answered. */
    DROPPED;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** In lower case, as the API shows it. */
    public String text() {
        return text;
    }
}
