package io.innkeeper.wire.dns;

import java.util.List;

/** Keys of the parameters of SVCB and HTTPS records, 16 bits (IANA "Service Parameter Keys (SvcParamKeys)"). */
public final class SvcbKey {
    public static final int MANDATORY = 0;
    public static final int ALPN = 1;
    public static final int NO_DEFAULT_ALPN = 2;
    public static final int PORT = 3;
    public static final int IPV4HINT = 4;
    public static final int ECH = 5;
    public static final int IPV6HINT = 6;

    /** RFC 9461. */
    public static final int DOHPATH = 7;

    /** RFC 9540. */
    public static final int OHTTP = 8;

    private static final List<String> TEXTS =
            List.of("mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath", "ohttp");

    private SvcbKey() {}

    /** Its name; {@code key65280} for one without a name here. */
    public static String text(int key) {
        return key >= 0 && key < TEXTS.size() ? TEXTS.get(key) : "key" + key;
    }
}
