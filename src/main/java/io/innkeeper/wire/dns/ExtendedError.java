package io.innkeeper.wire.dns;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Why an answer is what it is (RFC 8914; IANA "Extended DNS Error Codes"). */
public final class ExtendedError {
    public static final int OTHER = 0;
    public static final int STALE_ANSWER = 3;
    public static final int FORGED_ANSWER = 4;
    public static final int DNSSEC_INDETERMINATE = 5;
    public static final int DNSSEC_BOGUS = 6;
    public static final int SIGNATURE_EXPIRED = 7;
    public static final int SIGNATURE_NOT_YET_VALID = 8;
    public static final int DNSKEY_MISSING = 9;
    public static final int RRSIGS_MISSING = 10;
    public static final int NSEC_MISSING = 12;
    public static final int CACHED_ERROR = 13;
    public static final int NOT_READY = 14;
    public static final int BLOCKED = 15;
    public static final int CENSORED = 16;
    public static final int FILTERED = 17;
    public static final int PROHIBITED = 18;
    public static final int STALE_NXDOMAIN_ANSWER = 19;
    public static final int NOT_AUTHORITATIVE = 20;
    public static final int NOT_SUPPORTED = 21;
    public static final int NO_REACHABLE_AUTHORITY = 22;
    public static final int NETWORK_ERROR = 23;
    public static final int INVALID_DATA = 24;

    /** The code that stands for none. */
    public static final int NONE = -1;

    private static final int CODE_LENGTH = 2;

    private static final List<String> TEXTS = List.of(
            "Other",
            "Unsupported DNSKEY Algorithm",
            "Unsupported DS Digest Type",
            "Stale Answer",
            "Forged Answer",
            "DNSSEC Indeterminate",
            "DNSSEC Bogus",
            "Signature Expired",
            "Signature Not Yet Valid",
            "DNSKEY Missing",
            "RRSIGs Missing",
            "No Zone Key Bit Set",
            "NSEC Missing",
            "Cached Error",
            "Not Ready",
            "Blocked",
            "Censored",
            "Filtered",
            "Prohibited",
            "Stale NXDOMAIN Answer",
            "Not Authoritative",
            "Not Supported",
            "No Reachable Authority",
            "Network Error",
            "Invalid Data");

    private ExtendedError() {}

    /** The option of a code, with a text for people that may be empty. */
    public static EdnsOption option(int code, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] data = new byte[CODE_LENGTH + utf8.length];
        data[0] = (byte) (code >> 8);
        data[1] = (byte) code;
        System.arraycopy(utf8, 0, data, CODE_LENGTH, utf8.length);
        return new EdnsOption(EdnsOption.EXTENDED_ERROR, data);
    }

    /** The code of such an option; {@link #NONE} where the option is another one, or too short. */
    public static int code(EdnsOption option) {
        boolean fits =
                option.code() == EdnsOption.EXTENDED_ERROR && option.data().length() >= CODE_LENGTH;
        return fits ? option.data().at(0) << 8 | option.data().at(1) : NONE;
    }

    /** The name of a code. */
    public static String text(int code) {
        return code >= 0 && code < TEXTS.size() ? TEXTS.get(code) : "Extended error " + code;
    }
}
