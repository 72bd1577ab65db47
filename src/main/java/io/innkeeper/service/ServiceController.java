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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
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
    private static final long REPLACED_AFTER_MS = 500;
    private static final int NAME_SHOWN = 40;

    /**
     * How long to wait before a failed service is started again.
     *
     * @param first after the first failure; doubles with each further one
     * @param last at most
     */
    public record BackOff(Duration first, Duration last) {
        /** A second to a minute. */
        public static final BackOff USUAL = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(1));

        /** The wait before the n-th restart in a row. */
        Duration before(int restart) {
            Duration wait = first.multipliedBy(1L << Math.clamp(restart - 1, 0, 20));
            return wait.compareTo(last) > 0 ? last : wait;
        }
    }

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
    private final BackOff backOff;

    /** Instances that were replaced and still have to be closed; only touched by the supervisor. */
    private final Map<Service, String> leaving = new LinkedHashMap<>();

    private boolean closed;

    /**
     * A controller without services.
     *
     * @param closeDeadline how long one service may take to stop before the next is stopped
     */
    public ServiceController(InstantSource clock, Listener listener, Duration closeDeadline, BackOff backOff) {
        this.clock = clock;
        this.listener = listener;
        this.closeDeadline = closeDeadline;
        this.backOff = backOff;
    }

    /**
     * Adds a service; call before {@link #start}.
     *
     * @param factory makes a new instance at each start
     */
    public synchronized void add(String name, Supplier<Service> factory) {
        slots.put(name, new ServiceSlot(name, factory, clock.instant()));
    }

    /** Adds a service while others run, and starts it, a moment later; where it cannot start it is tried again. */
    public void begin(String name, Supplier<Service> factory) {
        add(name, factory);
        slot(name)
                .ifPresent(slot -> later(() -> {
                    if (!closed) {
                        startOne(slot);
                    }
                }));
    }

    /** Stops a service and forgets it, a moment later. */
    public void end(String name) {
        slot(name)
                .ifPresent(slot -> later(() -> {
                    synchronized (this) {
                        slots.remove(name, slot);
                    }
                    Service service = slot.stopping(clock.instant());
                    if (service != null) {
                        close(name, service);
                        listener.changed(EventType.SERVICE_STOPPED, name, "stopped");
                    }
                }));
    }

    /** Starts all, in the order in which they were added; returns when each has started or failed for the first time. */
    public void start() {
        try {
            await(() -> all().forEach(this::startOne));
        } catch (ServiceException e) {
            throw new IllegalStateException(e);
        }
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
        await(() -> replaceNow(slot));
    }

    private void replaceNow(ServiceSlot slot) throws ServiceException {
        Service old = slot.running();
        Service fresh = slot.make();
        try {
            fresh.start(reason -> later(() -> failed(slot, fresh, reason)));
        } catch (ServiceException | RuntimeException e) {
            close(slot.name(), fresh);
            throw e;
        }
        slot.started(fresh, clock.instant());
        if (old != null) {
            leaving.put(old, slot.name());
            // The call that asked for this may have come through the old one: let its answer out first.
            Future<?> _ = supervisor.schedule(() -> leave(old), REPLACED_AFTER_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void leave(Service old) {
        String name = leaving.remove(old);
        if (name != null) {
            close(name, old);
        }
    }

    /** What a service tells after all were stopped comes too late. */
    private void later(Runnable work) {
        try {
            supervisor.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("Told after the end: {}", e.toString());
        }
    }

    /**
     * Stops a service and starts a new instance, a moment later: for one that needs what the old one holds. Where the new one
     * cannot start it is tried again like any that fails.
     *
     * @param failed called, before the next try, with the reason if the new one cannot start
     */
    public void restart(String name, Consumer<String> failed) {
        slot(name)
                .ifPresent(slot -> later(() -> {
                    Future<?> _ = supervisor.schedule(
                            () -> restartNow(slot, failed), REPLACED_AFTER_MS, TimeUnit.MILLISECONDS);
                }));
    }

    private void restartNow(ServiceSlot slot, Consumer<String> failed) {
        // It may have been removed since it was asked for.
        if (closed || slot(slot.name()).orElse(null) != slot) {
            return;
        }
        Service old = slot.running();
        if (old != null) {
            close(slot.name(), old);
        }
        startOne(slot);
        if (slot.running() == null) {
            failed.accept(slot.status().message());
        }
    }

    /**
     * Does a command of a service: one of its own, or {@code list_commands}, {@code get_status}, {@code restart}, which every
     * service has. What is wrong comes back as an error: where there is no service or command of that name, it does not run,
     * an argument is wrong. On the thread of the caller, which waits.
     */
    public CommandResponse command(String name, Command command) {
        ServiceSlot slot = slot(name).orElse(null);
        if (slot == null) {
            List<String> names = all().stream().map(ServiceSlot::name).toList();
            return CommandResponse.commandError("there is no service '" + CommandSpec.shown(name, NAME_SHOWN) + "'; "
                    + CommandSpec.didYouMean(name, names) + "there are: " + String.join(", ", names));
        }
        return new SlotCommands(slot, clock.instant(), () -> askRestart(slot)).run(command);
    }

    /** The commands of a service, its own first; empty where there is no such service. */
    public List<CommandView> commands(String name) {
        return slot(name)
                .map(slot -> new SlotCommands(slot, clock.instant(), () -> askRestart(slot)).views())
                .orElse(List.of());
    }

    /** The services that have a command of this name of their own. */
    public List<String> havingOwn(String command) {
        return all().stream()
                .filter(slot -> SlotCommands.own(slot).stream()
                        .anyMatch(one -> one.spec().name().equals(command)))
                .map(ServiceSlot::name)
                .toList();
    }

    private void askRestart(ServiceSlot slot) {
        if (slot.askRestart()) {
            later(() -> {
                Future<?> _ = supervisor.schedule(
                        () -> {
                            slot.restartBegins();
                            restartNow(slot, reason -> {});
                        },
                        REPLACED_AFTER_MS,
                        TimeUnit.MILLISECONDS);
            });
        }
    }

    private void startOne(ServiceSlot slot) {
        Service service;
        try {
            service = slot.make();
        } catch (RuntimeException | LinkageError e) {
            service = new UnmadeService(e);
        }
        Service fresh = service;
        slot.starting(fresh, clock.instant());
        try {
            fresh.start(reason -> later(() -> failed(slot, fresh, reason)));
        } catch (ServiceException | RuntimeException | LinkageError e) {
            failed(slot, fresh, e);
            return;
        }
        slot.started(fresh, clock.instant());
        listener.changed(EventType.SERVICE_STARTED, slot.name(), "started");
    }

    private void failed(ServiceSlot slot, Service service, Throwable reason) {
        if (!slot.isServing(service)) {
            return;
        }
        close(slot.name(), service);
        String message = reason instanceof ServiceException ? String.valueOf(reason.getMessage()) : reason.toString();
        Instant now = clock.instant();
        Duration wait = backOff.before(slot.failed(message, now));
        LOG.error("Service {} failed: {}; next try in {} ms", slot.name(), message, wait.toMillis());
        if (!(reason instanceof ServiceException)) {
            LOG.error("The failure of service {} in full", slot.name(), reason);
        }
        listener.changed(EventType.SERVICE_FAILED, slot.name(), message);
        Future<?> _ = supervisor.schedule(() -> restart(slot, service), wait.toMillis(), TimeUnit.MILLISECONDS);
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
                LOG.error("Service {} did not stop within {} ms; going on without it", name, closeDeadline.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something that the supervisor does. */
    private interface Work {
        void run() throws ServiceException;
    }

    private void await(Work work) throws ServiceException {
        try {
            supervisor
                    .submit(() -> {
                        work.run();
                        return true;
                    })
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceException("interrupted", e);
        } catch (RejectedExecutionException e) {
            throw new ServiceException("everything is being stopped", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServiceException reason) {
                throw reason;
            }
            throw new IllegalStateException("the supervisor failed", e.getCause());
        }
    }

    /** Stops all in reverse order. */
    @Override
    public void close() {
        try {
            await(this::closeAll);
        } catch (ServiceException e) {
            LOG.debug("Closed before, or interrupted", e);
        }
        supervisor.shutdownNow();
    }

    private void closeAll() {
        closed = true;
        List.copyOf(leaving.keySet()).forEach(this::leave);
        for (ServiceSlot slot : all().reversed()) {
            Service service = slot.stopping(clock.instant());
            if (service != null) {
                close(slot.name(), service);
                listener.changed(EventType.SERVICE_STOPPED, slot.name(), "stopped");
            }
        }
    }
}
