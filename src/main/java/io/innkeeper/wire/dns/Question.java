package io.innkeeper.wire.dns;

/**
 * What a query asks (RFC 1035 §4.1.2).
 *
 * @param name as it was written, case included
 * @param type see {@link RecordType}
 * @param dnsClass see {@link DnsClass}
 */
public record Question(DnsName name, int type, int dnsClass) {
    /** A question about the internet. */
    public static Question in(DnsName name, int type) {
        return new Question(name, type, DnsClass.IN);
    }

    /** Such as {@code www.example. IN A}. */
    public String text() {
        return name.absoluteText() + " " + DnsClass.text(dnsClass) + " " + RecordType.text(type);
    }
}
