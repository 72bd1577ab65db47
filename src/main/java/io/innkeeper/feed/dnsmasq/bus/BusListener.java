package io.innkeeper.feed.dnsmasq.bus;

import io.innkeeper.feed.dnsmasq.Listener;
import io.innkeeper.feed.dnsmasq.Witness;
import io.innkeeper.feed.dnsmasq.Word;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Listens to what a dnsmasq says on a D-Bus: leases as they come, change and go, and its counters. */
public final class BusListener implements Listener, CounterSource {
    /**
     * Where to listen.
     *
     * @param source the name of this dnsmasq
     * @param address of the bus; {@code system} is the system bus
     * @param service the name that dnsmasq has on the bus
     * @param metrics how often its counters are read
     */
    public record Settings(String source, String address, String service, Duration metrics) {}

    /**
     * A listener that does nothing yet.
     *
     * @param words takes what is said of leases, on a thread of the listener, in the order of the bus; it may wait
     */
    public BusListener(Settings settings, Consumer<Word> words, InstantSource clock) {}

    @Override
    public Witness witness() {
        return Witness.DBUS;
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
