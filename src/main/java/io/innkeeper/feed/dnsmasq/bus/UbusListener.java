package io.innkeeper.feed.dnsmasq.bus;

import io.innkeeper.feed.dnsmasq.Listener;
import io.innkeeper.feed.dnsmasq.ListenerStatus;
import io.innkeeper.feed.dnsmasq.Witness;
import io.innkeeper.feed.dnsmasq.Word;
import io.innkeeper.wire.net.PrintableText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to what a dnsmasq says on OpenWrt's ubus, through the program {@code ubus}. One thread has the state; those that read
 * what the program prints put it into its inbox.
 *
 * <p>dnsmasq tells there what it acknowledges and what clients release, for IPv4; a lease that only ends is not told.
 */
public final class UbusListener implements Listener, CounterSource {
    private static final Logger LOG = LoggerFactory.getLogger(UbusListener.class);

    /** The name of dnsmasq on the bus, unless {@code enable-ubus=NAME} says another. */
    private static final String OBJECT = "dnsmasq";

    /** How many lines may wait; the program waits where there are more. */
    static final int INBOX = 1_000;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration CLOSING = Duration.ofSeconds(10);
    private static final int SHOWN = 200;

    /**
     * Where to listen.
     *
     * @param source the name of this dnsmasq
     * @param program the program {@code ubus}
     * @param metrics how often its counters are read
     */
    public record Settings(String source, Path program, Duration metrics) {}

    /** What the reading threads tell the listener's. */
    private sealed interface Heard {
        /** A program printed a line. */
        record Printed(String line) implements Heard {}

        /** A program ended; by the number it was given. */
        record Ended(int number) implements Heard {}
    }

    private final Settings settings;
    private final Consumer<Word> words;
    private final InstantSource clock;
    private final ListenerStatus status;
    private final UbusProgram ubus;
    private final Thread thread;
    private volatile Optional<BusMetrics> metrics = Optional.empty();
    private volatile boolean closed;
    private Consumer<Throwable> onFailure = _ -> {};

    /** The number of the subscription that stands; the program that tells of objects has 0. */
    private int subscription;

    /** What was printed last that is not of the bus: why the program ended, perhaps. */
    private String complaint = "";

    /**
     * A listener that does nothing yet.
     *
     * @param words takes what is said of leases, on a thread of the listener, in order; it may wait
     */
    public UbusListener(Settings settings, Consumer<Word> words, InstantSource clock) {
        this.settings = settings;
        this.words = words;
        this.clock = clock;
        this.status = new ListenerStatus(Witness.UBUS, OBJECT + " by " + settings.program(), clock);
        this.ubus = new UbusProgram(settings.program());
        this.thread = Thread.ofPlatform().name("ubus-" + settings.source()).unstarted(this::loop);
    }

    @Override
    public Witness witness() {
        return Witness.UBUS;
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
                long startedNanos = System.nanoTime();
                try {
                    follow();
                } catch (IOException e) {
                    status.is(State.FAILING, e.getMessage());
                    LOG.debug("dnsmasq '{}': {}", settings.source(), e.getMessage());
                }
                metrics = Optional.empty();
                boolean lasted = System.nanoTime() - startedNanos > LONGEST_PAUSE.toNanos();
                pause = lasted ? FIRST_PAUSE : pause.multipliedBy(2);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            // close() interrupts; nothing to finish.
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    /** As long as the programs run. That an object appears is listened to first: who restarts meanwhile is noticed. */
    private void follow() throws IOException, InterruptedException {
        BlockingQueue<Heard> inbox = new ArrayBlockingQueue<>(INBOX);
        complaint = "";
        try (UbusProgram.Following objects = followed(inbox, 0, "listen", "ubus.object.add")) {
            while (!closed && objects.process().isAlive()) {
                if (ubus.call("list", OBJECT) == null) {
                    status.is(
                            State.WAITING,
                            "there is no " + OBJECT
                                    + " on the bus: it does not run, or its configuration lacks enable-ubus");
                    hear(inbox, Duration.ofSeconds(5));
                    continue;
                }
                subscribed(inbox);
                hear(inbox, FIRST_PAUSE);
            }
        }
        throw new IOException("ubus ended" + (complaint.isEmpty() ? "" : ": " + complaint));
    }

    private UbusProgram.Following followed(BlockingQueue<Heard> inbox, int number, String... arguments)
            throws IOException {
        return ubus.follow(
                line -> put(inbox, new Heard.Printed(line)), () -> put(inbox, new Heard.Ended(number)), arguments);
    }

    private static void put(BlockingQueue<Heard> inbox, Heard heard) {
        try {
            inbox.put(heard);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the object is another one, or a program ends. */
    private void subscribed(BlockingQueue<Heard> inbox) throws IOException, InterruptedException {
        try (UbusProgram.Following _ = followed(inbox, ++subscription, "subscribe", OBJECT)) {
            long nextNanos = System.nanoTime();
            boolean stands = true;
            while (!closed && stands) {
                if (nextNanos - System.nanoTime() <= 0) {
                    stands = readMetrics();
                    nextNanos = System.nanoTime() + settings.metrics().toNanos();
                } else {
                    stands = hear(inbox, Duration.ofNanos(nextNanos - System.nanoTime()));
                }
            }
        }
    }

    /** One thing, or nothing in this time; false where what is subscribed to may be gone. */
    private boolean hear(BlockingQueue<Heard> inbox, Duration patience) throws InterruptedException {
        return switch (inbox.poll(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            case null -> true;
            case Heard.Ended ended -> ended.number() != 0 && ended.number() != subscription;
            case Heard.Printed printed -> take(printed.line());
        };
    }

    private boolean take(String line) {
        return switch (UbusText.read(line, settings.source())) {
            case UbusText.Line.Lease lease -> {
                status.taken(1);
                words.accept(new Word(lease.notice(), Witness.UBUS, clock.instant()));
                yield true;
            }
            case UbusText.Line.Added added -> !added.path().equals(OBJECT);
            case UbusText.Line.Other _ -> true;
            case UbusText.Line.Garbage _ -> {
                if (!line.isBlank()) {
                    status.dropped(1);
                    complaint = PrintableText.escape(line.substring(0, Math.min(line.length(), SHOWN)));
                }
                yield true;
            }
        };
    }

    /** False where dnsmasq does not answer any more. */
    private boolean readMetrics() throws IOException, InterruptedException {
        String told = ubus.call("-S", "call", OBJECT, "metrics");
        if (told == null) {
            metrics = Optional.empty();
            return false;
        }
        SortedMap<String, Long> counters = UbusText.counters(told);
        metrics = Optional.of(new BusMetrics(null, counters, List.of(), clock.instant()));
        status.is(State.LISTENING, null);
        return true;
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
