package io.innkeeper.dns.forward;

import io.innkeeper.wire.dns.ResponseView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that ended.
 *
 * @param <W> who waits
 * @param question what was asked
 * @param response for {@link Outcome#ANSWERED} the answer to this very question, the name in it as it was asked, its id of no
 *     meaning; for {@link Outcome#FAILED} what an upstream said, such as SERVFAIL, or null; else null
 * @param view of the response; null where there is none
 * @param upstream who answered, a place in {@link ForwardPlan#upstreams()}; {@link #NOBODY} where none did
 * @param outcome how it ended
 * @param security what the signatures say; {@link Security#BOGUS} ones are {@link Outcome#FAILED}
 * @param reason for people: what failed; empty where nothing did
 * @param waiters those who asked; empty for a prefetch
 */
@SuppressWarnings("ArrayRecordComponent") // the octets of a packet, handed on and never compared
public record Settled<W>(
        Asked question,
        byte @Nullable [] response,
        @Nullable ResponseView view,
        int upstream,
        Outcome outcome,
        Security security,
        String reason,
        List<W> waiters) {
    /** In place of an upstream. */
    public static final int NOBODY = -1;
}
