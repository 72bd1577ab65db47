package io.innkeeper.tell;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.tell.spool.Entry;
import io.innkeeper.tell.spool.Said;
import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.rdk.v2.Message.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What goes to which monitor next. */
class DispatchTest {
    private int owner;

    private static Entry.Waiting message(String name, long sequence, Priority priority, long atMs) {
        return new Entry.Waiting(sequence, new Said(name, priority, atMs, 0, Octets.EMPTY));
    }

    private static List<String> names(List<Entry.Waiting> messages) {
        return messages.stream()
                .map(one -> one.interfaceName() + one.sequence())
                .toList();
    }

    private Dispatch dispatch() {
        return new Dispatch(name -> owner < 0 ? OptionalInt.empty() : OptionalInt.of(owner));
    }

    @Test
    void theMostUrgentInterfaceGoesFirstInItsOrder() {
        Dispatch dispatch = dispatch();
        dispatch.refresh(List.of(
                message("a", 1, Priority.BULK, 1),
                message("b", 1, Priority.RENEW, 5),
                message("b", 2, Priority.RENEW, 6),
                message("c", 1, Priority.RENEW, 2),
                message("d", 1, Priority.BULK, 3),
                message("d", 2, Priority.EXPIRY, 7)));
        assertThat(names(dispatch.next(0, 4, 9))).containsExactly("d1", "d2", "c1", "b1");
        assertThat(names(dispatch.next(0, 4, 9))).as("the window is full").isEmpty();
        assertThat(names(dispatch.next(0, 9, 1))).containsExactly("b2");
        assertThat(dispatch.onItsWay(0)).isEqualTo(5);
        assertThat(dispatch.wanted()).containsExactly(0);
    }

    @Test
    void anInterfaceMovesOnceNothingIsOnItsWay() {
        Dispatch dispatch = dispatch();
        List<Entry.Waiting> waiting = List.of(message("a", 1, Priority.RENEW, 1), message("a", 2, Priority.RENEW, 2));
        dispatch.refresh(waiting);
        assertThat(names(dispatch.next(0, 1, 1))).containsExactly("a1");
        owner = 1;
        dispatch.refresh(waiting);
        assertThat(dispatch.next(0, 9, 9)).as("it is to move").isEmpty();
        assertThat(dispatch.next(1, 9, 9)).as("its first message is on its way").isEmpty();
        dispatch.refresh(waiting.subList(1, 2));
        assertThat(names(dispatch.next(1, 9, 9))).containsExactly("a2");
    }

    @Test
    void whatWasOnItsWayToADeadMonitorIsSentAgain() {
        Dispatch dispatch = dispatch();
        List<Entry.Waiting> waiting = List.of(message("a", 7, Priority.RENEW, 1), message("a", 9, Priority.RENEW, 2));
        dispatch.refresh(waiting);
        dispatch.next(0, 9, 9);
        dispatch.lost(0);
        owner = -1;
        dispatch.refresh(waiting);
        assertThat(dispatch.wanted()).isEmpty();
        owner = 2;
        dispatch.refresh(waiting);
        assertThat(names(dispatch.next(2, 9, 9))).containsExactly("a7", "a9");
    }

    /** Monitors that die and come back, and owners that change at any time: each hears an interface in order, without gaps. */
    @Test
    void everythingArrivesInOrder() {
        Property.check(200, samples -> new Run(samples).go());
    }

    private static final class Run {
        private final Samples samples;
        private final int[] owners = new int[4];
        private final Dispatch dispatch = new Dispatch(name -> {
            int owner = this.owner(name);
            return owner < 0 ? OptionalInt.empty() : OptionalInt.of(owner);
        });
        private final List<Entry.Waiting> waiting = new ArrayList<>();
        private final List<List<Entry.Waiting>> flying = List.of(new ArrayList<>(), new ArrayList<>());
        private final Map<String, Long> stored = new HashMap<>();
        private final long[] numbers = new long[4];

        Run(Samples samples) {
            this.samples = samples;
        }

        private int owner(String name) {
            return owners[name.charAt(0) - 'a'];
        }

        void go() {
            for (int step = 0; step < 200; step++) {
                step();
            }
            java.util.Arrays.fill(owners, 0);
            for (int step = 0; step < 400; step++) {
                dispatch.refresh(waiting);
                flying.get(0).addAll(dispatch.next(0, 4, 3));
                acknowledge(0);
                acknowledge(1);
            }
            assertThat(waiting).isEmpty();
        }

        private void step() {
            int monitor = samples.below(2);
            switch (samples.below(6)) {
                case 0 -> owners[samples.below(4)] = samples.below(3) - 1;
                case 1, 2 -> say(samples.below(4));
                case 3 -> acknowledge(monitor);
                case 4 -> {
                    if (samples.oneIn(4)) {
                        flying.get(monitor).clear();
                        dispatch.lost(monitor);
                    }
                }
                default -> {
                    dispatch.refresh(waiting);
                    List<Entry.Waiting> batch = dispatch.next(monitor, 4, 3);
                    flying.get(monitor).addAll(batch);
                    assertThat(flying.get(monitor)).hasSizeLessThanOrEqualTo(4).doesNotHaveDuplicates();
                    assertThat(batch)
                            .allSatisfy(one -> assertThat(flying.get(1 - monitor))
                                    .noneMatch(other -> other.interfaceName().equals(one.interfaceName())));
                }
            }
        }

        private void say(int lane) {
            Priority priority = samples.pick(Priority.values());
            numbers[lane] += 1 + samples.below(2);
            waiting.add(message(String.valueOf((char) ('a' + lane)), numbers[lane], priority, samples.below(9)));
            waiting.sort(Comparator.comparing(Entry.Waiting::interfaceName).thenComparingLong(Entry.Waiting::sequence));
        }

        private void acknowledge(int monitor) {
            if (flying.get(monitor).isEmpty()) {
                return;
            }
            Entry.Waiting first = flying.get(monitor).removeFirst();
            Entry.Waiting next = waiting.stream()
                    .filter(one -> one.interfaceName().equals(first.interfaceName()))
                    .findFirst()
                    .orElseThrow();
            assertThat(first).as("the earliest that waits").isEqualTo(next);
            stored.merge(first.interfaceName(), first.sequence(), (before, now) -> {
                assertThat(now).isGreaterThan(before);
                return now;
            });
            waiting.remove(first);
        }
    }
}
