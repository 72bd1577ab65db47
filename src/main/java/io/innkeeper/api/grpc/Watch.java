package io.innkeeper.api.grpc;

import com.google.rpc.Code;
import innkeeper.v1.StreamPosition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.innkeeper.event.Event;
import io.innkeeper.event.EventLog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One watcher of the stream: a virtual thread that reads on from where the watcher stands, first from the store where that is
 * far behind. What is on its way to it is bounded by the flow control of the connection: the thread waits until it takes more.
 * One that takes nothing for half a minute, or was up to date and then falls further behind than the configured buffer, is cut;
 * it comes back with the last number it has, and misses nothing.
 */
abstract class Watch<T> {
    private static final int AT_ONCE = 256;

    /** What was not asked for is told as a position after so many events, so that a watcher that comes back need not read them again. */
    private static final long SKIPPED_TOLD = 1_000;

    /** A wait so long waited for the watcher; a lag without that is our own, and no reason to cut anybody. */
    private static final long SLOW_NANOS = 1_000_000_000L;

    private static final Status STOPPING =
            Status.UNAVAILABLE.withDescription("the server is stopping; watch again from where you are");

    private final GrpcWorld world;
    private final WatchLimits limits;
    private final ServerCallStreamObserver<T> observer;
    private final Semaphore moved = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;
    private long at;
    private long toldPosition;
    private boolean upToDate;
    private boolean slow;

    /** Must be made on the thread of the call: what hears of readiness and of the end is hung up here. */
    Watch(GrpcWorld world, WatchLimits limits, ServerCallStreamObserver<T> observer, String name) {
        this.world = world;
        this.limits = limits;
        this.observer = observer;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::runToTheEnd);
        observer.setOnReadyHandler(moved::release);
        observer.setOnCancelHandler(this::leave);
    }

    /** Tells a position. */
    abstract T position(StreamPosition position);

    /** Sends what of these events the watcher asked for; all are after those of the call before. */
    abstract void tell(List<Event> events) throws InterruptedException;

    /** Sends what comes before the events; the watcher stands at that number. */
    void begin(long number) throws InterruptedException {}

    /** Begins after a number, or where that is null with what comes from now on. */
    void start(@Nullable Long after, String store) {
        long newest = world.log().newest();
        if (!store.isEmpty() && !store.equals(world.store())) {
            throw gone("OTHER_STORE", "the number is of another store");
        }
        if (after != null && (after < 0 || after > newest)) {
            throw gone("NOT_YET", "there is no event " + after + " yet: the number is of another store");
        }
        at = after == null ? newest : after == 0 ? Math.max(0, world.events().oldest() - 1) : after;
        limits.entered(this);
        thread.start();
    }

    private StatusRuntimeException gone(String reason, String message) {
        return Refusal.of(
                Code.OUT_OF_RANGE,
                reason,
                message,
                Map.of(
                        "oldest", String.valueOf(world.events().oldest()),
                        "newest", String.valueOf(world.log().newest()),
                        "store", world.store()));
    }

    /** The watcher left. */
    private void leave() {
        stopping = true;
        thread.interrupt();
    }

    /** Lets the watcher go because the server stops. */
    void stop() {
        leave();
    }

    /** Returns when the thread has ended, or after so many milliseconds. */
    void join(long ms) throws InterruptedException {
        thread.join(ms);
    }

    private void runToTheEnd() {
        try {
            run();
            end(STOPPING.asRuntimeException());
        } catch (InterruptedException e) {
            end(STOPPING.asRuntimeException());
        } catch (RuntimeException e) {
            end(stopping ? STOPPING.asRuntimeException() : Unary.refusal(e));
        } finally {
            limits.left(this);
        }
    }

    private void end(StatusRuntimeException status) {
        try {
            observer.onError(status);
        } catch (RuntimeException e) {
            // It is gone already.
        }
    }

    private void run() throws InterruptedException {
        EventLog log = world.log();
        begin(at);
        position();
        while (!stopping && !log.isClosed()) {
            EventLog.Batch batch = log.await(at, AT_ONCE, limits.heartbeatMs(), () -> stopping);
            List<Event> events = batch.behind() ? fromStore() : batch.events();
            if (!events.isEmpty()) {
                tell(events);
                at = events.getLast().number();
            }
            if ((events.isEmpty() && !batch.behind()) || at - toldPosition >= SKIPPED_TOLD) {
                position();
            }
            upToDate |= at >= log.newest();
        }
    }

    private List<Event> fromStore() {
        List<Event> events = world.events().after(at, AT_ONCE);
        if (events.isEmpty() || events.getFirst().number() != at + 1) {
            throw gone("EVENTS_GONE", "events after " + at + " are no longer held; begin anew");
        }
        return events;
    }

    private void position() throws InterruptedException {
        send(position(StreamPosition.newBuilder()
                .setNumber(at)
                .setStore(world.store())
                .build()));
        toldPosition = at;
    }

    /** Sends a step as soon as the watcher takes one. */
    final void send(T step) throws InterruptedException {
        awaitReady();
        observer.onNext(step);
        limits.sent();
    }

    /** As {@link #send}, of a step that is told of an event: the watcher knows now where it is. */
    final void send(T step, long number) throws InterruptedException {
        send(step);
        toldPosition = Math.max(toldPosition, number);
    }

    private void awaitReady() throws InterruptedException {
        if (observer.isReady()) {
            slow = false;
            return;
        }
        long beganNanos = System.nanoTime();
        long patienceNanos = TimeUnit.MILLISECONDS.toNanos(limits.patienceMs());
        while (!observer.isReady()) {
            if (stopping || Thread.interrupted()) {
                throw new InterruptedException();
            }
            long waitedNanos = System.nanoTime() - beganNanos;
            slow |= waitedNanos > SLOW_NANOS;
            boolean isLate = slow && upToDate && world.log().newest() - at > limits.buffer();
            if (isLate || waitedNanos > patienceNanos) {
                limits.cut();
                throw Refusal.of(
                        Code.RESOURCE_EXHAUSTED,
                        "TOO_SLOW",
                        "the watcher does not keep up; watch again from the last number it has",
                        Map.of("newest", String.valueOf(world.log().newest())));
            }
            boolean _ = moved.tryAcquire(limits.lookMs(), TimeUnit.MILLISECONDS);
            moved.drainPermits();
        }
    }
}
