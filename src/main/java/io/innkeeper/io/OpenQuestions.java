package io.innkeeper.io;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Questions without an answer yet, oldest first. Every question waits equally long. For one thread. */
final class OpenQuestions {
    /** Whether an address is in use, asked on an interface; 0 for none. */
    record Question(int address, int interfaceIndex) {}

    private final int timeoutMs;
    private final Map<Question, Long> deadlines = new LinkedHashMap<>();

    OpenQuestions(int timeoutMs) {
        this.timeoutMs = timeoutMs;
    }

    /** Enters a question; false where it is open already. */
    boolean open(Question question, long nowMs) {
        return deadlines.putIfAbsent(question, nowMs + timeoutMs) == null;
    }

    /** Takes out a question that was answered; false where it is not open. */
    boolean answer(Question question) {
        return deadlines.remove(question) != null;
    }

    /** Takes out those that waited in vain. */
    List<Question> takeOverdue(long nowMs) {
        List<Question> overdue = new ArrayList<>();
        Iterator<Map.Entry<Question, Long>> entries = deadlines.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Question, Long> oldest = entries.next();
            if (oldest.getValue() > nowMs) {
                break;
            }
            overdue.add(oldest.getKey());
            entries.remove();
        }
        return overdue;
    }

    /** How long until one is overdue; -1 where none is open. */
    int waitMs(long nowMs) {
        Iterator<Long> oldest = deadlines.values().iterator();
        return oldest.hasNext() ? Math.clamp(oldest.next() - nowMs, 0, timeoutMs) : -1;
    }
}
