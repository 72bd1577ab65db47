package io.innkeeper.feed.dnsmasq.log;

import io.innkeeper.feed.dnsmasq.LogIntake;
import io.innkeeper.feed.dnsmasq.Witness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps lines and place together, as the store does. */
public final class TestingIntake implements LogIntake {
    private final List<String> lines = new ArrayList<>();
    private @Nullable String place;
    private int largest;

    @Override
    public synchronized void take(Witness by, byte[] bytes, int from, int to, @Nullable String then) {
        if (to > from) {
            if (bytes[to - 1] != '\n') {
                throw new AssertionError("not whole lines");
            }
            new String(bytes, from, to - from, StandardCharsets.UTF_8).lines().forEach(lines::add);
        }
        largest = Math.max(largest, to - from);
        place = then == null ? place : then;
    }

    /** All lines so far. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** How many lines there are. */
    public synchronized int count() {
        return lines.size();
    }

    /** The place that was stored with the last of them. */
    public synchronized @Nullable String place() {
        return place;
    }

    /** The most octets that came at once. */
    public synchronized int largest() {
        return largest;
    }
}
