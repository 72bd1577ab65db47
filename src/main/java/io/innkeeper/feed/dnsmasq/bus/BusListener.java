package io.innkeeper.feed.dnsmasq.bus;

import io.innkeeper.feed.dnsmasq.Listener;
import io.innkeeper.feed.dnsmasq.ListenerStatus;
import io.innkeeper.feed.dnsmasq.Witness;
import io.innkeeper.feed.dnsmasq.Word;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to what a dnsmasq says on a D-Bus: leases as they come, change and go, and its counters. One thread has the state;
 * the threads of the bus's library put what they hear into its inbox.
 *
 * <p>The bus tells changes, never what there is: what happened while nobody listened is not told again, until dnsmasq starts
 * again and tells each lease that it has.
 */
public final class BusListener implements Listener, CounterSource {
    private static final Logger LOG = LoggerFactory.getLogger(BusListener.class);

    /** How many signals may wait; the bus waits where there are more. */
    static final int INBOX = 10_000;

    /** How long to wait before the bus is tried again: at first, and at most. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** How often to look whether the connection still stands, where nothing says so. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final Duration CLOSING = Duration.ofSeconds(5);

    /**
     * Where to listen.
     *
     * @param source the name of this dnsmasq
     * @param address of the bus; {@code system} is the system bus
     * @param service the name that dnsmasq has on the bus
     * @param metrics how often its counters are read
     */
    public record Settings(String source, String address, String service, Duration metrics) {}

    /** What the library's threads tell the listener's. */
    private sealed interface Heard {
        /** Somebody said something. */
        record Said(BusConnection.Signal signal) implements Heard {}

        /** The connection ended. */
        record Lost() implements Heard {}
    }

    private final Settings settings;
    private final Consumer<Word> words;
    private final InstantSource clock;
    private final ListenerStatus status;
    private final BlockingQueue<Heard> inbox = new ArrayBlockingQueue<>(INBOX);
    private final Thread thread;
    private volatile Optional<BusMetrics> metrics = Optional.empty();
    private volatile boolean closed;
    private Consumer<Throwable> onFailure = _ -> {};

    /** The unique name of our dnsmasq on the bus; null while it is not there. */
    private @Nullable String owner;

    private long metricsNanos;
    private boolean metricsFailed;

    /**
     * A listener that does nothing yet.
     *
     * @param words takes what is said of leases, on a thread of the listener, in the order of the bus; it may wait
     */
    public BusListener(Settings settings, Consumer<Word> words, InstantSource clock) {
        this.settings = settings;
        this.words = words;
        this.clock = clock;
        this.status = new ListenerStatus(Witness.DBUS, settings.service() + " at " + settings.address(), clock);
        this.thread = Thread.ofPlatform().name("dbus-" + settings.source()).unstarted(this::loop);
    }

    @Override
    public Witness witness() {
        return Witness.DBUS;
    }

    @Override
    public void start(Consumer<Throwable> failureListener) {
        onFailure = failureListener;
        thread.start();
    }

    @Override
    public Status status() {
        return status.now();
    }

    @Override
    public Optional<BusMetrics> metrics() {
        return metrics;
    }

    private void loop() {
        try {
            Duration pause = FIRST_PAUSE;
            while (!closed) {
                boolean listened = false;
                inbox.clear();
                try (BusConnection bus = BusConnection.open(settings.address(), this::lost)) {
                    listened = true;
                    follow(bus);
                    status.is(State.FAILING, "the bus closed the connection; it is tried again");
                } catch (BusException e) {
                    status.is(State.FAILING, e.getMessage());
                    LOG.debug("dnsmasq '{}': {}", settings.source(), e.getMessage());
                }
                owner = null;
                metrics = Optional.empty();
                pause = listened ? FIRST_PAUSE : pause.multipliedBy(2);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
                if (!closed) {
                    Thread.sleep(pause);
                }
            }
        } catch (InterruptedException e) {
            // close() interrupts; nothing to finish.
        } catch (RuntimeException | java.lang.Error e) {
            onFailure.accept(e);
        }
    }

    private void lost() {
        // Where the inbox is full, the look at the connection finds out.
        inbox.offer(new Heard.Lost());
    }

    private void put(BusConnection.Signal signal) {
        try {
            inbox.put(new Heard.Said(signal));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the connection is closed
        }
    }

    /** As long as the connection stands. The question who has the name comes after the wish for signals: none is missed. */
    private void follow(BusConnection bus) throws BusException, InterruptedException {
        DnsmasqOnBus dnsmasq = new DnsmasqOnBus(bus, settings.service());
        bus.follow(settings.service(), DnsmasqOnBus.PATH, this::put);
        owner(bus.owner(settings.service()).orElse(null));
        while (!closed && bus.isOpen()) {
            long untilMetrics = metricsNanos - System.nanoTime();
            if (owner != null && untilMetrics <= 0) {
                readMetrics(bus, dnsmasq);
                continue;
            }
            long wait = owner == null ? LOOK.toNanos() : Math.min(untilMetrics, LOOK.toNanos());
            switch (inbox.poll(wait, TimeUnit.NANOSECONDS)) {
                case null -> {
                    // Nothing was said.
                }
                case Heard.Lost _ -> {
                    return;
                }
                case Heard.Said said -> hear(said.signal());
            }
        }
    }

    private void hear(BusConnection.Signal signal) {
        if (signal.name().equals(BusConnection.OWNER_CHANGED)) {
            if (signal.sender().equals(BusConnection.BUS) && signal.arguments().size() == 3) {
                owner(String.valueOf(signal.arguments().get(2)));
            }
            return;
        }
        if (!signal.sender().equals(owner)) {
            status.dropped(1);
            return;
        }
        LeaseSignal.read(signal.name(), signal.arguments(), settings.source())
                .ifPresentOrElse(
                        notice -> {
                            status.taken(1);
                            words.accept(new Word(notice, Witness.DBUS, clock.instant()));
                        },
                        () -> {
                            if (LeaseSignal.isLease(signal.name())) {
                                status.dropped(1);
                            }
                        });
    }

    private void owner(@Nullable String now) {
        owner = now == null || now.isEmpty() ? null : now;
        metricsNanos = System.nanoTime();
        metricsFailed = false;
        if (owner == null) {
            metrics = Optional.empty();
            status.is(
                    State.WAITING,
                    "nobody is called " + settings.service()
                            + " there: dnsmasq does not run, or its configuration lacks enable-dbus");
        } else {
            status.is(State.LISTENING, null);
        }
    }

    private void readMetrics(BusConnection bus, DnsmasqOnBus dnsmasq) throws BusException {
        metricsNanos = System.nanoTime() + settings.metrics().toNanos();
        try {
            metrics = Optional.of(dnsmasq.metrics(clock.instant()));
            status.is(State.LISTENING, null);
            metricsFailed = false;
        } catch (BusException e) {
            metrics = Optional.empty();
            if (!bus.isOpen()) {
                throw e;
            }
            String wrong = e.isRefused()
                    ? "its counters cannot be read: the bus lets this user hear dnsmasq, but not call it"
                    : "its counters cannot be read: " + e.getMessage();
            status.is(State.LISTENING, wrong);
            if (e.isRefused() && !metricsFailed) {
                LOG.info("dnsmasq '{}': {}", settings.source(), wrong);
            }
            metricsFailed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        status.is(State.OFF, null);
    }
}
