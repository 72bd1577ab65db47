package io.innkeeper.dns;

/** How a question came. */
public enum Transport {
    UDP(0),
    TCP(1),
    /** DNS over TLS (RFC 7858). */
    TLS(2),
    /** DNS over HTTPS (RFC 8484). */
    HTTPS(3);

    private final int number;

    Transport(int number) {
        this.number = number;
    }

    /** As the query log has it. */
    int number() {
        return number;
    }

    /** True where the client has shown that its address is its own, and answers may have any size. */
    public boolean isStream() {
        return this != UDP;
    }
}
