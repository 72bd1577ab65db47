package io.innkeeper.lease;

/**
 * Where a lease was learned.
 *
 * @param origin the kind of source: {@code dnsmasq}, later {@code dhcp4}, {@code rdk}, …
 * @param name which one of its kind, as the configuration names it
 */
public record LeaseSource(String origin, String name) implements Comparable<LeaseSource> {
    /** The origin of leases that a dnsmasq granted. */
    public static final String DNSMASQ = "dnsmasq";

    /** The dnsmasq of that name. */
    public static LeaseSource dnsmasq(String name) {
        return new LeaseSource(DNSMASQ, name);
    }

    @Override
    public int compareTo(LeaseSource other) {
        int byOrigin = origin.compareTo(other.origin);
        return byOrigin != 0 ? byOrigin : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return origin + "/" + name;
    }
}
