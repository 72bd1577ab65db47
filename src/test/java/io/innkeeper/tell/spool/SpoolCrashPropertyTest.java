package io.innkeeper.tell.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.rdk.v2.Message.Priority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two processes share a spool while the power fails again and again. */
class SpoolCrashPropertyTest {
    private static final SpoolLimits SMALL = new SpoolLimits(12, 4_000);

    /** What a monitor would know a message by. */
    private record Told(Octets sender, String interfaceName, long sequence) {}

    @Test
    void nothingIsLostAndNoNumberIsUsedTwice() {
        Property.check(400, samples -> new Run(samples).go(120));
    }

    @Test
    void aDiskThatForgetsUsesNoNumberTwiceEither() {
        Property.check(400, samples -> {
            Run run = new Run(samples);
            run.forgets = true;
            run.go(60);
        });
    }

    private static final class Run {
        private final Samples samples;
        private final CrashingDisk disk;
        private final Random random;
        private final Spool[] processes = new Spool[2];
        private final Map<Told, Octets> seen = new HashMap<>();
        private final Set<Octets> safe = new HashSet<>();
        private final Set<Octets> ended = new HashSet<>();
        private boolean forgets;
        private int number;

        Run(Samples samples) {
            this.samples = samples;
            this.disk = new CrashingDisk(samples);
            this.random = new Random(samples.below(1 << 30));
        }

        void go(int steps) {
            restart();
            for (int i = 0; i < steps; i++) {
                disk.cutsOnceIn = samples.pick(0, 3, 10);
                try {
                    step(processes[samples.below(2)]);
                } catch (CrashingDisk.PowerCut cut) {
                    restart();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                if (forgets && samples.oneIn(8)) {
                    disk.damage();
                    restart();
                }
                check();
            }
        }

        private void restart() {
            for (int i = 0; i < processes.length; i++) {
                processes[i] = new Spool(disk, SMALL, random, () -> Instant.EPOCH);
            }
        }

        private void step(Spool spool) throws IOException {
            switch (samples.below(5)) {
                case 0, 1, 2 -> add(spool);
                case 3 -> end(spool);
                default -> spool.ask(SpoolBook::messages);
            }
        }

        private void add(Spool spool) throws IOException {
            Octets message = Octets.of(ByteBuffer.allocate(40 + samples.below(300))
                    .putInt(++number)
                    .array());
            Said said =
                    new Said("wan" + samples.below(3), Priority.RENEW, number, samples.pick(0L, 0L, 1L, 2L), message);
            List<Entry.Waiting> before = ask(spool).waiting();
            Set<Octets> mayGo = repeated(before, said);
            try {
                spool.add(said);
                safe.add(message);
            } catch (SpoolFullException full) {
                assertThat(before).isNotEmpty();
            } catch (CrashingDisk.PowerCut cut) {
                safe.removeAll(mayGo);
                throw cut;
            }
            Set<Octets> gone = new HashSet<>();
            before.forEach(one -> gone.add(one.said().message()));
            waiting(spool).forEach(gone::remove);
            assertThat(mayGo).containsAll(gone);
            safe.removeAll(gone);
        }

        /** Those that the next one of the same interface repeats. */
        private static Set<Octets> repeated(List<Entry.Waiting> waiting, Said next) {
            List<Said> all = new ArrayList<>();
            waiting.forEach(one -> all.add(one.said()));
            all.add(next);
            Map<String, Said> later = new HashMap<>();
            Set<Octets> repeated = new HashSet<>();
            for (Said said : all.reversed()) {
                Said after = later.put(said.interfaceName(), said);
                if (after != null && said.topic() != 0 && said.topic() == after.topic()) {
                    repeated.add(said.message());
                }
            }
            return repeated;
        }

        private void end(Spool spool) throws IOException {
            List<Entry.Waiting> waiting = ask(spool).waiting();
            if (waiting.isEmpty()) {
                return;
            }
            Entry.Waiting one = waiting.get(samples.below(waiting.size()));
            End end = samples.pick(End.STORED, End.DUPLICATE, End.REJECTED, End.TOLD);
            List<Octets> gone = waiting.stream()
                    .filter(other -> other.interfaceName().equals(one.interfaceName()))
                    .filter(other -> other.sequence() == one.sequence()
                            || (end.coversEarlier() && other.sequence() < one.sequence()))
                    .map(other -> other.said().message())
                    .toList();
            // From here on they may be gone, and once it returned they are.
            safe.removeAll(gone);
            spool.end(List.of(new Entry.Ended(one.interfaceName(), one.sequence(), end, "so it is", 5)));
            ended.addAll(gone);
        }

        private static List<Octets> waiting(Spool spool) {
            return ask(spool).waiting().stream()
                    .map(one -> one.said().message())
                    .toList();
        }

        private static SpoolBook ask(Spool spool) {
            try {
                return spool.ask(book -> book);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void check() {
            disk.cutsOnceIn = 0;
            for (Spool spool : processes) {
                List<Octets> messages = new ArrayList<>();
                for (Entry.Waiting one : ask(spool).waiting()) {
                    Octets message = one.said().message();
                    Octets before = seen.putIfAbsent(numberOf(spool, one), message);
                    assertThat(before == null || before.equals(message))
                            .as("%s had this number before", one)
                            .isTrue();
                    messages.add(message);
                }
                assertThat(messages).doesNotHaveDuplicates();
                if (!forgets) {
                    assertThat(messages).containsAll(safe).noneMatch(ended::contains);
                    assertThat(messages).hasSizeLessThanOrEqualTo(SMALL.messages());
                    assertThat(spool.damages()).isZero();
                }
            }
        }

        private static Told numberOf(Spool spool, Entry.Waiting one) {
            try {
                return new Told(spool.sender(), one.interfaceName(), one.sequence());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
