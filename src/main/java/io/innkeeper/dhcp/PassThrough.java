package io.innkeeper.dhcp;

import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import io.innkeeper.wire.dhcp4.RelayInfo;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands requests on to other servers as a relay does, their replies back to the clients, and learns the leases that pass (RFC
 * 1542 §4.1, RFC 3046, RFC 2131 §4.1). A renewal that a client sends straight to its server passes us only where {@link
 * Settings#renewThroughUs} is set: then clients are told that we are the server (RFC 5107), and a server that does not know
 * that option is translated for. Pure; belongs to one thread. Times are milliseconds since 1970.
 */
public final class PassThrough {
    /** Where the leases come from that are learned here. */
    public static final LeaseSource SOURCE = new LeaseSource("dhcp4", "pass-through");

    /** A request that passed this many relays is dropped (RFC 1542 §4.1.1). */
    public static final int MAX_HOPS = 16;

    /** The most requests whose reply is waited for; the oldest are forgotten. */
    public static final int MAX_WAITING = 10_000;

    /** For so long a reply counts as the answer to a request. */
    public static final long WAIT_MS = 60_000;

    private static final int CLIENT_PORT = 68;

    /**
     * How requests are handed on.
     *
     * @param upstreams the servers, as 32 bits; replies of others are dropped
     * @param remoteId sub-option 2 of option 82; empty for none
     * @param renewThroughUs clients are told that we are the server, so that renewals pass us (RFC 5107)
     * @param relayAddress giaddr in place of our address on the client's link, where servers cannot reach that one; the link is
     *     then told by link selection (RFC 3527). 0 for our address on the link
     * @param trustRelayInfo requests without giaddr but with option 82 are handed on: a switch may have put it there. Without,
     *     they are dropped (RFC 3046 §2.1)
     */
    public record Settings(
            List<Integer> upstreams,
            Octets remoteId,
            boolean renewThroughUs,
            int relayAddress,
            boolean trustRelayInfo) {
        /** Copies the list. */
        public Settings {
            upstreams = List.copyOf(upstreams);
            if (remoteId.length() > 255) {
                throw new IllegalArgumentException("a remote-id has at most 255 octets");
            }
        }

        /** The usual ones: these servers, renewals through us, option 82 of switches is trusted. */
        public static Settings of(List<Integer> upstreams) {
            return new Settings(upstreams, Octets.EMPTY, true, 0, true);
        }
    }

    private record Key(int xid, @Nullable MacAddress mac) {}

    private Settings settings;
    private final RecentTable<Key, PassedRequest> waiting = new RecentTable<>(MAX_WAITING, WAIT_MS);
    private final LearnedLeases leases = new LearnedLeases(SOURCE, LearnedLeases.MAX_LEASES);
    private final Map<Integer, Arrival.Link> linkOf = new HashMap<>();
    private final Map<Octets, Arrival.Link> linkByCircuit = new HashMap<>();
    private Set<Integer> ownAddresses = Set.of();
    private long forgotten;

    /** With nothing learned yet, and no links. */
    public PassThrough(Settings settings) {
        this.settings = settings;
    }

    /** Our links with their addresses, in place of those before. */
    public void links(Collection<Arrival.Link> links) {
        linkOf.clear();
        linkByCircuit.clear();
        for (Arrival.Link link : links) {
            linkByCircuit.put(circuit(link), link);
            link.addresses().forEach(address -> linkOf.putIfAbsent(address, link));
        }
        ownAddresses = Set.copyOf(linkOf.keySet());
    }

    /**
     * Goes on by other settings. What servers granted that are no upstreams any more ends with the next {@link #expire}: nobody
     * would tell us of it again.
     */
    public void settings(Settings next) {
        Set<Integer> gone = new HashSet<>(settings.upstreams());
        next.upstreams().forEach(gone::remove);
        settings = next;
        leases.endOf(gone);
    }

    /** Leases that were learned in an earlier run and still stood when it ended: so that their end is noticed. */
    public void restore(Collection<LeaseFact> facts) {
        leases.restore(facts);
    }

    // ---- from clients to servers

    /** What becomes of a request: {@link PassedOn.ToServers} or {@link PassedOn.Dropped}. */
    public PassedOn toServers(DhcpMessage request, Arrival arrival, long nowMs) {
        PassedOn.Reason obstacle = obstacle(request, arrival);
        if (obstacle != null) {
            return new PassedOn.Dropped(obstacle);
        }
        if (request.giaddr() != 0) {
            // Another relay's: its server answers it, not us.
            DhcpMessage same = with(request, request.hops() + 1, request.giaddr(), request.options());
            return new PassedOn.ToServers(same, settings.upstreams(), leases.nothing());
        }
        int here = addressOn(arrival);
        int giaddr = settings.relayAddress() == 0 ? here : settings.relayAddress();
        LearnedLeases.Origin origin = origin(request, arrival, nowMs);
        Options options = optionsToServers(request, arrival.link(), here, origin.identifier());
        remember(request, arrival.link(), nowMs);
        List<Integer> servers =
                settings.upstreams().contains(origin.upstream()) ? List.of(origin.upstream()) : settings.upstreams();
        return new PassedOn.ToServers(with(request, request.hops() + 1, giaddr, options), servers, givenBack(request));
    }

    private PassedOn.@Nullable Reason obstacle(DhcpMessage request, Arrival arrival) {
        if (request.op() != DhcpMessage.REQUEST) {
            return PassedOn.Reason.WRONG_DIRECTION;
        }
        if (settings.upstreams().isEmpty()) {
            return PassedOn.Reason.NO_SERVER;
        }
        if (isOurs(request.giaddr())) {
            return PassedOn.Reason.LOOP;
        }
        if (request.hops() >= MAX_HOPS) {
            return PassedOn.Reason.TOO_MANY_HOPS;
        }
        if (request.giaddr() != 0) {
            return null;
        }
        if (arrival.link().addresses().isEmpty()) {
            return PassedOn.Reason.NO_ADDRESS;
        }
        boolean marked = request.options().has(OptionCode.RELAY_AGENT);
        return marked && !settings.trustRelayInfo() ? PassedOn.Reason.UNTRUSTED_RELAY_INFO : null;
    }

    private boolean isOurs(int address) {
        return address != 0 && (address == settings.relayAddress() || ownAddresses.contains(address));
    }

    /** Our address on the client's link: the one that it spoke to, else the first. */
    private static int addressOn(Arrival arrival) {
        List<Integer> addresses = arrival.link().addresses();
        return addresses.contains(arrival.toAddress()) ? arrival.toAddress() : addresses.getFirst();
    }

    /**
     * The server that the message is for: where it names us as its server, or was sent to us alone, we stand for one of the
     * upstreams, and the others must not hear it: each would believe itself named.
     */
    private LearnedLeases.Origin origin(DhcpMessage request, Arrival arrival, long nowMs) {
        List<Integer> here = arrival.link().addresses();
        boolean forOne = here.contains(arrival.toAddress())
                || here.contains(request.options().address(OptionCode.SERVER_ID));
        if (!settings.renewThroughUs() || !forOne) {
            return LearnedLeases.Origin.UNKNOWN;
        }
        int address =
                request.ciaddr() != 0 ? request.ciaddr() : request.options().address(OptionCode.REQUESTED_ADDRESS);
        PassedRequest earlier = waiting.get(key(request), nowMs);
        LearnedLeases.Origin offered = earlier == null ? null : earlier.offered(address);
        return offered != null ? offered : leases.originOf(address, PassedRequest.client(request));
    }

    private Options optionsToServers(DhcpMessage request, Arrival.Link link, int here, int server) {
        Options.Builder options = request.options().toBuilder();
        if (server != 0 && link.addresses().contains(request.options().address(OptionCode.SERVER_ID))) {
            options.put(OptionCode.SERVER_ID, server);
        }
        if (!request.options().has(OptionCode.RELAY_AGENT)) {
            options.put(OptionCode.RELAY_AGENT, relayInfo(link, here));
        }
        return options.build();
    }

    private byte[] relayInfo(Arrival.Link link, int here) {
        RelayOption info = new RelayOption();
        Octets circuit = circuit(link);
        if (circuit.length() > 0 && circuit.length() <= 255) {
            info.put(RelayOption.CIRCUIT_ID, circuit.toArray());
        }
        if (settings.remoteId().length() > 0) {
            info.put(RelayOption.REMOTE_ID, settings.remoteId().toArray());
        }
        if (settings.relayAddress() != 0) {
            info.put(RelayOption.LINK_SELECTION, here);
        }
        if (settings.renewThroughUs()) {
            info.put(RelayOption.SERVER_ID_OVERRIDE, here);
        }
        return info.toArray();
    }

    private void remember(DhcpMessage request, Arrival.Link link, long nowMs) {
        MessageType type = request.type();
        if (type == MessageType.DISCOVER || type == MessageType.REQUEST || type == MessageType.INFORM) {
            PassedRequest earlier = waiting.get(key(request), nowMs);
            PassedRequest passed = PassedRequest.of(type, request, link, earlier);
            forgotten += waiting.put(key(request), passed, nowMs) == null ? 0 : 1;
        }
    }

    private static Key key(DhcpMessage message) {
        return new Key(message.xid(), message.chaddr());
    }

    private LeaseReport givenBack(DhcpMessage request) {
        int address = request.type() == MessageType.RELEASE
                ? request.ciaddr()
                : request.type() == MessageType.DECLINE ? request.options().address(OptionCode.REQUESTED_ADDRESS) : 0;
        return address == 0 ? leases.nothing() : leases.givenBack(IpAddress.v4(address), PassedRequest.client(request));
    }

    // ---- from servers to clients

    /** What becomes of a reply: {@link PassedOn.ToClient} or {@link PassedOn.Dropped}. */
    public PassedOn toClient(DhcpMessage reply, Arrival arrival, long nowMs) {
        if (reply.op() != DhcpMessage.REPLY) {
            return new PassedOn.Dropped(PassedOn.Reason.WRONG_DIRECTION);
        }
        if (!settings.upstreams().contains(arrival.fromAddress())) {
            return new PassedOn.Dropped(PassedOn.Reason.UNKNOWN_SERVER);
        }
        PassedRequest request = waiting.get(key(reply), nowMs);
        Arrival.Link link = linkOf(reply, request);
        if (link == null) {
            return new PassedOn.Dropped(PassedOn.Reason.NOT_OURS);
        }
        LearnedLeases.Origin origin =
                new LearnedLeases.Origin(reply.options().address(OptionCode.SERVER_ID), arrival.fromAddress());
        if (request != null) {
            request.answered(reply.yiaddr(), origin);
        }
        DhcpMessage message = with(reply, reply.hops(), reply.giaddr(), optionsToClient(reply, link));
        LeaseFact fact = request == null ? null : request.granted(reply, nowMs);
        LeaseReport learned = fact == null ? leases.nothing() : leases.learn(fact, origin);
        return new PassedOn.ToClient(message, route(reply, request, link), learned);
    }

    private Arrival.@Nullable Link linkOf(DhcpMessage reply, @Nullable PassedRequest request) {
        Arrival.Link link = linkOf.get(reply.giaddr());
        if (reply.giaddr() == 0 || reply.giaddr() != settings.relayAddress()) {
            return link;
        }
        // The relay's address says nothing of the client's link: our own mark in the reply does, else the request.
        Octets circuit = RelayInfo.of(reply).circuitId();
        Arrival.Link marked = circuit == null ? null : linkByCircuit.get(circuit);
        return marked != null ? marked : request != null ? request.link : link;
    }

    private Options optionsToClient(DhcpMessage reply, Arrival.Link link) {
        Options.Builder options = Options.builder();
        int here = link.addresses().contains(reply.giaddr())
                ? reply.giaddr()
                : link.addresses().isEmpty() ? 0 : link.addresses().getFirst();
        boolean translated = settings.renewThroughUs() && here != 0;
        for (int i = 0; i < reply.options().size(); i++) {
            int code = reply.options().codeAt(i);
            if (code == OptionCode.SERVER_ID && translated) {
                options.put(code, here);
            } else if (code != OptionCode.RELAY_AGENT || !isOurMark(reply, link)) {
                options.put(code, reply.options().valueAt(i));
            }
        }
        return options.build();
    }

    /**
     * True for option 82 as we write it, sub-options missing that the server does not know; what a switch between us and the
     * client put there is for that switch.
     */
    private boolean isOurMark(DhcpMessage reply, Arrival.Link link) {
        Octets circuit = RelayInfo.of(reply).circuitId();
        Octets remote = RelayInfo.of(reply).remoteId();
        boolean ourRemote = remote == null || remote.equals(settings.remoteId());
        return ourRemote && circuit != null && circuit.equals(circuit(link));
    }

    private static Octets circuit(Arrival.Link link) {
        return Octets.of(link.name().getBytes(StandardCharsets.UTF_8));
    }

    private static Route route(DhcpMessage reply, @Nullable PassedRequest request, Arrival.Link link) {
        if (reply.type() == MessageType.NAK) {
            return new Route.Broadcast(link.index());
        }
        // RFC 2131 table 3 lets servers leave ciaddr empty in an ACK.
        int ciaddr = reply.ciaddr() != 0 || request == null ? reply.ciaddr() : request.ciaddr;
        if (ciaddr != 0) {
            return new Route.Unicast(ciaddr, CLIENT_PORT);
        }
        MacAddress mac = reply.chaddr();
        boolean addressable = mac != null && mac.isEthernet() && reply.yiaddr() != 0 && link.index() != 0;
        return reply.wantsBroadcast() || !addressable || mac == null
                ? new Route.Broadcast(link.index())
                : new Route.LinkLayer(link.index(), mac, reply.yiaddr());
    }

    private static DhcpMessage with(DhcpMessage message, int hops, int giaddr, Options options) {
        return new DhcpMessage(
                message.op(),
                message.hardwareType(),
                message.chaddr(),
                hops,
                message.xid(),
                message.secs(),
                message.flags(),
                message.ciaddr(),
                message.yiaddr(),
                message.siaddr(),
                giaddr,
                message.sname(),
                message.file(),
                options);
    }

    // ---- time

    /** Learned leases whose end has come without a renewal that passed us; call again where some came back. */
    public LeaseReport expire(long nowMs) {
        return leases.expire(nowMs);
    }

    /** How many leases are learned and stand. */
    public int leaseCount() {
        return leases.size();
    }

    /** How many leases were not learned because there were too many. */
    public long notLearned() {
        return leases.notLearned();
    }

    /** How many requests were forgotten before their time because too many waited: their leases were not learned. */
    public long forgotten() {
        return forgotten;
    }
}
