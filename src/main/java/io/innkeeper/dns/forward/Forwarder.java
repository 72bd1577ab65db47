package io.innkeeper.dns.forward;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.QueryView;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.ResponseView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which upstream is asked what, and which answers count. Pure and of one thread: time comes in, what is to be sent and
 * what has ended is drained after each call by {@link #sendings}, {@link #settled} and {@link #forValidator}.
 *
 * @param <W> who waits for an answer
 */
public final class Forwarder<W> {
    /** The most messages for one question. */
    static final int MOST_SENT = 8;

    /** The most lookups of the validator at once; they are for questions that are open already. */
    static final int MOST_LOOKUPS = 1_024;

    /** After so many messages that do not match, an answer by UDP is not waited for alone. */
    private static final int DOUBTFUL = 3;

    private final ForwardPlan plan;
    private final IntSupplier random;
    private final UpstreamChoice choice;
    private final AttemptTable<W> attempts = new AttemptTable<>();

    /** In the order of their beginning, which is that of their deadlines. */
    private final LinkedHashMap<Asked, OpenQuestion<W>> open = new LinkedHashMap<>();

    /** By the number of the check. */
    private final Map<Long, OpenQuestion<W>> checks = new HashMap<>();

    private List<Sending> sendings = new ArrayList<>();
    private List<Settled<W>> settled = new ArrayList<>();
    private List<ForValidator> forValidator = new ArrayList<>();
    private long lastNumber;
    private int waiting;
    private int lookupsWaiting;
    private long asked;
    private long shared;
    private long refused;
    private long loops;
    private long late;

    /** @param random 32 random bits, for ids and the case of letters; hard to guess */
    public Forwarder(ForwardPlan plan, IntSupplier random) {
        this.plan = plan;
        this.random = random;
        choice = new UpstreamChoice(plan);
        // What comes back for a forwarder before this one must not match.
        lastNumber = (long) (random.getAsInt() & 0x7fff_ffff) << 32;
    }

    /**
     * Asks, or joins an open question that is equal.
     *
     * @param waiter who waits; null for a prefetch
     * @return false where too many questions are open: nothing will come
     */
    public boolean ask(Asked question, @Nullable W waiter, long nowMs) {
        OpenQuestion<W> equal = open.get(question);
        // Nobody waits for a prefetch: it leaves half of the room to those who do.
        int room = waiter == null ? plan.openLimit() / 2 : plan.openLimit();
        boolean full = (waiter != null && waiting >= room) || (equal == null && open.size() >= room);
        if (full) {
            refused++;
            return false;
        }
        asked++;
        if (equal != null) {
            shared++;
        }
        OpenQuestion<W> joined = equal != null ? equal : opened(question, nowMs);
        if (waiter != null) {
            joined.waiters.add(waiter);
            waiting++;
        }
        if (equal == null) {
            begin(joined, nowMs);
        }
        return true;
    }

    private OpenQuestion<W> opened(Asked question, long nowMs) {
        Route route = choice.route(question.name());
        // Domains with upstreams of their own are seldom signed as the world sees them. Some validate for themselves.
        boolean validated = plan.validate()
                && !question.checkingDisabled()
                && route != null
                && route.domain().equals(DnsName.ROOT);
        return new OpenQuestion<>(question, route, validated, nowMs);
    }

    private void begin(OpenQuestion<W> question, long nowMs) {
        open.put(question.asked, question);
        if (question.upstreams.isEmpty()) {
            nowhere(question);
            return;
        }
        for (int i = 0; i < plan.parallel(); i++) {
            int best = choice.bestUntried(question);
            if (best >= 0) {
                send(question, best, false, nowMs);
            }
        }
        // Those too that were not asked for long, so that it is known when they are quick again.
        int other = choice.toLookAt(question, nowMs);
        while (other >= 0 && question.sent < MOST_SENT && open.size() <= plan.openLimit() / 2) {
            send(question, other, false, nowMs);
            other = choice.toLookAt(question, nowMs);
        }
    }

    private void nowhere(OpenQuestion<W> question) {
        if (!question.routed) {
            question.why = "no upstream is configured for this name";
            fail(question);
            return;
        }
        byte[] response = QueryMessage.noSuchName(question.asked);
        settle(question, response, Settled.NOBODY, Outcome.ANSWERED, Security.UNCHECKED, "");
    }

    private void send(OpenQuestion<W> question, int upstream, boolean stream, long nowMs) {
        send(question, upstream, stream, choice.health(upstream).knowsEdns(nowMs), nowMs);
    }

    private void send(OpenQuestion<W> question, int upstream, boolean stream, boolean edns, long nowMs) {
        UpstreamHealth to = choice.health(upstream);
        boolean encrypted = to.address().transport().encrypted();
        boolean validated = question.validated;
        QueryMessage.Form form = new QueryMessage.Form(
                edns,
                question.asked.dnssecOk() || validated,
                question.asked.checkingDisabled() || validated,
                to.keepsCase() && !encrypted,
                encrypted);
        byte[] message = QueryMessage.write(random.getAsInt() & 0xffff, question.asked, form, random);
        attempts.add(new Attempt<>(question, upstream, ++lastNumber, message, stream, edns, nowMs));
        to.sent(nowMs);
        sendings.add(new Sending(upstream, lastNumber, message, stream));
    }

    /** What came from the threads beside the loop. What does not match is counted and dropped. */
    public void received(Incoming incoming, long nowMs) {
        switch (incoming) {
            case Reply reply -> replied(reply, nowMs);
            case Failed failed -> failed(failed, nowMs);
            case Lookup lookup -> lookup(lookup, nowMs);
            case Checked checked -> checked(checked, nowMs);
        }
    }

    private void replied(Reply reply, long nowMs) {
        Attempt<W> attempt = attempts.get(reply.ticket());
        if (attempt == null) {
            late++;
            return;
        }
        int nameLength = attempt.question.asked.name().length();
        QueryMessage.Match match = attempt.upstream == reply.upstream()
                ? QueryMessage.match(attempt.message, reply.message(), nameLength)
                : QueryMessage.Match.NONE;
        // By TCP nobody can answer but who was asked, so it is the upstream that changes the case.
        boolean otherCase = match == QueryMessage.Match.OTHER_CASE;
        if (otherCase && choice.byStream(attempt)) {
            choice.health(attempt.upstream).changesCase();
        } else if (otherCase || match == QueryMessage.Match.NONE) {
            mismatched(attempt, otherCase, nowMs);
            return;
        }
        take(attempt, reply.message(), match, nowMs);
    }

    /** Somebody may be guessing; what comes by TCP cannot be guessed. The right answer by UDP still counts. */
    private void mismatched(Attempt<W> attempt, boolean otherCase, long nowMs) {
        choice.health(attempt.upstream).mismatched();
        attempt.mismatches++;
        OpenQuestion<W> question = attempt.question;
        boolean doubtful = question.asks() && (otherCase || attempt.mismatches >= DOUBTFUL);
        if (doubtful && !attempt.doubted && !choice.byStream(attempt) && question.sent < MOST_SENT) {
            attempt.doubted = true;
            send(question, attempt.upstream, true, attempt.edns, nowMs);
        }
    }

    private void take(Attempt<W> attempt, byte[] message, QueryMessage.Match match, long nowMs) {
        OpenQuestion<W> question = attempt.question;
        UpstreamHealth from = choice.health(attempt.upstream);
        attempts.drop(attempt);
        from.spoke(nowMs - attempt.sentAtMs);
        int rcode = QueryMessage.rcode(message);
        if (!question.asks()) {
            if (answers(rcode)) {
                from.helped();
            }
            return;
        }
        if (QueryMessage.truncated(message) && !choice.byStream(attempt) && question.sent < MOST_SENT) {
            from.helped();
            send(question, attempt.upstream, true, attempt.edns, nowMs);
            return;
        }
        boolean alone = match == QueryMessage.Match.FAILURE_ALONE;
        if (!alone) {
            QueryMessage.restoreCase(message, question.asked.name());
        }
        ResponseView view =
                alone ? null : ResponseView.of(message, 0, message.length).orElse(null);
        int whole = view == null ? rcode : view.rcode();
        boolean strangeEdns = whole == Rcode.FORMERR || whole == Rcode.NOTIMP || whole == Rcode.BADVERS;
        if (strangeEdns && attempt.edns && question.sent < MOST_SENT) {
            send(question, attempt.upstream, attempt.stream, false, nowMs);
        } else if (view != null && answers(whole)) {
            if (!attempt.edns) {
                from.knowsNoEdns(nowMs);
            }
            answered(attempt, message, view);
        } else {
            from.refused();
            question.refused.set(attempt.upstream);
            question.failure = view == null ? question.failure : message;
            question.failedUpstream = attempt.upstream;
            question.why = view == null && !alone ? "an answer that cannot be read" : Rcode.text(whole);
            next(question, nowMs);
        }
    }

    private static boolean answers(int rcode) {
        return rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN || rcode == Rcode.YXDOMAIN;
    }

    private void answered(Attempt<W> attempt, byte[] message, ResponseView view) {
        OpenQuestion<W> question = attempt.question;
        choice.health(attempt.upstream).helped();
        choice.outdone(question);
        if (!question.validated) {
            settle(question, message, view, attempt.upstream, Outcome.ANSWERED, Security.UNCHECKED, "");
            return;
        }
        question.check = ++lastNumber;
        question.checkedUpstream = attempt.upstream;
        checks.put(question.check, question);
        forValidator.add(new ForValidator.Check(question.check, question.asked, message));
    }

    private void failed(Failed failed, long nowMs) {
        Attempt<W> attempt = attempts.get(failed.ticket());
        if (attempt == null || attempt.upstream != failed.upstream()) {
            late++;
            return;
        }
        OpenQuestion<W> question = attempt.question;
        attempts.drop(attempt);
        choice.health(attempt.upstream).unreachable();
        if (!question.asks()) {
            return;
        }
        question.failedUpstream = attempt.upstream;
        question.why = failed.why();
        next(question, nowMs);
    }

    /** Another one is asked; where there is none and nobody can answer any more, it has failed. */
    private void next(OpenQuestion<W> question, long nowMs) {
        int untried = question.sent < MOST_SENT ? choice.bestUntried(question) : -1;
        if (untried >= 0) {
            send(question, untried, false, nowMs);
        } else if (question.pending == 0) {
            fail(question);
        }
    }

    private void lookup(Lookup lookup, long nowMs) {
        OpenQuestion<W> equal = open.get(lookup.question());
        if (lookupsWaiting >= MOST_LOOKUPS || !lookup.question().checkingDisabled()) {
            refused++;
            forValidator.add(new ForValidator.Found(lookup.lookup(), null));
            return;
        }
        OpenQuestion<W> joined = equal != null ? equal : opened(lookup.question(), nowMs);
        joined.lookups.add(lookup.lookup());
        lookupsWaiting++;
        if (equal == null) {
            begin(joined, nowMs);
        }
    }

    private void checked(Checked checked, long nowMs) {
        OpenQuestion<W> question = checks.remove(checked.check());
        if (question == null) {
            late++;
            return;
        }
        question.check = OpenQuestion.NOT_CHECKED;
        byte[] response = checked.response();
        boolean good = checked.security() == Security.SECURE || checked.security() == Security.INSECURE;
        if (good) {
            settle(question, response, question.checkedUpstream, Outcome.ANSWERED, checked.security(), "");
            return;
        }
        // Another upstream may tell the truth.
        question.failure = null;
        question.failedUpstream = question.checkedUpstream;
        question.failedSecurity = checked.security();
        question.why = checked.reason();
        next(question, nowMs);
    }

    /**
     * Does what is due: asks others, gives up.
     *
     * @return when it wants to be called next, in milliseconds as {@code nowMs}; {@link Long#MAX_VALUE} for never
     */
    public long tick(long nowMs) {
        Map.Entry<Asked, OpenQuestion<W>> oldest = open.firstEntry();
        while (oldest != null && nowMs - oldest.getValue().sinceMs >= plan.deadlineMs()) {
            deadline(oldest.getValue());
            oldest = open.firstEntry();
        }
        Attempt<W> first = attempts.first();
        while (first != null && nowMs - first.sentAtMs >= plan.timeoutMs()) {
            overdue(first, nowMs);
            first = attempts.first();
        }
        return nextTick();
    }

    /** When {@link #tick} wants to be called. */
    public long nextTick() {
        Map.Entry<Asked, OpenQuestion<W>> oldest = open.firstEntry();
        Attempt<W> first = attempts.first();
        long deadline = oldest == null ? Long.MAX_VALUE : oldest.getValue().sinceMs + plan.deadlineMs();
        long overdue = first == null ? Long.MAX_VALUE : first.sentAtMs + plan.timeoutMs();
        return Math.min(deadline, overdue);
    }

    private void deadline(OpenQuestion<W> question) {
        if (question.check != OpenQuestion.NOT_CHECKED) {
            question.failedSecurity = Security.INDETERMINATE;
            question.failedUpstream = question.checkedUpstream;
            question.why = "its signatures could not be checked in time";
        }
        if (question.why.isEmpty()) {
            settle(
                    question,
                    null,
                    Settled.NOBODY,
                    Outcome.TIMED_OUT,
                    Security.UNCHECKED,
                    "no upstream answered in time");
        } else {
            fail(question);
        }
    }

    /** It may still come, but is not waited for alone any more. */
    private void overdue(Attempt<W> attempt, long nowMs) {
        attempts.overdue(attempt);
        choice.health(attempt.upstream).timedOut();
        OpenQuestion<W> question = attempt.question;
        if (!question.asks()) {
            return;
        }
        boolean allTried = choice.bestUntried(question) < 0;
        if (!question.why.isEmpty() || (!allTried && question.sent < MOST_SENT)) {
            next(question, nowMs);
        } else if (question.pending == 0 && question.sent < MOST_SENT) {
            send(question, choice.best(question), attempt.stream, nowMs);
        }
    }

    private void fail(OpenQuestion<W> question) {
        settle(
                question,
                question.failure,
                question.failedUpstream,
                Outcome.FAILED,
                question.failedSecurity,
                question.why);
    }

    private void settle(
            OpenQuestion<W> question,
            byte @Nullable [] response,
            int upstream,
            Outcome outcome,
            Security security,
            String reason) {
        ResponseView view = response == null
                ? null
                : ResponseView.of(response, 0, response.length).orElse(null);
        settle(question, response, view, upstream, outcome, security, reason);
    }

    private void settle(
            OpenQuestion<W> question,
            byte @Nullable [] response,
            @Nullable ResponseView view,
            int upstream,
            Outcome outcome,
            Security security,
            String reason) {
        attempts.end(question);
        open.remove(question.asked);
        checks.remove(question.check);
        waiting -= question.waiters.size();
        lookupsWaiting -= question.lookups.size();
        for (long lookup : question.lookups) {
            forValidator.add(new ForValidator.Found(lookup, response));
        }
        if (!question.waiters.isEmpty() || question.lookups.isEmpty()) {
            settled.add(new Settled<>(
                    question.asked, response, view, upstream, outcome, security, reason, question.waiters));
        }
    }

    /** What is to be sent; then it is forgotten here. */
    public List<Sending> sendings() {
        List<Sending> drained = sendings;
        if (!drained.isEmpty()) {
            sendings = new ArrayList<>();
        }
        return drained;
    }

    /** What has ended; then it is forgotten here. */
    public List<Settled<W>> settled() {
        List<Settled<W>> drained = settled;
        if (!drained.isEmpty()) {
            settled = new ArrayList<>();
        }
        return drained;
    }

    /** What the {@link Validator} is to do; then it is forgotten here. Empty unless the plan wants validation. */
    public List<ForValidator> forValidator() {
        List<ForValidator> drained = forValidator;
        if (!drained.isEmpty()) {
            forValidator = new ArrayList<>();
        }
        return drained;
    }

    /** Ends all open questions as {@link Outcome#FAILED}, before another plan counts. */
    public void giveUp(String why) {
        for (OpenQuestion<W> question : List.copyOf(open.values())) {
            question.why = why;
            fail(question);
        }
    }

    /** True if a query that came here is one that went out from here: it runs in a circle. Counted. */
    public boolean isOwn(QueryView query) {
        if (open.isEmpty() || query.nameLength() == 0) {
            return false;
        }
        DnsName name = query.name();
        for (int bits = 0; bits < 4; bits++) {
            OpenQuestion<W> question =
                    open.get(new Asked(name, query.type(), query.dnsClass(), (bits & 1) != 0, (bits & 2) != 0));
            if (question != null && question.sent(query)) {
                loops++;
                return true;
            }
        }
        return false;
    }

    /** Of each upstream, in the order of the plan. */
    public List<UpstreamState> upstreams() {
        return choice.states();
    }

    /** What was done so far. */
    public ForwardCounts counts() {
        return new ForwardCounts(asked, shared, refused, loops, late, open.size(), waiting);
    }
}
