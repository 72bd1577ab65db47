package io.innkeeper.outbound;

import io.innkeeper.event.Event;
import io.innkeeper.event.EventLog;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.Outbox;
import io.innkeeper.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one target: reads on in the stream of events from where the target stands, hands events to its carrier, and
 * moves on when they are acknowledged. The place is stored a moment later, so after a crash the newest acknowledged events
 * come again, under the same keys. What fails is tried again after a wait; nobody else waits.
 */
final class TargetWorker {
    private static final Logger LOG = LoggerFactory.getLogger(TargetWorker.class);

    /** An event that is refused so often is given up: those behind it shall not wait for ever. */
    static final int MAX_REFUSALS = 10;

    private static final long SAVE_EVERY_MS = 200;

    /** So long what is on its way may still be acknowledged: else it would come again, as a double. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    /** Of failures in a row, every so manieth is logged. */
    private static final int LOGGED = 20;

    /**
     * What all targets share.
     *
     * @param atOnce events looked at in one go
     */
    record World(
            EventLog log,
            EventQueries events,
            Outbox outbox,
            InstantSource clock,
            RandomGenerator random,
            BackOff backOff,
            OutboundStatistics statistics,
            int atOnce) {}

    private final Target target;
    private final World world;
    private final Consumer<Throwable> broken;
    private final long begin;
    private final Carrier carrier;
    private final Semaphore again = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;
    private volatile long stoppedNanos;
    private volatile TargetStatus status = TargetStatus.NEW;

    private Outbox.@Nullable Place place;
    /** How often the receiver said that it does not want this event; what fails on the way there says nothing about an event. */
    private int refusals;

    private long refusedNumber;
    private boolean begun;
    private long idleMs;
    private long idleNanos;
    private long savedNanos = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(SAVE_EVERY_MS);
    private boolean dirty;

    /**
     * Not started.
     *
     * @param broken hears of faults of ours
     */
    TargetWorker(Target target, World world, Consumer<Throwable> broken) {
        this.target = target;
        this.world = world;
        this.broken = broken;
        this.begin = world.log().newest();
        this.carrier = target.way().get();
        this.thread = Thread.ofVirtual().name("outbound-" + target.name()).unstarted(this::run);
    }

    Target target() {
        return target;
    }

    TargetStatus status() {
        return status;
    }

    void start() {
        thread.start();
    }

    /** Tries again now, whatever it waits for. */
    void tryAgain() {
        again.release();
    }

    /** Tells it to stop; {@link #join} waits until it has. */
    void stop() {
        stoppedNanos = System.nanoTime();
        stopping = true;
        world.log().wake();
        again.release();
    }

    /** Waits until it has stopped, which {@link #stop} asked for; says so where it does not in time. */
    void join() {
        try {
            long graceNanos = Math.max(0, GRACE_NANOS - (System.nanoTime() - stoppedNanos));
            if (thread.join(Duration.ofNanos(graceNanos))) {
                return;
            }
            thread.interrupt();
            if (!thread.join(STOP_WITHIN)) {
                LOG.warn("{} does not stop; going on without it", target.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                turn();
            }
        } catch (InterruptedException e) {
            LOG.debug("{} stops", target.name());
        } catch (RuntimeException | LinkageError e) {
            if (!stopping) {
                broken.accept(e);
            }
        } finally {
            leave();
        }
    }

    private void leave() {
        boolean _ = Thread.interrupted(); // what is left to do may wait for the store and the network
        saveQuietly();
        carrier.close();
    }

    private void turn() throws InterruptedException {
        try {
            Outbox.Place now = known();
            if (!begun) {
                carrier.begin(now.number());
                begun = true;
            }
            pump(now);
        } catch (StoreException e) {
            failed(new Trouble.Later("the store: " + e.getMessage()), 0);
        }
    }

    /** The place; of a new target, the newest event when it was configured. */
    private Outbox.Place known() {
        Outbox.Place now = place;
        if (now == null) {
            now = world.outbox().find(target.name()).orElse(null);
            if (now == null) {
                now = Outbox.Place.after(begin);
                world.outbox().put(target.name(), now);
            } else if (now.number() > world.log().newest()) {
                now = move(now, world.log().newest());
            }
            place = now;
            status = status.at(now);
        }
        return now;
    }

    private void pump(Outbox.Place now) throws InterruptedException {
        EventLog.Batch batch =
                world.log().await(now.number(), world.atOnce(), dirty ? SAVE_EVERY_MS : idleMs, () -> stopping);
        if (world.log().isClosed()) {
            stopping = true;
        }
        if (stopping) {
            return;
        }
        List<Event> events = batch.behind() ? fromStore(now) : batch.events();
        if (!events.isEmpty()) {
            List<Event> wanted = events.stream().filter(target::wants).toList();
            deliver(wanted, events);
            // Events that nobody wants here say nothing to the other side.
            if (wanted.isEmpty() && System.nanoTime() - idleNanos >= idleMs * 1_000_000) {
                idle();
            }
        } else if (!batch.behind()) {
            saveIfDue();
            idle();
        }
    }

    private void idle() throws InterruptedException {
        idleNanos = System.nanoTime();
        idleMs = carrier.idleMs();
        Trouble trouble = carrier.idle().trouble();
        if (trouble != null) {
            failed(trouble, 0);
        } else {
            well();
        }
    }

    private List<Event> fromStore(Outbox.Place now) {
        List<Event> events = world.events().after(now.number(), world.atOnce());
        long first =
                events.isEmpty() ? world.log().newest() + 1 : events.getFirst().number();
        long gone = first - now.number() - 1;
        if (gone > 0) {
            LOG.error(
                    "{}: {} events were removed before they could be delivered; events.keep says how many are kept",
                    target.name(),
                    gone);
            world.statistics().lost(target.name(), gone);
            status = status.lost(world.clock().instant());
            change(new Outbox.Place(first - 1, now.attempts(), now.trouble(), now.refused(), now.lost() + gone));
        }
        return events;
    }

    /** Hands on what is wanted; at the first trouble the rest waits. */
    private void deliver(List<Event> wanted, List<Event> events) throws InterruptedException {
        List<Event> left = wanted;
        while (!left.isEmpty() && !stopping) {
            Delivery delivery = carrier.deliver(left);
            if (delivery.delivered() > 0) {
                left = left.subList(delivery.delivered(), left.size());
                world.statistics().delivered(target.name(), delivery.delivered());
                status = status.deliveredMore(delivery.delivered());
                well();
                moveBefore(left, events);
                saveIfDue();
            }
            Trouble trouble = delivery.trouble();
            if (trouble != null) {
                failed(trouble, left.isEmpty() ? 0 : left.getFirst().number());
                return;
            }
        }
        if (left.isEmpty()) {
            moveBefore(left, events);
            saveIfDue();
        }
    }

    /** All before the first that is left is done; all where none is. */
    private void moveBefore(List<Event> left, List<Event> events) {
        long to = left.isEmpty() ? events.getLast().number() : left.getFirst().number() - 1;
        Outbox.Place now = known();
        if (now.number() != to) {
            change(move(now, to));
        }
    }

    private static Outbox.Place move(Outbox.Place from, long to) {
        return new Outbox.Place(to, from.attempts(), from.trouble(), from.refused(), from.lost());
    }

    private void change(Outbox.Place next) {
        place = next;
        dirty = true;
        status = status.at(next);
    }

    private void well() {
        Outbox.Place now = known();
        if (now.attempts() > 0) {
            LOG.info("{} takes events again", target.name());
            change(new Outbox.Place(now.number(), 0, null, now.refused(), now.lost()));
            status = status.waitingUntil(null);
        }
    }

    /**
     * Notes a failure and waits.
     *
     * @param number the event that was not taken; 0 where it was about none
     */
    private void failed(Trouble trouble, long number) throws InterruptedException {
        if (stopping) {
            return; // it failed because it is being stopped
        }
        Outbox.Place now = place == null ? Outbox.Place.after(begin) : place;
        int attempts = now.attempts() + 1;
        Instant at = world.clock().instant();
        world.statistics().failed(target.name());
        status = status.failed(trouble.reason(), at);
        if (trouble instanceof Trouble.Refused && number > 0 && refusedAgain(number) >= MAX_REFUSALS) {
            giveUp(now, trouble, number);
            return;
        }
        if (place != null) {
            change(new Outbox.Place(now.number(), attempts, trouble.reason(), now.refused(), now.lost()));
        }
        saveQuietly();
        if (trouble instanceof Trouble.Gone) {
            LOG.error("{}: {}; it is not tried again until its configuration changes", target.name(), trouble.reason());
            status = status.isGone();
            again.acquire();
        } else {
            pause(trouble, attempts, at);
        }
        again.drainPermits();
        status = status.waitingUntil(null);
    }

    private int refusedAgain(long number) {
        refusals = number == refusedNumber ? refusals + 1 : 1;
        refusedNumber = number;
        return refusals;
    }

    private void pause(Trouble trouble, int attempts, Instant at) throws InterruptedException {
        long wish = trouble instanceof Trouble.Later later ? later.afterMs() : 0;
        long waitMs =
                Math.max(wish, world.backOff().waitMs(attempts, world.random().nextDouble()));
        if (attempts % LOGGED == 1) {
            LOG.warn(
                    "{}: {}; tried in vain {} times, next try in {} ms",
                    target.name(),
                    trouble.reason(),
                    attempts,
                    waitMs);
        }
        status = status.waitingUntil(at.plusMillis(waitMs));
        boolean _ = again.tryAcquire(waitMs, TimeUnit.MILLISECONDS);
    }

    private void giveUp(Outbox.Place now, Trouble trouble, long number) {
        LOG.error("{}: event {} is given up: {} {} times", target.name(), number, trouble.reason(), MAX_REFUSALS);
        world.statistics().refused(target.name());
        change(new Outbox.Place(number, 0, null, now.refused() + 1, now.lost()));
        saveQuietly();
    }

    private void saveIfDue() {
        if (dirty && System.nanoTime() - savedNanos >= TimeUnit.MILLISECONDS.toNanos(SAVE_EVERY_MS)) {
            save();
        }
    }

    private void save() {
        Outbox.Place now = place;
        if (dirty && now != null) {
            world.outbox().put(target.name(), now);
            dirty = false;
            savedNanos = System.nanoTime();
        }
    }

    /** What is not stored costs a double, not an event. */
    private void saveQuietly() {
        try {
            save();
        } catch (StoreException e) {
            LOG.warn("{}: its place could not be stored: {}", target.name(), e.getMessage());
        }
    }
}
