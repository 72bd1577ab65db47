package io.innkeeper.tell;

import io.innkeeper.tell.spool.Entry;
import io.innkeeper.wire.rdk.v2.Message.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Decides what goes to which monitor next. The messages of one interface keep their order, and are on their way to one monitor at a
 * time: where another is to hear of the interface, it does so once nothing is on its way any more. Of several interfaces the one
 * whose most urgent message is the most urgent goes first; of equal ones the one that waits longest.
 */
final class Dispatch {
    private static final int NOWHERE = -1;

    /** One interface. */
    private static final class Lane {
        private List<Entry.Waiting> waiting = List.of();
        private int at = NOWHERE;
        private long sentUpTo;

        private List<Entry.Waiting> unsent() {
            int sent = onItsWay();
            return waiting.subList(sent, waiting.size());
        }

        /** How many are sent and not answered: the first ones. */
        private int onItsWay() {
            int sent = 0;
            while (sent < waiting.size() && waiting.get(sent).sequence() <= sentUpTo) {
                sent++;
            }
            return sent;
        }

        private Priority priority() {
            return unsent().stream()
                    .map(message -> message.said().priority())
                    .min(Comparator.naturalOrder())
                    .orElse(Priority.BULK);
        }

        private long since() {
            return unsent().getFirst().said().atMs();
        }

        private void settle(int monitor) {
            at = monitor;
            sentUpTo = 0;
        }
    }

    private final Map<String, Lane> lanes = new TreeMap<>();
    private final Function<String, OptionalInt> choice;

    /** @param choice who is to hear of an interface now */
    Dispatch(Function<String, OptionalInt> choice) {
        this.choice = choice;
    }

    /** What waits now, interface by interface, each in its order. */
    void refresh(List<Entry.Waiting> waiting) {
        Map<String, List<Entry.Waiting>> byInterface = new TreeMap<>();
        for (Entry.Waiting message : waiting) {
            byInterface
                    .computeIfAbsent(message.interfaceName(), name -> new ArrayList<>())
                    .add(message);
        }
        lanes.keySet().retainAll(byInterface.keySet());
        byInterface.forEach((name, messages) -> lanes.computeIfAbsent(name, n -> new Lane()).waiting = messages);
        lanes.forEach(this::move);
    }

    private void move(String name, Lane lane) {
        int owner = choice.apply(name).orElse(NOWHERE);
        if (owner != lane.at && lane.onItsWay() == 0) {
            lane.settle(owner);
        }
    }

    /** The monitors that something could be sent to now. */
    Set<Integer> wanted() {
        Set<Integer> wanted = new TreeSet<>();
        lanes.values().stream()
                .filter(lane -> lane.at != NOWHERE && !lane.unsent().isEmpty())
                .forEach(lane -> wanted.add(lane.at));
        return wanted;
    }

    /**
     * What is to be sent to a monitor now; from here on it is on its way.
     *
     * @param window how much may be on its way to it
     * @param most messages at a time
     */
    List<Entry.Waiting> next(int monitor, int window, int most) {
        int room = Math.min(most, window - onItsWay(monitor));
        List<Entry.Waiting> batch = new ArrayList<>();
        List<Map.Entry<String, Lane>> order = lanes.entrySet().stream()
                .filter(lane -> lane.getValue().at == monitor && mayGo(lane.getKey(), lane.getValue()))
                .sorted(Comparator.comparing((Map.Entry<String, Lane> lane) ->
                                lane.getValue().priority())
                        .thenComparingLong(lane -> lane.getValue().since()))
                .toList();
        for (Map.Entry<String, Lane> entry : order) {
            List<Entry.Waiting> unsent = entry.getValue().unsent();
            List<Entry.Waiting> part = unsent.subList(0, Math.clamp(room - batch.size(), 0, unsent.size()));
            batch.addAll(part);
            if (!part.isEmpty()) {
                entry.getValue().sentUpTo = part.getLast().sequence();
            }
        }
        return batch;
    }

    private boolean mayGo(String name, Lane lane) {
        return !lane.unsent().isEmpty() && choice.apply(name).orElse(NOWHERE) == lane.at;
    }

    /** How much is on its way to a monitor. */
    int onItsWay(int monitor) {
        return lanes.values().stream()
                .filter(lane -> lane.at == monitor)
                .mapToInt(Lane::onItsWay)
                .sum();
    }

    /** The connection to a monitor ended: what was on its way is to be sent again. */
    void lost(int monitor) {
        lanes.values().stream().filter(lane -> lane.at == monitor).forEach(lane -> lane.settle(NOWHERE));
    }
}
