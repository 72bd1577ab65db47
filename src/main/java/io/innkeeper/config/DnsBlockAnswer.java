package io.innkeeper.config;

/** What is answered to a question for a blocked name. */
public enum DnsBlockAnswer {
    /** There is no such name. */
    NXDOMAIN,
    /** The addresses 0.0.0.0 and {@code ::}; other types get an empty answer. */
    ZERO,
    /** REFUSED. */
    REFUSED,
    /** The addresses of {@code block-addresses}; other types get an empty answer. */
    CUSTOM
}
