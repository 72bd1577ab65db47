package io.innkeeper.dns;

/** How a question came. The order is that of the query log's numbers. */
public enum Transport {
    UDP,
    TCP,
    /** DNS over TLS (RFC 7858). */
    TLS,
    /** DNS over HTTPS (RFC 8484). */
    HTTPS;

    /** True where the client has shown that its address is its own, and answers may have any size. */
    public boolean isStream() {
        return this != UDP;
    }
}
