package io.innkeeper.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.event.Event;
import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventLog;
import io.innkeeper.event.EventType;
import io.innkeeper.store.Database;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.Outbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The thread of a target, with a way that only counts. */
@Timeout(60)
class TargetWorkerTest {
    private static final long IDLE_MS = 20;

    @TempDir
    private Path folder;

    private final AtomicInteger idles = new AtomicInteger();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();

    private final class Counting implements Carrier {
        @Override
        public Delivery deliver(List<Event> events) {
            return Delivery.of(events.size());
        }

        @Override
        public Delivery idle() {
            idles.incrementAndGet();
            return Delivery.WELL;
        }

        @Override
        public long idleMs() {
            return IDLE_MS;
        }

        @Override
        public void close() {}
    }

    private static final class Uncounted implements OutboundStatistics {
        @Override
        public void delivered(String target, int events) {}

        @Override
        public void failed(String target) {}

        @Override
        public void refused(String target) {}

        @Override
        public void lost(String target, long events) {}
    }

    @Test
    void eventsThatNobodyWantsDoNotKeepTheConnectionFromBeingLookedAfter() {
        EventLog log = new EventLog(0, 1_000_000);
        try (Database database = Database.open(folder.resolve("x.db"))) {
            TargetWorker.World world = new TargetWorker.World(
                    log,
                    new EventQueries(database),
                    new Outbox(database),
                    Instant::now,
                    RandomGenerator.getDefault(),
                    new BackOff(Duration.ofMillis(1), Duration.ofMillis(2)),
                    new Uncounted(),
                    256);
            Target target = new Target("mqtt", Set.of(EventType.DEVICE_ONLINE), "", Counting::new);
            TargetWorker worker = new TargetWorker(target, world, faults::add);
            worker.start();
            await().until(() -> idles.get() > 0);
            long begin = System.nanoTime();
            int before = idles.get();
            // One follows at the heels of the other, so that there is never a pause.
            while (idles.get() < before + 5
                    && System.nanoTime() - begin < Duration.ofSeconds(10).toNanos()) {
                pass(log, worker);
            }
            assertThat(idles).hasValueGreaterThanOrEqualTo(before + 5);
            worker.stop();
            worker.join();
        }
        assertThat(faults).isEmpty();
    }

    private static void pass(EventLog log, TargetWorker worker) {
        EventDraft unwanted = new EventDraft(EventType.LEASE_ADDED, Instant.EPOCH, "10.0.0.1", "{}");
        log.append(List.of(unwanted), events -> {});
        long newest = log.newest();
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofNanos(1))
                .until(() -> {
                    Outbox.Place place = worker.status().place();
                    return place != null && place.number() >= newest;
                });
    }
}
