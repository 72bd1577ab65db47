package io.innkeeper.dns.forward;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All messages that may still be answered, and which of them are overdue next. Pure. */
final class AttemptTable<W> {
    /** By ticket. */
    private final Map<Long, Attempt<W>> all = new HashMap<>();

    /** By ticket: those that are not overdue, in the order in which they will be. */
    private final LinkedHashMap<Long, Attempt<W>> timely = new LinkedHashMap<>();

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
        }
    }

    void drop(Attempt<W> attempt) {
        overdue(attempt);
        all.remove(attempt.ticket);
        attempt.question.attempts.remove(attempt);
    }

    void dropAll(OpenQuestion<W> question) {
        while (!question.attempts.isEmpty()) {
            drop(question.attempts.getLast());
        }
    }
}
