package io.innkeeper.dns.block;

/** Why a line of a list was not taken. */
public enum RejectReason {
    /** It is longer than a line of a list may be. */
    TOO_LONG("the line is too long"),
    /** There should be a domain name. */
    NOT_A_NAME("no domain name"),
    /** An address where there should be a name, or one that is not "nowhere" before a name. */
    ADDRESS("an address that says nothing about names"),
    /** It hides parts of pages. */
    COSMETIC("hides parts of pages, which only a browser can"),
    /** It looks at more of an address than the name. */
    NOT_FOR_DNS("looks at more than the name, which only a browser can"),
    /** Behind the {@code $} stands something that is not known here. */
    MODIFIER("an option that is not known"),
    /** The regular expression is none, or too large. */
    REGEX("no regular expression, or too large"),
    /** A policy zone's rule about addresses or servers. */
    TRIGGER("a rule about addresses or name servers, not names"),
    /** A policy zone's record that is not known, or no record. */
    RECORD("no record that is known here"),
    /** There is no more room. */
    NO_ROOM("more rules than the limit allows");

    private final String text;

    RejectReason(String text) {
        this.text = text;
    }

    /** For people. */
    public String text() {
        return text;
    }
}
