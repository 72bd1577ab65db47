package io.innkeeper.feed.dnsmasq;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways in which one dnsmasq is watched beside its files: each is started, stopped and switched by itself. What changes them
 * comes one after the other; to look at them never waits, since listeners do so while they are stopped.
 */
final class Ways implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ways.class);

    /**
     * One of them.
     *
     * @param on whether it is listened to
     * @param listener null where it is off, or could not be made
     * @param trouble why it could not be made; null where it could
     */
    private record Running(
            Way way,
            boolean on,
            @Nullable Listener listener,
            @Nullable String trouble,
            Instant since) {}

    private final DnsmasqFeed feed;
    private final Function<String, Optional<String>> placeOf;
    private final InstantSource clock;
    private final Consumer<Throwable> onFailure;

    /** Replaced as a whole, so that anybody can read it at any time. */
    private volatile Map<Witness, Running> running = Map.of();

    /** @param placeOf how far a reader came, as the store has it */
    Ways(
            DnsmasqFeed feed,
            Function<String, Optional<String>> placeOf,
            InstantSource clock,
            Consumer<Throwable> onFailure) {
        this.feed = feed;
        this.placeOf = placeOf;
        this.clock = clock;
        this.onFailure = onFailure;
        feed.listening(this::listening);
    }

    /** Brings them in line with what is wanted: a way whose settings did not change goes on as it is, also where it was switched. */
    synchronized void adjust(List<Way> wanted) {
        EnumMap<Witness, Way> next = new EnumMap<>(Witness.class);
        wanted.forEach(way -> next.put(way.witness(), way));
        for (Running before : List.copyOf(running.values())) {
            Way way = next.get(before.way().witness());
            if (way == null || !way.isAs(before.way())) {
                stop(before);
                set(before.way().witness(), null);
            }
        }
        next.values().stream()
                .filter(way -> !running.containsKey(way.witness()))
                .forEach(way -> set(way.witness(), start(way, way.enabled())));
    }

    /** Switches a way on or off until its configuration changes; false where there is no such way. */
    synchronized boolean enable(Witness witness, boolean on) {
        Running before = running.get(witness);
        if (before == null) {
            return false;
        }
        if (before.on() != on) {
            stop(before);
            set(witness, start(before.way(), on));
        }
        return true;
    }

    private void set(Witness witness, @Nullable Running now) {
        EnumMap<Witness, Running> next = new EnumMap<>(Witness.class);
        next.putAll(running);
        if (now == null) {
            next.remove(witness);
        } else {
            next.put(witness, now);
        }
        running = next;
    }

    private Running start(Way way, boolean on) {
        Instant now = clock.instant();
        if (!on) {
            return new Running(way, false, null, null, now);
        }
        try {
            Listener listener = way.making().make(feed, place(way.witness()).orElse(null));
            listener.start(onFailure);
            LOG.info(
                    "Watching dnsmasq '{}' by {}: {}",
                    feed.settings().name(),
                    way.witness().text(),
                    way.what());
            return new Running(way, true, listener, null, now);
        } catch (IOException e) {
            LOG.error(
                    "dnsmasq '{}' cannot be watched by {}: {}",
                    feed.settings().name(),
                    way.witness().text(),
                    e.getMessage());
            return new Running(way, true, null, e.getMessage(), now);
        }
    }

    /** What was handed on while this program runs counts before what the store has: it may still be on its way there. */
    private Optional<String> place(Witness witness) {
        if (!LogReader.SPEAKERS.contains(witness)) {
            return Optional.empty();
        }
        try {
            Optional<String> handedOn = feed.logs().finish(witness);
            return handedOn.isPresent() ? handedOn : placeOf.apply(feed.reader(witness));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void stop(Running one) {
        Listener listener = one.listener();
        if (listener != null) {
            listener.close();
        }
    }

    /** How each of them is. */
    List<Listener.Status> statuses() {
        List<Listener.Status> statuses = new ArrayList<>();
        for (Running one : running.values()) {
            Listener listener = one.listener();
            Listener.State state = one.on() ? Listener.State.FAILING : Listener.State.OFF;
            statuses.add(
                    listener != null
                            ? listener.status()
                            : new Listener.Status(
                                    one.way().witness(),
                                    state,
                                    one.way().what(),
                                    one.trouble(),
                                    one.since(),
                                    0,
                                    0,
                                    null));
        }
        return statuses;
    }

    /** Those that run. */
    List<Listener> listeners() {
        List<Listener> listeners = new ArrayList<>();
        for (Running one : running.values()) {
            if (one.listener() != null) {
                listeners.add(one.listener());
            }
        }
        return listeners;
    }

    /** Who hears what is said now. */
    private Set<Witness> listening() {
        EnumSet<Witness> listening = EnumSet.noneOf(Witness.class);
        for (Running one : running.values()) {
            Listener listener = one.listener();
            if (listener != null && listener.status().state() == Listener.State.LISTENING) {
                listening.add(one.way().witness());
            }
        }
        return listening;
    }

    @Override
    public synchronized void close() {
        running.values().forEach(Ways::stop);
        running = Map.of();
    }
}
