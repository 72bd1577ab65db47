package io.innkeeper.wire.dns;

import io.innkeeper.wire.net.IpAddress;

/**
 * One record (RFC 1035 §4.1.3).
 *
 * @param name its owner
 * @param type see {@link RecordType}; the data are those of this type
 * @param dnsClass see {@link DnsClass}
 * @param ttl seconds, 0 to 2^31 - 1 (RFC 2181 §8)
 * @param data what it says
 */
public record DnsRecord(DnsName name, int type, int dnsClass, long ttl, Rdata data) {
    /** The longest time to live, in seconds. */
    public static final long MAX_TTL = 0x7fff_ffffL;

    /** An A or AAAA record. */
    public static DnsRecord address(DnsName name, long ttl, IpAddress address) {
        int type = address.v6() ? RecordType.AAAA : RecordType.A;
        return new DnsRecord(name, type, DnsClass.IN, ttl, new Rdata.Address(address));
    }

    /** A record that names a host or another name: CNAME, PTR, NS, DNAME. */
    public static DnsRecord host(DnsName name, int type, long ttl, DnsName target) {
        return new DnsRecord(name, type, DnsClass.IN, ttl, new Rdata.Host(target));
    }

    /** The same with another time to live. */
    public DnsRecord withTtl(long seconds) {
        return new DnsRecord(name, type, dnsClass, seconds, data);
    }

    /** True where both belong to one record set (RFC 2181 §5). */
    public boolean sameSet(DnsRecord other) {
        return type == other.type && dnsClass == other.dnsClass && name.equals(other.name);
    }

    /** A line of a zone file. */
    public String text() {
        return name.absoluteText() + " " + ttl + " " + DnsClass.text(dnsClass) + " " + RecordType.text(type) + " "
                + data.text();
    }
}
