package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.OptionRegistry;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the server in the form in which it is used: checked, resolved, immutable. A change of the
 * configuration makes a new one.
 *
 * @param mode what is done with requests
 * @param authoritative answer NAK to those who ask for addresses that are not ours to give (RFC 2131 §4.3.2)
 * @param rapidCommit answer DISCOVER with ACK where the client asks so (RFC 4039)
 * @param bootp answer BOOTP clients (RFC 951, RFC 1534 §2) that have a reservation
 * @param answerToSource send every reply to the address and port that the packet came from, whatever it says itself: for
 *     tests without privileges
 * @param offerHoldMs how long an offered address is kept for the client
 * @param declineHoldMs how long a declined or conflicting address is set aside
 * @param networks shared networks; a subnet that is in none has one of its own
 * @param global the weakest layer
 * @param classes in the order of the configuration; later ones are stronger; at most {@link #MAX_CLASSES}
 * @param access who is answered
 * @param limits what a client or relay may take
 * @param probe whether and how addresses are probed before they are offered
 * @param upstreams servers that requests are handed on to, as 32 bits
 * @param rogue servers besides us that are known, as 32 bits: no event tells of them
 * @param registry names and types of options, custom ones included
 */
public record Plan(
        Mode mode,
        boolean authoritative,
        boolean rapidCommit,
        boolean bootp,
        boolean answerToSource,
        long offerHoldMs,
        long declineHoldMs,
        List<Network> networks,
        Layer global,
        List<ClientClass> classes,
        Access access,
        Limits limits,
        Probe probe,
        List<Integer> upstreams,
        Set<Integer> rogue,
        OptionRegistry registry) {
    /** The most classes that a plan may have. */
    public static final int MAX_CLASSES = 64;

    /**
     * Subnets on one link (RFC 2131 §2, "network"): a client may get an address of any of them.
     *
     * @param name unique
     * @param layer what all of them say
     * @param subnets at least one
     */
    public record Network(String name, Layer layer, List<Subnet> subnets) {
        /** Copies the list. */
        public Network {
            subnets = List.copyOf(subnets);
        }
    }

    /**
     * A subnet.
     *
     * @param name the prefix as text, unique
     * @param network its first address, as 32 bits
     * @param length of the prefix, 0 to 32
     * @param layer what it says
     * @param pools in the order in which they are used
     * @param reservations of this subnet
     * @param interfaces the interfaces it is on; empty for those that have an address in it
     * @param relays giaddr values that mean this subnet beside those inside it, as 32 bits
     * @param mode its own mode; null for that of the plan
     * @param access its own rules, asked before those of the plan
     * @param where the configuration line
     */
    public record Subnet(
            String name,
            int network,
            int length,
            Layer layer,
            List<Pool> pools,
            List<Reserved> reservations,
            Set<String> interfaces,
            Set<Integer> relays,
            @Nullable Mode mode,
            Access access,
            String where) {
        /** Copies the collections. */
        public Subnet {
            pools = List.copyOf(pools);
            reservations = List.copyOf(reservations);
            interfaces = Set.copyOf(interfaces);
            relays = Set.copyOf(relays);
        }

        /** The subnet mask, as 32 bits. */
        public int mask() {
            return length == 0 ? 0 : -1 << (32 - length);
        }

        /** True where the address lies in it. */
        public boolean contains(int address) {
            return ((address ^ network) & mask()) == 0;
        }
    }

    /**
     * Addresses to be handed out.
     *
     * @param name unique, such as {@code 192.168.1.100-192.168.1.199}
     * @param first as 32 bits
     * @param last as 32 bits, included; not below first as unsigned numbers
     * @param excluded ranges inside it that are not handed out
     * @param classes the classes whose members may have addresses of it; empty for everybody
     * @param layer what it says
     * @param where the configuration line
     */
    public record Pool(
            String name, int first, int last, List<Range> excluded, Set<String> classes, Layer layer, String where) {
        /** Copies the collections. */
        public Pool {
            excluded = List.copyOf(excluded);
            classes = Set.copyOf(classes);
        }
    }

    /** Addresses from first to last, both included, as 32 bits. */
    public record Range(int first, int last) {}

    /**
     * An address, a name or options for certain clients. A client fits where any of its keys fits: one of the hardware
     * addresses, the client identifier, the DUID inside it (RFC 4361), the relay information, the host name.
     *
     * @param id of the store for one made through the API; empty for one of the configuration
     * @param macs any of them
     * @param clientId or null
     * @param duid or null: fits a client identifier of type 255 that ends with it
     * @param circuitId or null
     * @param remoteId or null
     * @param hostname what the client calls itself; or null
     * @param address as 32 bits, in its subnet; 0 where only name and options are reserved
     * @param name the host name that the client gets; or null
     * @param layer what it says
     * @param where the configuration line, or {@code API}
     */
    public record Reserved(
            String id,
            List<MacAddress> macs,
            @Nullable ClientId clientId,
            @Nullable Octets duid,
            @Nullable Octets circuitId,
            @Nullable Octets remoteId,
            @Nullable String hostname,
            int address,
            @Nullable String name,
            Layer layer,
            String where) {
        /** Copies the list. */
        public Reserved {
            macs = List.copyOf(macs);
        }
    }

    /**
     * A class of clients.
     *
     * @param name unique
     * @param match who is in it
     * @param layer what it says to them
     */
    public record ClientClass(String name, Match match, Layer layer) {}

    /**
     * Who is answered. Asked in this order: exceptions that hold, deny, pass-through, allow; with an allow list, everybody
     * else is refused; without one, everybody else is answered.
     *
     * @param exceptions with an end
     * @param deny these are not answered
     * @param passThrough these are handed on (mode hybrid)
     * @param allow only these are answered; empty for everybody
     * @param allowReserved clients with a reservation count as allowed
     * @param otherwisePassThrough in mode hybrid, whoever no rule names is handed on instead of answered
     * @param randomMacs what is done with locally administered addresses that no rule names
     */
    public record Access(
            List<TimedRule> exceptions,
            List<Rule> deny,
            List<Rule> passThrough,
            List<Rule> allow,
            boolean allowReserved,
            boolean otherwisePassThrough,
            RandomMacs randomMacs) {
        /** Rules that answer everybody. */
        public static final Access EVERYBODY =
                new Access(List.of(), List.of(), List.of(), List.of(), true, false, RandomMacs.ALLOW);

        /** Copies the lists. */
        public Access {
            exceptions = List.copyOf(exceptions);
            deny = List.copyOf(deny);
            passThrough = List.copyOf(passThrough);
            allow = List.copyOf(allow);
        }
    }

    /** What is done with locally administered hardware addresses. */
    public enum RandomMacs {
        ALLOW,
        DENY
    }

    /**
     * One line of a list.
     *
     * @param match whom it names
     * @param where the configuration line
     */
    public record Rule(Match match, String where) {}

    /**
     * A rule for a time.
     *
     * @param match whom it names
     * @param allow answered, or refused
     * @param untilMs its end, in milliseconds since 1970
     * @param where the configuration line, or {@code API}
     */
    public record TimedRule(Match match, boolean allow, long untilMs, String where) {}

    /**
     * Limits; 0 for none.
     *
     * @param leasesPerMac active leases of one hardware address
     * @param leasesPerCircuit active leases behind one circuit (relay and circuit-id together)
     * @param packetsPerClient a second, by hardware address
     * @param packetsPerRelay a second, by giaddr
     * @param offers the most offers that wait for their request
     */
    public record Limits(
            int leasesPerMac, int leasesPerCircuit, int packetsPerClient, int packetsPerRelay, int offers) {
        /** What a home gets without asking. */
        public static final Limits USUAL = new Limits(0, 0, 50, 0, 65_536);
    }

    /**
     * Probing addresses before the first offer.
     *
     * @param arp ask on the link (RFC 5227 §2.1.1)
     * @param icmp send an echo request where the client is behind a relay (RFC 2131 §2.2)
     * @param timeoutMs how long to wait for somebody to answer
     */
    public record Probe(boolean arp, boolean icmp, long timeoutMs) {
        /** No probing. */
        public static final Probe NONE = new Probe(false, false, 0);
    }

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if there are more than {@link #MAX_CLASSES} classes
     */
    public Plan {
        if (classes.size() > MAX_CLASSES) {
            throw new IllegalArgumentException("more than " + MAX_CLASSES + " classes");
        }
        networks = List.copyOf(networks);
        classes = List.copyOf(classes);
        upstreams = List.copyOf(upstreams);
        rogue = Set.copyOf(rogue);
    }
}
