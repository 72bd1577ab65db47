package io.innkeeper.dns.log;

import java.util.Locale;

/** Which step of the DNS server answered a question. */
public enum QueryStep {
    /** The client may not ask. */
    REFUSED(0),
    /** The client asked too much. */
    LIMITED(1),
    /** A name that is known here. */
    LOCAL(2),
    /** A block list. */
    BLOCKED(3),
    /** A rule that answers otherwise. */
    REWRITTEN(4),
    /** The cache. */
    CACHED(5),
    /** The cache, after its time, since no upstream answered. */
    STALE(6),
    /** An upstream. */
    FORWARDED(7),
    /** No upstream answered. */
    FAILED(8),
    /** Nobody: what came was not to be answered. */
    DROPPED(9);

    private final int number;
    private final String text = name().toLowerCase(Locale.ROOT);

    QueryStep(int number) {
        this.number = number;
    }

    /** As it stands in files: 0 to 9, and never another. */
    public int number() {
        return number;
    }

    /** In lower case, as the API shows it. */
    public String text() {
        return text;
    }
}
