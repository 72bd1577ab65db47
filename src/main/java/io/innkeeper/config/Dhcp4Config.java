package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code dhcp4}.
 *
 * @param mode what is done with requests
 * @param interfaces where to serve; empty with {@code listen}
 * @param listen relayed requests only, on this address; null with {@code interfaces}
 * @param answerToSource answer where the request came from
 * @param authoritative say no to requests for addresses that are not ours to give
 * @param rapidCommit acknowledge at once where the client asks so (RFC 4039)
 * @param bootp answer BOOTP clients that have a reservation
 * @param offerHold how long an offered address is kept
 * @param declineHold how long a conflicting address is set aside
 * @param level what is said to all clients
 * @param conflictCheck null for none
 * @param limits what a client may take
 * @param customOptions options of the user
 * @param classes later ones are stronger
 * @param sharedNetworks subnets on one link
 * @param subnets subnets that have a link of their own
 * @param access who is answered
 * @param upstreams servers that requests are handed on to
 * @param rogue other servers
 * @param journal where leases last
 */
@Doc("A DHCPv4 server. Off without this section. It answers on `interfaces` or `listen`, of which one must be given.")
public record Dhcp4Config(
        @Doc(
                "What is done with requests: `selective` answers those whom `access` allows, `pass-through` hands all on to the `upstreams`, `hybrid` does either by the rules, `shadow` answers nothing and compares.")
        @Default("selective")
        Dhcp4Mode mode,

        @Doc("The interfaces to serve. They may appear later.")
        @OneOrMany
        @Matches(pattern = Dhcp4Config.INTERFACE, words = "a name of an interface such as eth0")
        List<String> interfaces,

        @Doc(
                "In place of `interfaces`: an address and port, for relayed requests only. It needs no privileges where the port is above 1023.")
        @Nullable
        ListenAddress listen,

        @Doc("Answer to the address and port that a request came from; for tests.") @Default("false")
        boolean answerToSource,

        @Doc(
                "Say no (NAK) to clients that ask for addresses which are wrong for their network. Turn it off beside another server that owns the network.")
        @Default("true")
        boolean authoritative,

        @Doc(
                "Acknowledge at once, without an offer, where the client asks so (RFC 4039). Only where this is the only server.")
        @Default("false")
        boolean rapidCommit,

        @Doc("Answer BOOTP clients that have a reservation.") @Default("true")
        boolean bootp,

        @Doc("How long an offered address is kept for the client.") @Default("60s") @Range(min = "1s", max = "1h")
        Duration offerHold,

        @Doc("How long an address is set aside that a client declined, or that somebody else was found to use.")
        @Default("1h")
        @Range(min = "1s", max = "30d")
        Duration declineHold,

        @Inline Dhcp4Level level,

        @Doc(
                "Asks whether somebody uses an address before it is offered for the first time: `on`, `off`, or a section.")
        @Default("on")
        @Nullable
        Dhcp4ConflictCheck conflictCheck,

        @Doc("What a client or a relay may take.") Dhcp4Limits limits,

        @Doc("Options of your own.") @ByName List<Dhcp4CustomOption> customOptions,

        @Doc("Classes of clients, later ones stronger.") @ByName
        List<Dhcp4Class> classes,

        @Doc("Subnets that share a link.") @ByName List<Dhcp4SharedNetwork> sharedNetworks,

        @Doc("Subnets that have a link of their own.") @ByName
        List<Dhcp4Subnet> subnets,

        @Doc("Who is answered.") Dhcp4Access access,

        @Doc("The servers that requests are handed on to, in modes `pass-through` and `hybrid`.")
        @OneOrMany
        @Matches(pattern = Dhcp4Config.V4, words = "an IPv4 address")
        List<IpAddress> upstreams,

        @Doc("Other DHCP servers on the network.") Dhcp4Rogue rogue,

        @Doc("Where leases are written before clients hear of them.")
        Dhcp4Journal journal) {

    /** An IPv4 address. */
    static final String V4 = "^[0-9]{1,3}(\\.[0-9]{1,3}){3}$";

    /** A name of a thing of the configuration. */
    static final String NAME = "^[A-Za-z0-9]([A-Za-z0-9._-]{0,62})$";

    /** A name of an interface, as Linux allows them. */
    static final String INTERFACE = "^[^/ \\t:]{1,15}$";

    /** Copies the lists. */
    public Dhcp4Config {
        interfaces = List.copyOf(interfaces);
        customOptions = List.copyOf(customOptions);
        classes = List.copyOf(classes);
        sharedNetworks = List.copyOf(sharedNetworks);
        subnets = List.copyOf(subnets);
        upstreams = List.copyOf(upstreams);
    }

    /** All subnets, those of shared networks too, in the order of the configuration. */
    public List<Dhcp4Subnet> allSubnets() {
        return Stream.concat(sharedNetworks.stream().flatMap(network -> network.subnets().stream()), subnets.stream())
                .toList();
    }
}
