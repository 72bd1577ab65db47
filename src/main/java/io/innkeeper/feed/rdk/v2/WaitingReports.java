package io.innkeeper.feed.rdk.v2;

import io.innkeeper.wire.rdk.v2.Message.Priority;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which report is handed on next. Those of one interface stay in the order in which they came; between interfaces, the one goes
 * first whose most urgent report is the most urgent, then the one that waits longest. Every eighth time it is the one that waits
 * longest, so that nobody waits for ever. So many are under way to the store at a time, and not all of one interface, so that
 * what is urgent finds a short way. Pure.
 */
final class WaitingReports {
    /** Every so often urgency does not count. */
    static final int FAIR = 8;

    /** What waits of one interface. */
    private static final class Queue {
        final String ifname;
        final Deque<Delivery> waiting = new ArrayDeque<>();
        final Map<Priority, Integer> ofPriority = new EnumMap<>(Priority.class);
        int underWay;
        boolean held;

        Queue(String ifname) {
            this.ifname = ifname;
        }

        /** Of its most urgent report: the smaller is the more urgent. */
        int urgency() {
            return ofPriority.keySet().iterator().next().number();
        }

        void count(Delivery delivery, int more) {
            ofPriority.merge(
                    delivery.report().priority(), more, (before, now) -> before + now == 0 ? null : before + now);
        }

        long arrival() {
            return waiting.getFirst().arrival();
        }
    }

    private final int slots;
    private final int slotsOfOne;
    private final Map<String, Queue> queues = new HashMap<>();
    private final TreeSet<Queue> byUrgency =
            new TreeSet<>(Comparator.comparingInt(Queue::urgency).thenComparingLong(Queue::arrival));
    private final TreeSet<Queue> byArrival = new TreeSet<>(Comparator.comparingLong(Queue::arrival));
    private int waiting;
    private int underWay;
    private long turns;

    /**
     * Nothing waits yet.
     *
     * @param slots how many may be under way to the store
     * @param slotsOfOne how many of one interface
     */
    WaitingReports(int slots, int slotsOfOne) {
        this.slots = slots;
        this.slotsOfOne = slotsOfOne;
    }

    /** One more; its arrival is later than that of all before. */
    void add(Delivery delivery) {
        Queue queue = queues.computeIfAbsent(delivery.ifname(), Queue::new);
        leave(queue);
        queue.waiting.addLast(delivery);
        queue.count(delivery, 1);
        waiting++;
        enter(queue);
    }

    /** The next one, which is under way then; null where none waits that may go. */
    @Nullable
    Delivery next() {
        if (underWay >= slots || byUrgency.isEmpty()) {
            return null;
        }
        Queue queue = ++turns % FAIR == 0 ? byArrival.first() : byUrgency.first();
        leave(queue);
        Delivery delivery = queue.waiting.removeFirst();
        queue.count(delivery, -1);
        queue.underWay++;
        waiting--;
        underWay++;
        enter(queue);
        return delivery;
    }

    /** There was no room for what {@link #next} gave last of its interface: it goes back, until {@link #room}. */
    void held(Delivery delivery) {
        Queue queue = queues.computeIfAbsent(delivery.ifname(), Queue::new);
        leave(queue);
        queue.waiting.addFirst(delivery);
        queue.count(delivery, 1);
        queue.underWay--;
        queue.held = true;
        waiting++;
        underWay--;
    }

    /** There is room again for an interface. */
    void room(String ifname) {
        Queue queue = queues.get(ifname);
        if (queue != null) {
            leave(queue);
            queue.held = false;
            enter(queue);
        }
    }

    /** One that was under way has arrived. */
    void arrived(Delivery delivery) {
        Queue queue = queues.get(delivery.ifname());
        if (queue == null) {
            return;
        }
        leave(queue);
        queue.underWay--;
        underWay--;
        enter(queue);
    }

    private void leave(Queue queue) {
        if (!queue.waiting.isEmpty()) {
            byUrgency.remove(queue);
            byArrival.remove(queue);
        }
    }

    private void enter(Queue queue) {
        if (queue.waiting.isEmpty()) {
            if (queue.underWay == 0) {
                queues.remove(queue.ifname);
            }
        } else if (!queue.held && queue.underWay < slotsOfOne) {
            byUrgency.add(queue);
            byArrival.add(queue);
        }
    }

    /** How many wait. */
    int waiting() {
        return waiting;
    }

    /** How many are under way. */
    int underWay() {
        return underWay;
    }
}
