package io.innkeeper.lease;

/**
 * Where a lease was learned.
 *
 * @param origin the kind of source: {@code dnsmasq}, {@code dhcp4}, {@code rdk}, …
 * @param name which one of its kind, as the configuration names it
 */
public record LeaseSource(String origin, String name) implements Comparable<LeaseSource> {
    /** The origin of leases that a dnsmasq granted. */
    public static final String DNSMASQ = "dnsmasq";

    /** The origin of leases that our own DHCP server granted. */
    public static final String DHCP4 = "dhcp4";

    /** The origin of leases that plugins of DHCP clients told of, by the interface that they are of. */
    public static final String RDK = "rdk";

    /** Our own DHCP server. */
    public static final LeaseSource SERVER = new LeaseSource(DHCP4, "server");

    /** The dnsmasq of that name. */
    public static LeaseSource dnsmasq(String name) {
        return new LeaseSource(DNSMASQ, name);
    }

    /** The DHCP clients of an interface, as their plugins tell of them. */
    public static LeaseSource rdk(String ifname) {
        return new LeaseSource(RDK, ifname);
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
