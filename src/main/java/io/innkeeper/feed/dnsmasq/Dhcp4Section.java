package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.List;

/**
 * A section {@code dhcp4} of our configuration that says what dnsmasq's configuration says: subnets, pools, lease times,
 * reservations and the options that have a counterpart. A proposal: whoever uses it reads it first.
 *
 * @param yaml the section, in mode {@code shadow}, with {@link #notes} as comments at its end; only comments where dnsmasq
 *     hands out no IPv4 addresses
 * @param notes what was not translated, with file and line, and what was guessed
 */
public record Dhcp4Section(String yaml, List<String> notes) {
    /** Copies the list. */
    public Dhcp4Section {
        notes = List.copyOf(notes);
    }

    /**
     * An address of this machine, on which dnsmasq is thought to run.
     *
     * @param interfaceName where it is
     * @param address IPv4
     * @param prefixLength of its network
     */
    public record LocalAddress(String interfaceName, IpAddress address, int prefixLength) {
        /** Its network. */
        public Prefix network() {
            return new Prefix(address, prefixLength);
        }
    }

    /**
     * The section for a dnsmasq. Pure.
     *
     * @param local the addresses of this machine: they tell the networks of ranges without netmask, the names of interfaces,
     *     and what dnsmasq means where it names itself
     */
    public static Dhcp4Section of(DnsmasqSetup setup, List<LocalAddress> local) {
        return new SectionWriter(setup, local).write();
    }
}
