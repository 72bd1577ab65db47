package io.innkeeper.dhcp;

import io.innkeeper.dhcp.AccessPolicy.Decision;
import io.innkeeper.dhcp.IndexedSubnet.IndexedReservation;
import io.innkeeper.dhcp.Outcome.Verdict;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.TraitsTable;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a DHCPv4 request leads to (RFC 2131 §4.3). Pure; belongs to the thread of {@code DhcpServer}, as its book
 * does. Times are milliseconds since 1970.
 */
public final class DhcpEngine {
    /** A plan and those who carry it out. */
    private record InForce(
            PlanIndex index, AddressChoice choice, Grants grants, Discovers discovers, Requests requests) {}

    private final BindingBook book;
    private final Function<MacAddress, @Nullable String> vendorOf;
    private final WaitingClients waiting = new WaitingClients();
    private final TraitsTable traits = new TraitsTable();
    private Set<Integer> own = Set.of();
    private InstallPlan installs = InstallPlan.NOBODY;
    private RateLimits perClient = new RateLimits(0);
    private RateLimits perRelay = new RateLimits(0);
    private InForce inForce;

    /**
     * An engine for a book, which it arranges for the plan.
     *
     * @param vendorOf the maker of a device by the registry of the IEEE, or null; must be pure
     * @throws IllegalArgumentException if the pools of the plan overlap, or ask for classes that it does not have
     */
    public DhcpEngine(BindingBook book, Plan plan, Function<MacAddress, @Nullable String> vendorOf) {
        this.book = book;
        this.vendorOf = vendorOf;
        inForce = made(plan);
        limit(plan.limits());
    }

    private InForce made(Plan plan) {
        PlanIndex index = new PlanIndex(plan, own, book, vendorOf);
        AddressChoice choice = new AddressChoice(book, index);
        Replies replies = new Replies(plan.answerToSource());
        Grants grants = new Grants(book, index, replies, traits, () -> installs);
        return new InForce(
                index,
                choice,
                grants,
                new Discovers(book, plan, choice, grants, replies, waiting),
                new Requests(book, plan.authoritative(), choice, grants, replies));
    }

    /** An engine that knows no makers. */
    public DhcpEngine(BindingBook book, Plan plan) {
        this(book, plan, mac -> null);
    }

    /**
     * Goes on by another plan. Leases stay; what the new plan does not give any more is refused when its client asks again.
     *
     * @throws IllegalArgumentException as the constructor; then the old plan is still in force
     */
    public void plan(Plan next) {
        try {
            inForce = made(next);
        } catch (RuntimeException e) {
            inForce = made(plan()); // the book may have the pools of the new one already
            throw e;
        }
        limit(next.limits());
    }

    /** The addresses of this machine, as 32 bits: no client gets one of them. */
    public void own(Collection<Integer> addresses) {
        Set<Integer> next = Set.copyOf(addresses);
        if (!next.equals(own)) {
            own = next;
            inForce = made(plan());
        }
    }

    /** These clients, and no others, are told what to boot beside what the plan says. */
    public void installs(InstallPlan next) {
        installs = next;
    }

    /** Limits that did not change go on counting. */
    private void limit(Plan.Limits limits) {
        if (limits.packetsPerClient() != perClient.perSecond()) {
            perClient = new RateLimits(limits.packetsPerClient());
        }
        if (limits.packetsPerRelay() != perRelay.perSecond()) {
            perRelay = new RateLimits(limits.packetsPerRelay());
        }
    }

    /** The plan in force. */
    public Plan plan() {
        return inForce.index().plan;
    }

    /** The book: only for the thread that owns the engine. */
    public BindingBook book() {
        return book;
    }

    /** Decides, and enters the outcome's changes in the book: all of them, or none where it throws. */
    public Outcome handle(DhcpMessage message, Arrival arrival, long nowMs) {
        return whole(() -> decide(message, arrival, nowMs));
    }

    /**
     * Does something with the book as a whole: where it throws, the book is as it was. What was entered and not stored would
     * else be acknowledged the next time, as if it were.
     *
     * @throws AssertionError if the book cannot be taken back: nobody should go on with it
     */
    <T> T whole(Supplier<T> work) {
        book.begin();
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            takeBack(e);
            throw e;
        } finally {
            book.end();
        }
    }

    private void takeBack(Throwable reason) {
        try {
            book.takeBack();
        } catch (RuntimeException e) {
            e.addSuppressed(reason);
            throw new AssertionError("the book of leases cannot be trusted any more", e);
        }
    }

    private Outcome decide(DhcpMessage message, Arrival arrival, long nowMs) {
        Request request = new Request(message, arrival);
        String senseless = senseless(request);
        if (senseless != null) {
            return Outcome.without(Verdict.INVALID, senseless);
        }
        if (!perClient.take(request.sender(), nowMs)) {
            return Outcome.without(Verdict.OVER_LIMIT, "packets a second of one client");
        }
        if (message.giaddr() != 0 && !perRelay.take(message.giaddr(), nowMs)) {
            return Outcome.without(Verdict.OVER_LIMIT, "packets a second of one relay");
        }
        ClientId client = request.client;
        MessageType type = message.type();
        if (client == null) {
            return Outcome.without(Verdict.INVALID, "no identity");
        }
        if (type == MessageType.LEASEQUERY) {
            return Outcome.without(Verdict.IGNORED, "LEASEQUERY");
        }
        return type == MessageType.RELEASE || type == MessageType.DECLINE
                ? end(request, client, type, nowMs)
                : answer(request, client, nowMs);
    }

    /** Why nobody could make sense of it; null where it makes sense so far. */
    private static @Nullable String senseless(Request request) {
        DhcpMessage message = request.message;
        if (message.op() != DhcpMessage.REQUEST) {
            return "a reply";
        }
        MessageType type = message.type();
        if (type == null && message.options().has(OptionCode.MESSAGE_TYPE)) {
            return "unknown message type";
        }
        if (type != null && !isForServers(type)) {
            return type + " is for clients";
        }
        if (request.client == null) {
            return "neither a hardware address nor a client identifier";
        }
        return null;
    }

    private static boolean isForServers(MessageType type) {
        return switch (type) {
            case DISCOVER, REQUEST, DECLINE, RELEASE, INFORM, LEASEQUERY -> true;
            case OFFER, ACK, NAK, FORCERENEW, LEASEUNASSIGNED, LEASEUNKNOWN, LEASEACTIVE -> false;
        };
    }

    /**
     * RELEASE and DECLINE are taken whatever the rules say of their sender where they are about leases that we gave. A client
     * that is handed on takes us for its server (RFC 5107): what it says of other leases is not for us.
     */
    private Outcome end(Request request, ClientId client, MessageType type, long nowMs) {
        int serverId = request.message.options().address(OptionCode.SERVER_ID);
        boolean toUs = serverId == 0 || Replies.isOurs(request, serverId);
        boolean aboutOurs = toUs && holds(client, endedAddress(request, type));
        if (!aboutOurs && rules(request, client, nowMs).answer() == AccessPolicy.Answer.PASS_ON) {
            return Outcome.without(Verdict.PASSED_ON, type.toString());
        }
        if (!toUs) {
            return Outcome.without(Verdict.OTHER_SERVER, text(serverId));
        }
        return type == MessageType.RELEASE
                ? inForce.grants().release(request, client, nowMs)
                : inForce.grants().decline(request, client, nowMs);
    }

    private static int endedAddress(Request request, MessageType type) {
        return type == MessageType.RELEASE
                ? request.message.ciaddr()
                : request.message.options().address(OptionCode.REQUESTED_ADDRESS);
    }

    private boolean holds(ClientId client, int address) {
        Binding binding = book.at(address);
        return binding != null && binding.isActive() && binding.client().equals(client);
    }

    private Decision rules(Request request, ClientId client, long nowMs) {
        Situation s = situation(request, client);
        return s == null ? rulesWithoutSubnet(request, nowMs) : access(s, nowMs);
    }

    private Outcome answer(Request request, ClientId client, long nowMs) {
        Situation s = situation(request, client);
        if (s == null) {
            return withoutSubnet(request, nowMs);
        }
        Decision access = access(s, nowMs);
        switch (access.answer()) {
            case REFUSE -> {
                return Outcome.without(Verdict.DENIED, access.rule());
            }
            case PASS_ON -> {
                return Outcome.without(Verdict.PASSED_ON, access.rule());
            }
            case ANSWER -> {}
        }
        if (Replies.serverId(request, s.subnet().subnet) == 0) {
            return Outcome.without(Verdict.IGNORED, "no address of ours is known that could be the server identifier");
        }
        return switch (request.message.type()) {
            case null -> inForce.grants().bootp(s, inForce.choice(), nowMs);
            case DISCOVER -> inForce.discovers().discover(s, 0, nowMs);
            case REQUEST -> request(s, nowMs);
            case INFORM -> inForce.grants().inform(s, nowMs);
            default -> Outcome.without(Verdict.IGNORED, String.valueOf(request.message.type()));
        };
    }

    /** Where no subnet is ours there may still be somebody to hand the request on to. */
    private Outcome withoutSubnet(Request request, long nowMs) {
        Decision access = rulesWithoutSubnet(request, nowMs);
        return access.answer() == AccessPolicy.Answer.PASS_ON
                ? Outcome.without(Verdict.PASSED_ON, access.rule())
                : Outcome.without(Verdict.NO_SUBNET, where(request));
    }

    private Decision rulesWithoutSubnet(Request request, long nowMs) {
        return AccessPolicy.decide(
                request,
                inForce.index().access,
                inForce.index().access,
                inForce.index().plan.mode(),
                false,
                nowMs);
    }

    private static String where(Request request) {
        // Without the relay's address: anybody can make up a million of them, and each would count as a rule of its
        // own.
        return request.message.giaddr() != 0
                ? "a relay outside of every subnet"
                : "interface " + request.arrival.link().name();
    }

    private static String text(int address) {
        return IpAddress.v4(address).toString();
    }

    private Outcome request(Situation s, long nowMs) {
        int serverId = s.request().message.options().address(OptionCode.SERVER_ID);
        if (serverId != 0 && !Replies.isOurs(s.request(), serverId)) {
            book.withdraw(s.client(), s.subnet().network::contains);
            return Outcome.without(Verdict.OTHER_SERVER, text(serverId));
        }
        return inForce.requests().answer(s, Requests.kind(s.request()), nowMs);
    }

    /** Null where no subnet of ours is concerned. */
    private @Nullable Situation situation(Request request, ClientId client) {
        IndexedSubnet subnet = inForce.index().finder.find(request);
        return subnet == null ? null : situation(request, client, subnet);
    }

    private Situation situation(Request request, ClientId client, IndexedSubnet subnet) {
        long classes = inForce.index().classesOf(request);
        IndexedReservation reservation = subnet.network.reservationFor(request, subnet);
        return new Situation(request, client, subnet, classes, reservation, subnet.poolsFor(classes));
    }

    private Decision access(Situation s, long nowMs) {
        return AccessPolicy.decide(
                s.request(),
                s.subnet().access,
                inForce.index().access,
                s.subnet().mode,
                s.reservation() != null,
                nowMs);
    }

    /**
     * Takes the answer to a probe that an outcome asked for, and goes on with the client that waits for it.
     *
     * @param inUse somebody uses the address: it is set aside, and the client gets another
     * @return what comes of it; {@link Verdict#IGNORED} where nobody waits
     */
    public Outcome probed(int address, boolean inUse, long nowMs) {
        return probed(address, inUse, null, nowMs);
    }

    /**
     * As above.
     *
     * @param user who answered, where that is known: a client that still has the address may be the one that asks for it
     */
    public Outcome probed(int address, boolean inUse, @Nullable MacAddress user, long nowMs) {
        return whole(() -> goOn(waiting.take(address), inUse, user, nowMs));
    }

    private Outcome goOn(
            WaitingClients.@Nullable Waiting client, boolean inUse, @Nullable MacAddress user, long nowMs) {
        ClientId id = client == null ? null : client.request().client;
        if (client == null || id == null) {
            return Outcome.without(Verdict.IGNORED, "nobody waits for this probe");
        }
        Situation s = situation(client.request(), id);
        boolean byAnother = inUse && (user == null || !Objects.equals(client.request().mac, user));
        return inForce.discovers().probed(client, s, byAnother, nowMs);
    }

    /** Ends what is over by now: at most {@code max} leases; see {@link BindingBook#expire}. */
    public List<BindingChange> expire(long nowMs, int max) {
        return book.expire(nowMs, max);
    }

    /** Takes changes back that could not be stored; they are in the order in which they were decided. */
    public void revert(List<BindingChange> changes) {
        for (int i = changes.size() - 1; i >= 0; i--) {
            book.revert(changes.get(i));
        }
    }

    /**
     * What becomes of a lease that another server gave, when its clients are taken over; see {@link Adoption}.
     *
     * @param enter true to enter it in the book, false only to tell
     */
    public Adoption adopt(Adoptable lease, boolean enter, long nowMs) {
        return new Adopter(book, inForce.index(), own).adopt(lease, enter, nowMs);
    }

    /** What a client would get and why; changes nothing. See {@link Explanation}. */
    public Explanation explain(Explanation.Question question, long nowMs) {
        return new Explainer(book, inForce.index(), inForce.choice()).explain(question, nowMs);
    }
}
