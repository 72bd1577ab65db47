package io.innkeeper.config;

/** What is done with DNS questions. */
public enum DnsMode {
    /** They are answered from the cache and the upstreams, as those answer. */
    PASS_THROUGH,
    /** Local names, rewriting, filters: answers may be others than those of the upstreams. */
    MODIFIED,
    /** As {@link #MODIFIED}, and names of the block lists are not answered. */
    BLOCKING
}
