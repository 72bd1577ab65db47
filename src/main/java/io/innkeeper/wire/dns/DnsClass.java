package io.innkeeper.wire.dns;

/** Classes of records, 16 bits (IANA "DNS CLASSes"). */
public final class DnsClass {
    /** The internet. */
    public static final int IN = 1;

    /** Chaos: servers tell their version there. */
    public static final int CH = 3;

    public static final int HS = 4;
    public static final int NONE = 254;

    /** In questions: any. */
    public static final int ANY = 255;

    private DnsClass() {}

    /** Its name; {@code CLASS42} for one without a name (RFC 3597 §5). */
    public static String text(int dnsClass) {
        return switch (dnsClass) {
            case IN -> "IN";
            case CH -> "CH";
            case HS -> "HS";
            case NONE -> "NONE";
            case ANY -> "ANY";
            default -> "CLASS" + dnsClass;
        };
    }
}
