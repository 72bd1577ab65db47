package io.innkeeper.arp;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Questions of others whether a device still has an address: asked alone, again after a time that doubles. */
final class Questions {
    /** The most that may be open. */
    static final int MOST = 4_096;

    /** The most times that one is asked. */
    static final int MOST_TRIES = 8;

    /** Who is asked for what. */
    record Subject(MacAddress mac, IpAddress address) {}

    private static final class Open {
        final Subject subject;
        final int link;
        final int tries;
        int asked;
        long dueAt;

        Open(Subject subject, int link, int tries) {
            this.subject = subject;
            this.link = link;
            this.tries = tries;
        }
    }

    private final Map<Subject, Open> open = new HashMap<>();
    private final Deque<Open> unasked = new ArrayDeque<>();
    /** By how often they were asked: each waits for the same time. */
    private final Map<Integer, Deque<Open>> waiting = new HashMap<>();

    private final Deque<Subject> silent = new ArrayDeque<>();

    Questions() {
        for (int tries = 1; tries <= MOST_TRIES; tries++) {
            waiting.put(tries, new ArrayDeque<>());
        }
    }

    /** Takes a question; false where too many are open. One that is open already stays as it is. */
    boolean put(int link, Subject subject, int tries) {
        if (open.containsKey(subject)) {
            return true;
        }
        if (open.size() >= MOST) {
            return false;
        }
        Open one = new Open(subject, link, Math.clamp(tries, 1, MOST_TRIES));
        open.put(subject, one);
        unasked.add(one);
        return true;
    }

    /** Somebody was heard; true where that answers a question. */
    boolean answer(MacAddress mac, IpAddress address) {
        Open one = open.isEmpty() ? null : open.remove(new Subject(mac, address));
        if (one != null) {
            one.dueAt = Long.MIN_VALUE;
            unasked.remove(one);
            waiting.getOrDefault(one.asked, unasked).remove(one);
        }
        return one != null;
    }

    /** Gives up those whose last time is over. */
    void expire(long now) {
        for (Deque<Open> queue : waiting.values()) {
            while (!queue.isEmpty()
                    && queue.getFirst().dueAt <= now
                    && queue.getFirst().asked >= queue.getFirst().tries) {
                Open lost = queue.removeFirst();
                open.remove(lost.subject);
                silent.add(lost.subject);
            }
        }
    }

    /** The next to be asked; null where none is due. */
    @Nullable
    Asking next(long now) {
        Open one = due(now);
        if (one == null) {
            return null;
        }
        one.asked++;
        one.dueAt = now + (ScanPlan.FIRST_WAIT << (one.asked - 1));
        waiting.getOrDefault(one.asked, unasked).add(one);
        return new Asking(one.link, one.subject.address(), one.subject.mac());
    }

    private @Nullable Open due(long now) {
        if (!unasked.isEmpty()) {
            return unasked.removeFirst();
        }
        for (Deque<Open> queue : waiting.values()) {
            Open first = queue.peekFirst();
            if (first != null && first.dueAt <= now && first.asked < first.tries) {
                return queue.removeFirst();
            }
        }
        return null;
    }

    /** When there is something to do; {@link Long#MAX_VALUE} for never, {@link Long#MIN_VALUE} for at once. */
    long nextAt() {
        if (!unasked.isEmpty()) {
            return Long.MIN_VALUE;
        }
        long first = Long.MAX_VALUE;
        for (Deque<Open> queue : waiting.values()) {
            first = queue.isEmpty() ? first : Math.min(first, queue.getFirst().dueAt);
        }
        return first;
    }

    /** One that nobody answered; null where there is none, or no more. */
    @Nullable
    Subject pollSilent() {
        return silent.pollFirst();
    }
}
