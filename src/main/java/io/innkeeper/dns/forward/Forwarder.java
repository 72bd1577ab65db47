package io.innkeeper.dns.forward;

import io.innkeeper.wire.dns.QueryView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which upstream is asked what, and which answers count. Pure and of one thread: time comes in, what is to be sent and
 * what has ended is drained after each call by {@link #sendings}, {@link #settled} and {@link #forValidator}.
 *
 * @param <W> who waits for an answer
 */
public final class Forwarder<W> {
    /** @param random 32 random bits, for ids and the case of letters; hard to guess */
    public Forwarder(ForwardPlan plan, IntSupplier random) {}

    /**
     * Asks, or joins an open question that is equal.
     *
     * @param waiter who waits; null for a prefetch
     * @return false where too many questions are open: nothing will come
     */
    public boolean ask(Asked question, @Nullable W waiter, long nowMs) {
        return false;
    }

    /** What came from the threads beside the loop. What does not match is counted and dropped. */
    public void received(Incoming incoming, long nowMs) {}

    /**
     * Does what is due: asks others, gives up.
     *
     * @return when it wants to be called next, in milliseconds as {@code nowMs}; {@link Long#MAX_VALUE} for never
     */
    public long tick(long nowMs) {
        return Long.MAX_VALUE;
    }

    /** When {@link #tick} wants to be called. */
    public long nextTick() {
        return Long.MAX_VALUE;
    }

    /** What is to be sent; then it is forgotten here. */
    public List<Sending> sendings() {
        return new ArrayList<>();
    }

    /** What has ended; then it is forgotten here. */
    public List<Settled<W>> settled() {
        return new ArrayList<>();
    }

    /** What the {@link Validator} is to do; then it is forgotten here. Empty unless the plan wants validation. */
    public List<ForValidator> forValidator() {
        return List.of();
    }

    /** Ends all open questions as {@link Outcome#FAILED}, before another plan counts. */
    public void giveUp(String why) {}

    /** True if a query that came here is one that went out from here: it runs in a circle. Counted. */
    public boolean isOwn(QueryView query) {
        return false;
    }

    /** Of each upstream, in the order of the plan. */
    public List<UpstreamState> upstreams() {
        return List.of();
    }

    /** What was done so far. */
    public ForwardCounts counts() {
        return new ForwardCounts(0, 0, 0, 0, 0, 0, 0);
    }
}
