package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.RelayInfo;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notices DHCP servers that are neither we nor known: by what they answer, and by clients that name them. Tells of each once
 * in {@link #QUIET_MS}, and of no more than {@link #MAX_FINDINGS} in that time: a server that makes up a new identifier for
 * each message must not fill the event log. Pure; belongs to one thread.
 */
public final class RogueWatch {
    /** For so long nothing more is told of the same server. */
    public static final long QUIET_MS = 600_000;

    /** The most findings in {@link #QUIET_MS}. */
    public static final int MAX_FINDINGS = 100;

    /** How often a server was noticed since it was told of. */
    private static final class Told {
        long again;
    }

    private Set<Integer> known;
    private final RecentTable<Integer, Told> told = new RecentTable<>(MAX_FINDINGS, QUIET_MS);
    /** What a server did while nothing was told of it, kept longer than the table of those told. */
    private final RecentTable<Integer, Told> earlier = new RecentTable<>(MAX_FINDINGS, 2 * QUIET_MS);

    private Set<Integer> own = Set.of();
    private long noticed;
    private long folded;

    /**
     * A watch that keeps silent about these.
     *
     * @param known upstreams and other servers that may be there, as 32 bits
     */
    public RogueWatch(Collection<Integer> known) {
        this.known = Set.copyOf(known);
    }

    /** Servers to keep silent about, as 32 bits, in place of those before. What was told of others stays told. */
    public void known(Collection<Integer> servers) {
        known = Set.copyOf(servers);
    }

    /** Our own addresses, as 32 bits, in place of those before. */
    public void own(Collection<Integer> addresses) {
        own = Set.copyOf(addresses);
    }

    /**
     * Looks at a message of any kind; null where there is nothing to tell.
     *
     * @param senderMac the hardware address of the frame, where it is known
     */
    public @Nullable RogueFinding look(
            DhcpMessage message, Arrival arrival, @Nullable MacAddress senderMac, long nowMs) {
        MessageType type = message.type();
        if (type == null) {
            return null;
        }
        boolean reply = message.op() == DhcpMessage.REPLY
                && (type == MessageType.OFFER || type == MessageType.ACK || type == MessageType.NAK);
        boolean request = message.op() == DhcpMessage.REQUEST && type == MessageType.REQUEST;
        int server = message.options().address(OptionCode.SERVER_ID);
        if (reply && server == 0) {
            server = arrival.fromAddress();
        }
        if (!(reply || request) || isKnown(server) || (request && isRelays(message, server))) {
            return null;
        }
        noticed++;
        return isToBeTold(server, nowMs)
                ? finding(type, server, message, arrival, reply ? senderMac : null, nowMs)
                : null;
    }

    private boolean isKnown(int server) {
        return server == 0 || own.contains(server) || known.contains(server);
    }

    /** A relay may put its own address in the place of the server's (RFC 5107). */
    private static boolean isRelays(DhcpMessage message, int server) {
        return server == message.giaddr() || server == RelayInfo.of(message).serverOverride();
    }

    private boolean isToBeTold(int server, long nowMs) {
        Told before = told.get(server, nowMs);
        if (before != null) {
            before.again++;
            folded++;
            return false;
        }
        told.pollEnded(nowMs);
        if (told.size() >= MAX_FINDINGS) {
            folded++;
            return false;
        }
        return true;
    }

    private RogueFinding finding(
            MessageType type,
            int server,
            DhcpMessage message,
            Arrival arrival,
            @Nullable MacAddress senderMac,
            long nowMs) {
        Told last = earlier.get(server, nowMs);
        Told now = new Told();
        told.put(server, now, nowMs);
        earlier.put(server, now, nowMs);
        int asked = message.options().address(OptionCode.REQUESTED_ADDRESS);
        int address = message.op() == DhcpMessage.REPLY ? message.yiaddr() : asked;
        return new RogueFinding(
                Instant.ofEpochMilli(nowMs),
                IpAddress.v4(server),
                senderMac,
                arrival.link().name(),
                message.chaddr(),
                type,
                address == 0 ? null : IpAddress.v4(address),
                addresses(message, OptionCode.ROUTER),
                addresses(message, OptionCode.DNS),
                last == null ? 0 : last.again);
    }

    private static List<IpAddress> addresses(DhcpMessage message, int code) {
        return message.op() == DhcpMessage.REPLY
                ? Arrays.stream(message.options().addresses(code))
                        .limit(RogueFinding.MAX_ADDRESSES)
                        .mapToObj(IpAddress::v4)
                        .toList()
                : List.of();
    }

    /** How many messages told of servers that should not be there. */
    public long noticed() {
        return noticed;
    }

    /** How many of them led to no finding of their own. */
    public long folded() {
        return folded;
    }
}
