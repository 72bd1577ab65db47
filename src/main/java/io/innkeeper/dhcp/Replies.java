package io.innkeeper.dhcp;

import io.innkeeper.dhcp.IndexedSubnet.IndexedReservation;
import io.innkeeper.dhcp.Outcome.Verdict;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the messages that are sent: RFC 2131 §4.3.1, table 3. */
final class Replies {
    /** The vendor area of BOOTP has 64 octets (RFC 951 §3). */
    private static final int BOOTP_SIZE = 300;

    private static final byte[][] TYPES = new byte[14][];

    static {
        for (MessageType type : MessageType.values()) {
            TYPES[type.code()] = new byte[] {(byte) type.code()};
        }
    }

    private final boolean toSource;

    Replies(boolean toSource) {
        this.toSource = toSource;
    }

    /**
     * The server identifier (RFC 2132 §9.7) for a client: what the relay wants it to be (RFC 5107), our address in the
     * client's subnet, our first one on the link, else the one that the packet was sent to; 0 where none is known.
     */
    static int serverId(Request request, Plan.@Nullable Subnet subnet) {
        int override = request.serverIdOverride();
        if (override != 0) {
            return override;
        }
        List<Integer> ours = request.arrival.link().addresses();
        for (int i = 0; subnet != null && i < ours.size(); i++) {
            if (subnet.contains(ours.get(i))) {
                return ours.get(i);
            }
        }
        return ours.isEmpty() ? addressedTo(request) : ours.getFirst();
    }

    /** True where a server identifier is ours. */
    static boolean isOurs(Request request, int serverId) {
        return serverId == request.serverIdOverride()
                || serverId == addressedTo(request)
                || request.arrival.link().addresses().contains(serverId);
    }

    private static int addressedTo(Request request) {
        int to = request.arrival.toAddress();
        return to == -1 ? 0 : to;
    }

    /** The subnet of the address in a reply, where it is one of the client's network; else the one the client is in. */
    static IndexedSubnet subnetOf(Situation s, int address) {
        IndexedSubnet found =
                s.subnet().subnet.contains(address) ? null : s.subnet().network.with(address);
        return found == null ? s.subnet() : found;
    }

    /**
     * An OFFER or ACK with a lease.
     *
     * @param lifetimeS in seconds
     */
    Outcome lease(
            Verdict verdict,
            Situation s,
            OptionSet set,
            int address,
            long lifetimeS,
            List<BindingChange> changes,
            String detail) {
        MessageType type = verdict == Verdict.OFFERED ? MessageType.OFFER : MessageType.ACK;
        Options.Builder options = head(type, s, address);
        options.put(OptionCode.LEASE_TIME, (int) lifetimeS);
        if (lifetimeS != Binding.INFINITE_S) {
            options.put(OptionCode.T1, (int) renewS(set.lifetime, lifetimeS));
            options.put(OptionCode.T2, (int) rebindS(set.lifetime, lifetimeS));
        }
        if (verdict == Verdict.ACKNOWLEDGED && s.request().message.type() == MessageType.DISCOVER) {
            options.put(OptionCode.RAPID_COMMIT, new byte[0]);
        }
        body(s, set, options);
        DhcpMessage reply = message(s.request(), type, address, set.boot, options.build());
        return outcome(verdict, s.request(), type, reply, changes, detail);
    }

    /** The ACK of an INFORM: options, but neither address nor lease (RFC 2131 §4.3.5). */
    Outcome inform(Situation s, OptionSet set) {
        Options.Builder options = head(MessageType.ACK, s, s.request().message.ciaddr());
        body(s, set, options);
        DhcpMessage reply = message(s.request(), MessageType.ACK, 0, set.boot, options.build());
        return outcome(Verdict.INFORMED, s.request(), MessageType.ACK, reply, List.of(), "");
    }

    /** The answer to a BOOTP client (RFC 1534 §2): no message type, no lease time. */
    Outcome bootp(Situation s, OptionSet set, int address, List<BindingChange> changes) {
        Options.Builder options = Options.builder();
        options.put(OptionCode.SUBNET_MASK, set.mask());
        set.put(null, options);
        echo(s.request(), options);
        DhcpMessage reply = message(s.request(), MessageType.ACK, address, set.boot, options.build());
        Route route = ReplyRoute.of(s.request(), MessageType.ACK, address, false, toSource);
        return new Outcome(Verdict.ACKNOWLEDGED, changes, reply, route, null, "BOOTP", BOOTP_SIZE);
    }

    /** A NAK, with the reason in option 56. */
    Outcome refuse(Situation s, int serverId, String reason) {
        Request request = s.request();
        Options.Builder options = Options.builder();
        options.put(OptionCode.MESSAGE_TYPE, TYPES[MessageType.NAK.code()]);
        options.put(OptionCode.SERVER_ID, serverId);
        options.put(OptionCode.MESSAGE, reason.getBytes(StandardCharsets.US_ASCII));
        echo(request, options);
        DhcpMessage reply = message(request, MessageType.NAK, 0, null, options.build());
        Route route = ReplyRoute.of(request, MessageType.NAK, 0, ReplyRoute.isRouted(s), toSource);
        return new Outcome(Verdict.REFUSED, List.of(), reply, route, null, reason, request.maxSize());
    }

    private Outcome outcome(
            Verdict verdict,
            Request request,
            MessageType type,
            DhcpMessage reply,
            List<BindingChange> changes,
            String detail) {
        Route route = ReplyRoute.of(request, type, reply.yiaddr(), false, toSource);
        return new Outcome(verdict, changes, reply, route, null, detail, request.maxSize());
    }

    private static Options.Builder head(MessageType type, Situation s, int address) {
        Options.Builder options = Options.builder();
        options.put(OptionCode.MESSAGE_TYPE, TYPES[type.code()]);
        options.put(OptionCode.SERVER_ID, serverId(s.request(), subnetOf(s, address).subnet));
        return options;
    }

    /** The mask before all others (RFC 2132 §3.3), echoes before what may be left out of a full message. */
    private static void body(Situation s, OptionSet set, Options.Builder options) {
        options.put(OptionCode.SUBNET_MASK, set.mask());
        echo(s.request(), options);
        set.put(s.request().asksFor(), options);
        fqdn(s, set, options);
    }

    /** RFC 6842 (client identifier), RFC 3011 (subnet selection), RFC 3046 (relay information, which is written last). */
    private static void echo(Request request, Options.Builder options) {
        echo(request, OptionCode.CLIENT_ID, options);
        echo(request, OptionCode.SUBNET_SELECTION, options);
        echo(request, OptionCode.RELAY_AGENT, options);
    }

    private static void echo(Request request, int code, Options.Builder options) {
        byte[] sent = request.message.options().get(code);
        if (sent != null) {
            options.put(code, sent);
        }
    }

    /** Only those who sent option 81 get it (RFC 4702 §4), and only where they have a name with us. */
    private static void fqdn(Situation s, OptionSet set, Options.Builder options) {
        byte[] sent = s.request().message.options().get(OptionCode.CLIENT_FQDN);
        IndexedReservation reservation = s.reservation();
        String name = reservation == null ? null : reservation.reserved.name();
        if (sent == null || name == null) {
            return;
        }
        byte[] domain = set.value(OptionCode.DOMAIN_NAME);
        String full = domain == null || name.indexOf('.') >= 0
                ? name
                : name + '.' + new String(domain, StandardCharsets.US_ASCII);
        options.put(OptionCode.CLIENT_FQDN, HostNames.fqdn(sent, full));
    }

    private static DhcpMessage message(
            Request request, MessageType type, int yiaddr, Layer.@Nullable Boot boot, Options options) {
        DhcpMessage asked = request.message;
        boolean nak = type == MessageType.NAK;
        // A relay passes a NAK on by broadcast where this flag asks it to: the client may not have its address
        // (§4.3.2).
        int flags = nak && asked.giaddr() != 0 ? asked.flags() | DhcpMessage.BROADCAST : asked.flags();
        return new DhcpMessage(
                DhcpMessage.REPLY,
                asked.hardwareType(),
                asked.chaddr(),
                0,
                asked.xid(),
                0,
                flags,
                nak || type == MessageType.OFFER ? 0 : asked.ciaddr(),
                yiaddr,
                boot == null ? 0 : boot.nextServer(),
                asked.giaddr(),
                boot == null ? "" : boot.serverName(),
                boot == null ? "" : boot.file(),
                options);
    }

    /** T1: as configured where that is before T2, else half (RFC 2131 §4.4.5). */
    static long renewS(Layer.Lifetime lifetime, long lifetimeS) {
        long t1 = lifetime.renewS();
        return t1 > 0 && t1 < rebindS(lifetime, lifetimeS) ? t1 : lifetimeS / 2;
    }

    /** T2: as configured where that is between half of the lease and its end, else seven eighths. */
    static long rebindS(Layer.Lifetime lifetime, long lifetimeS) {
        long t2 = lifetime.rebindS();
        boolean fits = t2 < lifetimeS && t2 > (lifetime.renewS() > 0 ? lifetime.renewS() : lifetimeS / 2);
        return t2 > 0 && fits ? t2 : lifetimeS * 7 / 8;
    }

    /** How long a lease is, of what the client asks for and the configuration allows. */
    static long lifetimeS(Layer.Lifetime lifetime, Request request) {
        long asked = request.message.options().u32(OptionCode.LEASE_TIME, -1);
        return asked < 0 ? lifetime.usual() : Math.max(lifetime.least(), Math.min(asked, lifetime.most()));
    }
}
