package io.innkeeper.dhcp;

import io.innkeeper.dhcp.ShadowedRequest.Asked;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.Offer;
import io.innkeeper.view.ShadowDifference;
import io.innkeeper.view.ShadowField;
import io.innkeeper.view.ShadowReport;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers nothing, but computes what we would answer and compares that with what the real server answers. Has an engine and a
 * book of its own, whose changes are never stored; what the real server grants is entered in the book, so that later messages
 * are judged by the same leases. Pure; belongs to one thread. Times are milliseconds since 1970.
 */
public final class Shadow {
    /** For so long an answer of the real server is waited for. */
    public static final long SILENCE_MS = 5_000;

    /** The most requests that wait for their answer; the oldest are forgotten. */
    public static final int MAX_WAITING = 4_000;

    /** The most leases outside our pools and reservations that are entered: whoever sends replies can make up any address. */
    public static final int MAX_OUTSIDE = 10_000;

    private static final int ENDS_AT_ONCE = 1_000;

    private record Key(int xid, @Nullable MacAddress mac, Asked asked) {}

    private final DhcpEngine engine;
    private final BindingBook book;
    private final RecentTable<Key, ShadowedRequest> waiting = new RecentTable<>(MAX_WAITING, SILENCE_MS);
    private final ShadowResults results = new ShadowResults();
    private final Instant since;
    private int outside;
    private long unmatched;
    private long forgotten;

    /**
     * A shadow with an engine that nobody else uses.
     *
     * @param engine with a plan of {@link #scratch}, and a book that holds the leases known so far, if any
     * @param nowMs when the comparison begins
     */
    public Shadow(DhcpEngine engine, long nowMs) {
        this.engine = engine;
        this.book = engine.book();
        this.since = Instant.ofEpochMilli(nowMs);
    }

    /**
     * The plan as a shadow follows it: it answers where the plan's rules answer, probes nothing, and counts no packets, as it
     * may hear the same one twice.
     */
    public static Plan scratch(Plan plan) {
        Plan.Limits limits = plan.limits();
        return new Plan(
                Mode.SELECTIVE,
                plan.authoritative(),
                plan.rapidCommit(),
                plan.bootp(),
                false,
                plan.offerHoldMs(),
                plan.declineHoldMs(),
                plan.networks(),
                plan.global(),
                plan.classes(),
                plan.access(),
                new Plan.Limits(limits.leasesPerMac(), limits.leasesPerCircuit(), 0, 0, limits.offers()),
                Plan.Probe.NONE,
                plan.upstreams(),
                plan.rogue(),
                plan.registry());
    }

    /** Goes on by another configuration; what was found so far stays. */
    public void plan(Plan plan) {
        engine.plan(scratch(plan));
    }

    /** Looks at a message of whatever direction. */
    public void look(DhcpMessage message, Arrival arrival, long nowMs) {
        tick(nowMs);
        if (message.op() == DhcpMessage.REPLY) {
            reply(message, nowMs);
        } else {
            request(message, arrival, nowMs);
        }
    }

    /** Takes note of time that passed: requests without an answer, leases that ended. */
    public void tick(long nowMs) {
        for (ShadowedRequest over = waiting.pollEnded(nowMs); over != null; over = waiting.pollEnded(nowMs)) {
            if (!over.answered) {
                unanswered(over, nowMs);
            }
        }
        engine.expire(nowMs, ENDS_AT_ONCE);
    }

    // ---- what clients ask

    private void request(DhcpMessage message, Arrival arrival, long nowMs) {
        Request seen = new Request(message, arrival);
        int named = message.options().address(OptionCode.SERVER_ID);
        int wanted = message.options().address(OptionCode.REQUESTED_ADDRESS);
        if (message.type() == MessageType.REQUEST && named != 0 && wanted != 0) {
            chosen(message, named, wanted, nowMs);
            makeRoom(wanted, seen.client);
        }
        Outcome ours = engine.handle(asToUs(seen, named), arrival, nowMs);
        Asked asked = Asked.of(message);
        ClientId client = seen.client;
        if (asked == null || client == null) {
            return;
        }
        Key key = new Key(message.xid(), message.chaddr(), asked);
        forgotten += waiting.put(key, new ShadowedRequest(asked, seen, client, ours), nowMs) == null ? 0 : 1;
    }

    /** The same message, said to us: what counts is what we would say in the place of the real server. */
    private static DhcpMessage asToUs(Request request, int named) {
        DhcpMessage m = request.message;
        int us = Replies.serverId(request, null);
        if (named == 0 || us == 0) {
            return m;
        }
        return new DhcpMessage(
                m.op(),
                m.hardwareType(),
                m.chaddr(),
                m.hops(),
                m.xid(),
                m.secs(),
                m.flags(),
                m.ciaddr(),
                m.yiaddr(),
                m.siaddr(),
                m.giaddr(),
                m.sname(),
                m.file(),
                m.options().toBuilder().put(OptionCode.SERVER_ID, us).build());
    }

    /** The client chose an offer: if we have not seen that, it went to the client alone. Its address is known now. */
    private void chosen(DhcpMessage message, int server, int address, long nowMs) {
        ShadowedRequest discover = waiting.remove(new Key(message.xid(), message.chaddr(), Asked.DISCOVER));
        if (discover == null || discover.answered) {
            return;
        }
        DhcpMessage offer = discover.ours.reply();
        int ours = offer == null ? 0 : offer.yiaddr();
        List<ShadowField> fields = offer == null
                ? List.of(silence(discover, "OFFER " + ReplyComparison.text(address)))
                : ReplyComparison.addresses(address, ours, this::isInPool, book::isReserved, message);
        String real = "OFFER " + ReplyComparison.text(address) + " (not seen; the client asks for it)";
        add(discover, ReplyComparison.text(server), real, fields, false, nowMs);
    }

    /** What the real server gives to one client we do not keep for another. */
    private void makeRoom(int address, @Nullable ClientId client) {
        Offer offer = book.offerAt(address);
        if (offer != null && (client == null || !offer.client().equals(client))) {
            book.withdraw(address);
        }
    }

    // ---- what the real server answers

    private void reply(DhcpMessage reply, long nowMs) {
        ShadowedRequest request = requestOf(reply, nowMs);
        if (request == null) {
            unmatched++;
            return;
        }
        if (request.answered) {
            return;
        }
        request.answered = true;
        int server = reply.options().address(OptionCode.SERVER_ID);
        DhcpMessage ours = request.ours.reply();
        List<ShadowField> fields = ours == null
                ? List.of(silence(request, ReplyComparison.words(reply)))
                : comparison(request, reply, ours).fields();
        String by = server == 0 ? null : IpAddress.v4(server).toString();
        add(request, by, ReplyComparison.words(reply), fields, false, nowMs);
        if (reply.type() == MessageType.OFFER) {
            makeRoom(reply.yiaddr(), request.client);
        }
        Binding granted = request.granted(reply, book.isReserved(reply.yiaddr()), nowMs);
        if (granted != null) {
            enter(granted, nowMs);
        }
    }

    private @Nullable ShadowedRequest requestOf(DhcpMessage reply, long nowMs) {
        MessageType type = reply.type();
        if (type == null) {
            return reply.options().has(OptionCode.MESSAGE_TYPE) ? null : waiting(reply, Asked.BOOTP, nowMs);
        }
        return switch (type) {
            case OFFER -> waiting(reply, Asked.DISCOVER, nowMs);
            case NAK -> waiting(reply, Asked.REQUEST, nowMs);
            case ACK -> acknowledged(reply, nowMs);
            default -> null;
        };
    }

    private @Nullable ShadowedRequest acknowledged(DhcpMessage reply, long nowMs) {
        if (reply.options().has(OptionCode.RAPID_COMMIT)) {
            return waiting(reply, Asked.DISCOVER, nowMs);
        }
        ShadowedRequest request = waiting(reply, reply.yiaddr() == 0 ? Asked.INFORM : Asked.REQUEST, nowMs);
        return request != null ? request : waiting(reply, Asked.INFORM, nowMs);
    }

    private @Nullable ShadowedRequest waiting(DhcpMessage reply, Asked asked, long nowMs) {
        return waiting.get(new Key(reply.xid(), reply.chaddr(), asked), nowMs);
    }

    private boolean isInPool(int address) {
        return book.poolOf(address) != null;
    }

    /** The real server's word counts: whoever else had the address in our book has it no more. */
    private void enter(Binding granted, long nowMs) {
        int address = granted.address();
        Binding before = book.at(address);
        boolean known = before != null || isInPool(address) || book.isReserved(address);
        if (!known && outside >= MAX_OUTSIDE) {
            return;
        }
        outside += known ? 0 : 1;
        if (before != null && before.isActive() && !before.client().equals(granted.client())) {
            book.release(address, nowMs);
        }
        book.grant(granted, nowMs);
    }

    // ---- results

    private void unanswered(ShadowedRequest request, long nowMs) {
        DhcpMessage ours = request.ours.reply();
        if (ours == null) {
            add(request, null, "silence", List.of(), false, nowMs);
            return;
        }
        String meaning =
                "we would answer, and no answer of the real server was seen: it does not serve this client, or it"
                        + " answered the client alone, which cannot be heard from here";
        List<ShadowField> fields = List.of(new ShadowField("message", null, ReplyComparison.words(ours), meaning));
        add(request, null, "not seen", fields, true, nowMs);
    }

    private static ShadowField silence(ShadowedRequest request, String real) {
        String detail = request.ours.detail();
        String why = detail.isEmpty() ? "" : " (" + detail + ")";
        String meaning = switch (request.ours.verdict()) {
            case DENIED -> "your access rules refuse this client" + why + ": allow it if it is to be served";
            case NO_SUBNET -> "no subnet of your configuration is meant" + why + ": add the subnet of this client";
            case NO_ADDRESS ->
                "no address of your pools is left for this client" + why + ": add a pool or a reservation";
            case OVER_LIMIT -> "a limit of your configuration is reached" + why + ": raise it under limits";
            case UNKNOWN_CLIENT ->
                "we know nothing of this client and leave it to others" + why
                        + ": set authoritative: true, or take the leases" + " over";
            default -> "the real server answers, and we would not" + why;
        };
        return new ShadowField("message", real, null, meaning);
    }

    private ReplyComparison comparison(ShadowedRequest request, DhcpMessage real, DhcpMessage ours) {
        return new ReplyComparison(
                engine.plan().registry(), this::isInPool, book::isReserved, real, ours, request.request.hostname());
    }

    private void add(
            ShadowedRequest request,
            @Nullable String server,
            String real,
            List<ShadowField> fields,
            boolean unanswered,
            long nowMs) {
        Request seen = request.request;
        ShadowDifference found = new ShadowDifference(
                Instant.ofEpochMilli(nowMs),
                seen.mac == null ? null : seen.mac.toString(),
                seen.clientIdSent ? request.client.toString() : null,
                seen.hostname(),
                request.asked.name(),
                server,
                real,
                request.oursText(),
                fields);
        results.add(request.key(), found, unanswered, nowMs);
    }

    /** What was found so far. */
    public ShadowReport report() {
        return results.report(since, unmatched, forgotten);
    }

    /** The latest comparison of each client, the one heard last first. */
    public List<ShadowDifference> clients() {
        return results.clients();
    }

    /** The latest comparison of the client with this hardware address; null where there is none. */
    public @Nullable ShadowDifference of(MacAddress mac, long nowMs) {
        return results.of(mac.toString(), nowMs);
    }
}
