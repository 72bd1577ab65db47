package io.innkeeper.dns.forward;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All messages that may still be answered, and which of them are overdue next. Pure. */
final class AttemptTable<W> {
    /** Messages of questions that have ended, to see how quick upstreams are. */
    static final int MOST_WATCHED = 1_024;

    /** By ticket. */
    private final Map<Long, Attempt<W>> all = new HashMap<>();

    /** By ticket: those that are not overdue, in the order in which they will be. */
    private final LinkedHashMap<Long, Attempt<W>> timely = new LinkedHashMap<>();

    private int watched;

    void add(Attempt<W> attempt) {
        all.put(attempt.ticket, attempt);
        timely.put(attempt.ticket, attempt);
        attempt.question.attempts.add(attempt);
        attempt.question.tried.set(attempt.upstream);
        attempt.question.sent++;
        attempt.question.pending++;
    }

    @Nullable
    Attempt<W> get(long ticket) {
        return all.get(ticket);
    }

    /** The one that was sent first and is not overdue; null for none. */
    @Nullable
    Attempt<W> first() {
        Map.Entry<Long, Attempt<W>> first = timely.firstEntry();
        return first == null ? null : first.getValue();
    }

    /** It may still be answered, but is not waited for. */
    void overdue(Attempt<W> attempt) {
        if (timely.remove(attempt.ticket) != null) {
            attempt.question.pending--;
            if (attempt.question.ended) {
                watched--;
                drop(attempt);
            }
        }
    }

    void drop(Attempt<W> attempt) {
        all.remove(attempt.ticket);
        attempt.question.attempts.remove(attempt);
        overdue(attempt);
    }

    /**
     * The question has ended. What is not overdue stays, to see how quick the upstream is, as long as not too many are kept.
     */
    void end(OpenQuestion<W> question) {
        for (Attempt<W> attempt : List.copyOf(question.attempts)) {
            if (!timely.containsKey(attempt.ticket) || watched >= MOST_WATCHED) {
                drop(attempt);
            } else {
                watched++;
            }
        }
        question.ended = true;
    }
}
