package io.innkeeper.feed.dnsmasq.bus;

import io.innkeeper.feed.dnsmasq.Listener;
import io.innkeeper.feed.dnsmasq.Witness;
import io.innkeeper.feed.dnsmasq.Word;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Listens to what a dnsmasq says on OpenWrt's ubus, through the program {@code ubus}. */
public final class UbusListener implements Listener, CounterSource {
    /**
     * Where to listen.
     *
     * @param source the name of this dnsmasq
     * @param program the program {@code ubus}
     * @param metrics how often its counters are read
     */
    public record Settings(String source, Path program, Duration metrics) {}

    /**
     * A listener that does nothing yet.
     *
     * @param words takes what is said of leases, on a thread of the listener, in order; it may wait
     */
    public UbusListener(Settings settings, Consumer<Word> words, InstantSource clock) {}

    @Override
    public Witness witness() {
        return Witness.UBUS;
    }

    @Override
    public void start(Consumer<Throwable> onFailure) {}

    @Override
    public Status status() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<BusMetrics> metrics() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
