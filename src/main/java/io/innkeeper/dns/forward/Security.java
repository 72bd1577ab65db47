package io.innkeeper.dns.forward;

/** What the signatures say of an answer (RFC 4035 §4.3). */
public enum Security {
    /** Nobody looked. */
    UNCHECKED,
    /** Signed, with a chain of keys from a trust anchor. */
    SECURE,
    /** Not signed, and it is proven that it need not be. */
    INSECURE,
    /** It should be signed, and is not, or wrongly. */
    BOGUS,
    /** It could not be found out. */
    INDETERMINATE
}
