package io.innkeeper.dns.forward;

/** How questions get to an upstream. */
public enum UpstreamTransport {
    /** Datagrams, and TCP for what does not fit (RFC 1035 §4.2). */
    UDP("udp", 53),
    /** TCP (RFC 7766). */
    TCP("tcp", 53),
    /** DNS over TLS (RFC 7858). */
    TLS("tls", 853),
    /** DNS over HTTPS (RFC 8484). */
    HTTPS("https", 443);

    private final String scheme;
    private final int port;

    UpstreamTransport(String scheme, int port) {
        this.scheme = scheme;
        this.port = port;
    }

    /** What stands before {@code ://}. */
    public String scheme() {
        return scheme;
    }

    /** The port where none is given. */
    public int port() {
        return port;
    }

    /** True where nobody on the way can read or change what is said. */
    public boolean encrypted() {
        return this == TLS || this == HTTPS;
    }
}
