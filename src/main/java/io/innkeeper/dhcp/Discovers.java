package io.innkeeper.dhcp;

import io.innkeeper.dhcp.AddressChoice.Choice;
import io.innkeeper.dhcp.Outcome.ProbeRequest;
import io.innkeeper.dhcp.Outcome.Verdict;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.Offer;
import io.innkeeper.wire.dhcp4.OptionCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers DISCOVER: RFC 2131 §4.3.1, RFC 4039; finds out first whether somebody uses the address (§2.2). */
final class Discovers {
    /** A client for which so many addresses in a row were found in use is not answered; it asks again by itself. */
    static final int MAX_TRIES = 3;

    private final BindingBook book;
    private final Plan plan;
    private final AddressChoice choice;
    private final Grants grants;
    private final Replies replies;
    private final WaitingClients waiting;

    Discovers(
            BindingBook book, Plan plan, AddressChoice choice, Grants grants, Replies replies, WaitingClients waiting) {
        this.book = book;
        this.plan = plan;
        this.choice = choice;
        this.grants = grants;
        this.replies = replies;
        this.waiting = waiting;
    }

    /**
     * Offers an address, or has it probed first.
     *
     * @param tries how many addresses were found in use for this client already
     */
    Outcome discover(Situation s, int tries, long nowMs) {
        Request request = s.request();
        int requested = request.message.options().address(OptionCode.REQUESTED_ADDRESS);
        Choice chosen = choice.choose(s, requested);
        if (chosen == null) {
            return Outcome.without(
                    Verdict.NO_ADDRESS,
                    "no address is left in " + s.subnet().network.network.name());
        }
        if (chosen.reason() != AddressChoice.Reason.OWN_LEASE) {
            String limit = choice.overLimit(s);
            if (limit != null) {
                return Outcome.without(Verdict.OVER_LIMIT, limit);
            }
        }
        int address = chosen.address();
        if (!chosen.known() && mustProbe(request)) {
            return probe(s, address, tries, nowMs);
        }
        if (plan.rapidCommit() && request.message.options().has(OptionCode.RAPID_COMMIT)) {
            return grants.grant(s, address, nowMs);
        }
        if (chosen.reason() != AddressChoice.Reason.OWN_LEASE) {
            book.offer(address, s.client(), nowMs + plan.offerHoldMs());
        }
        OptionSet set = grants.saidAt(s, address, nowMs).set();
        long lifetimeS = Replies.lifetimeS(set.lifetime, request);
        return replies.lease(Verdict.OFFERED, s, set, address, lifetimeS, List.of(), "");
    }

    private boolean mustProbe(Request request) {
        boolean relayed = request.message.giaddr() != 0;
        return relayed
                ? plan.probe().icmp()
                : plan.probe().arp() && request.arrival.link().index() != 0;
    }

    private Outcome probe(Situation s, int address, int tries, long nowMs) {
        Offer offer = book.offerAt(address);
        boolean asked = offer != null && offer.probing() && waiting.refresh(address, s.request(), nowMs);
        if (asked) {
            return Outcome.without(Verdict.PROBING, "asked already");
        }
        if (!waiting.add(address, s.request(), tries, nowMs)) {
            return Outcome.without(Verdict.OVER_LIMIT, "too many addresses are being probed");
        }
        long untilMs = nowMs + Math.max(plan.offerHoldMs(), WaitingClients.LONGEST_WAIT_MS);
        book.offer(new Offer(address, s.client(), untilMs, true));
        int link = s.request().message.giaddr() != 0
                ? 0
                : s.request().arrival.link().index();
        ProbeRequest probe = new ProbeRequest(address, link);
        return new Outcome(Verdict.PROBING, List.of(), null, null, probe, "", Outcome.USUAL_SIZE);
    }

    /** Goes on with a client whose address was probed. */
    Outcome probed(WaitingClients.Waiting client, @Nullable Situation s, boolean inUse, long nowMs) {
        int address = client.address();
        Offer offer = book.offerAt(address);
        boolean kept = s != null && offer != null && offer.client().equals(s.client());
        if (s == null || !kept) {
            // The configuration changed, or there were too many offers: the client asks again.
            if (offer != null && Objects.equals(offer.client(), client.request().client)) {
                book.withdraw(address);
            }
            return Outcome.without(Verdict.IGNORED, "what it was offered is not there any more");
        }
        if (!inUse) {
            book.offer(address, s.client(), nowMs + plan.offerHoldMs());
            return discover(s, client.tries(), nowMs);
        }
        BindingChange change = grants.setAside(s, address, nowMs);
        int tries = client.tries() + 1;
        if (tries >= MAX_TRIES) {
            return Outcome.of(Verdict.NO_ADDRESS, List.of(change), tries + " addresses in a row are in use");
        }
        Outcome next = discover(s, tries, nowMs);
        List<BindingChange> changes = new ArrayList<>();
        changes.add(change);
        changes.addAll(next.changes());
        return next.withChanges(changes);
    }
}
