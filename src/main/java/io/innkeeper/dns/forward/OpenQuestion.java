package io.innkeeper.dns.forward;

import io.innkeeper.wire.dns.QueryView;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question that upstreams were asked, and those who wait for its end. */
final class OpenQuestion<W> {
    /** Not with the validator. */
    static final long NOT_CHECKED = 0;

    /** A name with so many letters tells by their case that it was sent from here. */
    private static final int TELLING_LETTERS = 8;

    final Asked asked;
    final List<Integer> upstreams;

    /** False where nobody was named who is asked such names. */
    final boolean routed;

    /** True if the signatures of the answer are to be checked. */
    final boolean validated;

    final long sinceMs;
    final List<W> waiters = new ArrayList<>(1);

    /** Numbers of lookups of the validator that wait too. */
    final List<Long> lookups = new ArrayList<>(0);

    /** Those that can still bring an answer, late ones too. */
    final List<Attempt<W>> attempts = new ArrayList<>(2);

    /** Which upstreams were asked. */
    final BitSet tried = new BitSet();

    /** Which upstreams said SERVFAIL or the like. */
    final BitSet refused = new BitSet();

    /** How many messages were sent. */
    int sent;

    /** How many of them are neither answered nor overdue. */
    int pending;

    /** True when who waited has been told. */
    boolean ended;

    /** The check that runs. */
    long check = NOT_CHECKED;

    /** The answer that is being checked. */
    int checkedUpstream = Settled.NOBODY;

    /** What an upstream said that does not want to or cannot. */
    byte @Nullable [] failure;

    int failedUpstream = Settled.NOBODY;
    Security failedSecurity = Security.UNCHECKED;
    String why = "";

    OpenQuestion(Asked asked, @Nullable Route route, boolean validated, long sinceMs) {
        this.asked = asked;
        this.upstreams = route == null ? List.of() : route.upstreams();
        this.routed = route != null;
        this.validated = validated;
        this.sinceMs = sinceMs;
    }

    /** True while an answer is wanted; afterwards those that come only show how quick an upstream is. */
    boolean asks() {
        return !ended && check == NOT_CHECKED;
    }

    /**
     * True if a query that came here was sent from here for this question: by id and name, or by the case of the name alone,
     * for those on the way who put an id of their own.
     */
    boolean sent(QueryView query) {
        for (Attempt<W> attempt : attempts) {
            boolean same = QueryMessage.sameName(attempt.message, query.bytes(), query.nameAt(), query.nameLength());
            boolean known = attempt.id() == query.id()
                    || QueryMessage.telling(attempt.message, query.nameLength(), TELLING_LETTERS);
            if (same && known) {
                return true;
            }
        }
        return false;
    }
}
