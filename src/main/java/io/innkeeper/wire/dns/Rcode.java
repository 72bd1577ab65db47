package io.innkeeper.wire.dns;

/** What became of a query: 12 bits, the upper eight of which stand in EDNS (IANA "DNS RCODEs"). */
public final class Rcode {
    public static final int NOERROR = 0;

    /** The query cannot be read. */
    public static final int FORMERR = 1;

    public static final int SERVFAIL = 2;

    /** There is no such name. */
    public static final int NXDOMAIN = 3;

    public static final int NOTIMP = 4;
    public static final int REFUSED = 5;
    public static final int YXDOMAIN = 6;
    public static final int YXRRSET = 7;
    public static final int NXRRSET = 8;
    public static final int NOTAUTH = 9;
    public static final int NOTZONE = 10;

    /** A version of EDNS that is not spoken here. */
    public static final int BADVERS = 16;

    /** RFC 7873 §8. */
    public static final int BADCOOKIE = 23;

    private Rcode() {}

    /** Its name; {@code RCODE42} for one without a name here. */
    public static String text(int rcode) {
        return switch (rcode) {
            case NOERROR -> "NOERROR";
            case FORMERR -> "FORMERR";
            case SERVFAIL -> "SERVFAIL";
            case NXDOMAIN -> "NXDOMAIN";
            case NOTIMP -> "NOTIMP";
            case REFUSED -> "REFUSED";
            case YXDOMAIN -> "YXDOMAIN";
            case YXRRSET -> "YXRRSET";
            case NXRRSET -> "NXRRSET";
            case NOTAUTH -> "NOTAUTH";
            case NOTZONE -> "NOTZONE";
            case BADVERS -> "BADVERS";
            case BADCOOKIE -> "BADCOOKIE";
            default -> "RCODE" + rcode;
        };
    }
}
