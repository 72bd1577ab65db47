package io.innkeeper.service;

import io.innkeeper.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts services in order, keeps them running, stops them in reverse. A service that fails is closed and a new instance is
 * started after a wait that doubles with each failure up to a minute; the others do not notice. All changes of state happen
 * on one thread, the supervisor's; status can be read from any.
 */
public final class ServiceController implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceController.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LAST_WAIT = Duration.ofMinutes(1);
    private static final long REPLACED_AFTER_MS = 500;

    /** Where changes of state are told. */
    public interface Listener {
        /** A service started, stopped or failed. */
        void changed(EventType type, String service, String message);
    }

    private final Map<String, ServiceSlot> slots = new LinkedHashMap<>();
    private final ScheduledExecutorService supervisor = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().name("supervisor").daemon().unstarted(work));
    private final InstantSource clock;
    private final Listener listener;
    private final Duration closeDeadline;

    /**
     * A controller without services.
     *
     * @param closeDeadline how long one service may take to stop before the next is stopped
     */
    public ServiceController(InstantSource clock, Listener listener, Duration closeDeadline) {
        this.clock = clock;
        this.listener = listener;
        this.closeDeadline = closeDeadline;
    }

    /**
     * Adds a service; call before {@link #start}.
     *
     * @param factory makes a new instance at each start
     */
    public synchronized void add(String name, Supplier<Service> factory) {
        slots.put(name, new ServiceSlot(name, factory, clock.instant()));
    }

    /** Starts all, in the order in which they were added; returns when each has started or failed for the first time. */
    public void start() {
        await(() -> all().forEach(this::startOne));
    }

    private synchronized List<ServiceSlot> all() {
        return new ArrayList<>(slots.values());
    }

    /** Where services stand, in their order. */
    public List<ServiceStatus> statuses() {
        return all().stream().map(ServiceSlot::status).toList();
    }

    /** Where one service stands. */
    public Optional<ServiceStatus> status(String name) {
        return slot(name).map(ServiceSlot::status);
    }

    private synchronized Optional<ServiceSlot> slot(String name) {
        return Optional.ofNullable(slots.get(name));
    }

    /**
     * Puts a new instance in the place of a running one: the new one starts first, so that nothing is lost if it cannot.
     *
     * @throws ServiceException if the new one cannot start; the old one goes on
     */
    public void replace(String name) throws ServiceException {
        ServiceSlot slot = slot(name).orElseThrow(() -> new ServiceException("there is no service '" + name + "'"));
        Service old = slot.running();
        Service fresh = slot.make();
        fresh.start(reason -> supervisor.execute(() -> failed(slot, fresh, reason)));
        slot.started(fresh, clock.instant());
        if (old != null) {
            // The call that asked for this may have come through the old one: let its answer out first.
            Future<?> _ = supervisor.schedule(() -> close(name, old), REPLACED_AFTER_MS, TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Stops a service and starts a new instance, a moment later: for one that needs what the old one holds. Where the new one
     * cannot start it is tried again like any that fails.
     *
     * @param failed called, before the next try, with the reason if the new one cannot start
     */
    public void restart(String name, Consumer<String> failed) {
        slot(name).ifPresent(slot -> {
            Future<?> _ = supervisor.schedule(() -> restartNow(slot, failed), REPLACED_AFTER_MS, TimeUnit.MILLISECONDS);
        });
    }

    private void restartNow(ServiceSlot slot, Consumer<String> failed) {
        Service old = slot.running();
        if (old != null) {
            close(slot.name(), old);
        }
        startOne(slot);
        if (slot.running() == null) {
            failed.accept(slot.status().message());
        }
    }

    /** Passes a command to a service; an error where there is none of that name or it does not run. */
    public CommandResponse command(String name, Command command) {
        Optional<ServiceSlot> slot = slot(name);
        if (slot.isEmpty()) {
            return CommandResponse.error("there is no service '" + name + "'");
        }
        Service running = slot.get().running();
        return running == null
                ? CommandResponse.error("the service '" + name + "' is not running")
                : running.command(command);
    }

    private void startOne(ServiceSlot slot) {
        Service service = slot.starting(clock.instant());
        try {
            service.start(reason -> supervisor.execute(() -> failed(slot, service, reason)));
            slot.started(service, clock.instant());
            listener.changed(EventType.SERVICE_STARTED, slot.name(), "started");
        } catch (ServiceException | RuntimeException e) {
            failed(slot, service, e);
        }
    }

    private void failed(ServiceSlot slot, Service service, Throwable reason) {
        if (!slot.isCurrent(service) || supervisor.isShutdown()) {
            return;
        }
        close(slot.name(), service);
        String message = reason instanceof ServiceException ? String.valueOf(reason.getMessage()) : reason.toString();
        Instant now = clock.instant();
        Duration wait = backOff(slot.failed(message, now));
        LOG.error("Service {} failed: {}; next try in {} s", slot.name(), message, wait.toSeconds());
        if (!(reason instanceof ServiceException)) {
            LOG.error("The failure of service {} in full", slot.name(), reason);
        }
        listener.changed(EventType.SERVICE_FAILED, slot.name(), message);
        Future<?> _ = supervisor.schedule(() -> restart(slot, service), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The wait before the n-th restart in a row. */
    static Duration backOff(int failures) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(Math.max(failures - 1, 0), 10));
        return wait.compareTo(LAST_WAIT) > 0 ? LAST_WAIT : wait;
    }

    private void restart(ServiceSlot slot, Service failed) {
        if (slot.isCurrent(failed)) {
            slot.restarting();
            startOne(slot);
        }
    }

    /** Stops a service within the deadline; one that takes longer is left behind and said so. */
    private void close(String name, Service service) {
        Thread closing = Thread.ofVirtual().name("close-" + name).start(service::close);
        try {
            if (!closing.join(closeDeadline)) {
                LOG.error("Service {} did not stop within {} s; going on without it", name, closeDeadline.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(Runnable work) {
        try {
            supervisor.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("the supervisor failed", e.getCause());
        }
    }

    /** Stops all in reverse order. */
    @Override
    public void close() {
        await(() -> all().reversed().forEach(slot -> {
            Service service = slot.stopping(clock.instant());
            if (service != null) {
                close(slot.name(), service);
                listener.changed(EventType.SERVICE_STOPPED, slot.name(), "stopped");
            }
        }));
        supervisor.shutdownNow();
    }
}
