package io.innkeeper.service;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The place of one service: its newest instance and how it fared. Safe for any thread. */
final class ServiceSlot {
    private enum State {
        STARTING,
        RUNNING,
        FAILED,
        STOPPED
    }

    private final String name;
    private final Supplier<Service> factory;
    private @Nullable Service instance;
    private State state = State.STOPPED;
    private Instant since;
    private int restarts;
    private int failuresInARow;
    private @Nullable String lastError;
    private boolean restartAsked;

    ServiceSlot(String name, Supplier<Service> factory, Instant now) {
        this.name = name;
        this.factory = factory;
        this.since = now;
    }

    String name() {
        return name;
    }

    synchronized void starting(Service fresh, Instant now) {
        instance = fresh;
        state = State.STARTING;
        since = now;
    }

    /** A new instance that has no place yet. */
    Service make() {
        return factory.get();
    }

    /** This instance serves from now on, whichever was there before. */
    synchronized void started(Service service, Instant now) {
        instance = service;
        state = State.RUNNING;
        since = now;
    }

    /** Notes a failure; returns how many there were in a row. A service that ran for ten minutes begins anew. */
    synchronized int failed(String message, Instant now) {
        boolean ranWell = state == State.RUNNING && since.plusSeconds(600).isBefore(now);
        failuresInARow = ranWell ? 1 : failuresInARow + 1;
        state = State.FAILED;
        since = now;
        lastError = message;
        return failuresInARow;
    }

    synchronized void restarting() {
        restarts++;
    }

    /** Notes that it is being stopped; returns the instance to close, or null where none runs. */
    synchronized @Nullable Service stopping(Instant now) {
        Service service = state == State.FAILED ? null : instance;
        instance = null;
        state = State.STOPPED;
        since = now;
        return service;
    }

    @SuppressWarnings("ReferenceEquality") // an instance is only ever itself
    synchronized boolean isCurrent(Service service) {
        return instance == service;
    }

    /** True while this instance has the place and has not failed. */
    synchronized boolean isServing(Service service) {
        return isCurrent(service) && (state == State.STARTING || state == State.RUNNING);
    }

    synchronized @Nullable Service running() {
        return state == State.RUNNING ? instance : null;
    }

    /** The newest instance, running or not; null where there is none. */
    synchronized @Nullable Service newest() {
        return instance;
    }

    /** True for the first who asks since {@link #restartBegins}: many who ask at once are one restart. */
    synchronized boolean askRestart() {
        boolean first = !restartAsked;
        restartAsked = true;
        return first;
    }

    synchronized void restartBegins() {
        restartAsked = false;
    }

    private static Health healthOf(Service running) {
        try {
            return running.health();
        } catch (RuntimeException e) {
            return new Health(Health.Level.FAILED, "it cannot say how it is: " + e, Map.of());
        }
    }

    ServiceStatus status() {
        Service running = running();
        Health health = running == null ? null : healthOf(running);
        synchronized (this) {
            String error = lastError;
            String message = health == null ? (error == null ? "not running" : error) : health.message();
            return new ServiceStatus(
                    name,
                    state.name().toLowerCase(Locale.ROOT),
                    health == null ? "failed" : health.level().name().toLowerCase(Locale.ROOT),
                    message,
                    since,
                    restarts,
                    error,
                    health == null ? Map.of() : health.detail());
        }
    }
}
