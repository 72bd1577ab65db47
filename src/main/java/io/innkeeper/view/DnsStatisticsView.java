package io.innkeeper.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the DNS server answered in the last hour or day, as JSON.
 *
 * @param window hour or day
 * @param from its begin: that of the first slot of the series
 * @param to its end
 * @param slotSeconds how long a slot of the series is
 * @param series how many questions each step answered, slot by slot; slots without a question are left out
 * @param names what was asked for most, but for what was blocked
 * @param blocked what was blocked most
 * @param clients who asked most
 * @param times how long answers took, by step
 */
public record DnsStatisticsView(
        String window,
        Instant from,
        Instant to,
        long slotSeconds,
        List<DnsSlot> series,
        List<DnsTopName> names,
        List<DnsTopName> blocked,
        List<DnsTopClient> clients,
        List<DnsTimes> times) {
    /** Copies the lists. */
    public DnsStatisticsView {
        series = List.copyOf(series);
        names = List.copyOf(names);
        blocked = List.copyOf(blocked);
        clients = List.copyOf(clients);
        times = List.copyOf(times);
    }

    /**
     * A slot of the series.
     *
     * @param from when it began
     * @param counts answers by step; steps that answered nothing are left out
     */
    public record DnsSlot(Instant from, Map<String, Long> counts) {
        /** Copies the map. */
        public DnsSlot {
            counts = Map.copyOf(counts);
        }
    }

    /**
     * A name of a top list.
     *
     * @param name which
     * @param count how often; may be too large, by not more than {@code error}
     * @param error how much of the count may be that of another name
     */
    public record DnsTopName(String name, long count, long error) {}

    /**
     * One who asks.
     *
     * @param device its hardware address; null where only the address is known
     * @param deviceName what it is called; null where it has no name
     * @param client its address; null where the device is known
     * @param count how often; may be too large, by not more than {@code error}
     * @param error how much of the count may be that of others
     */
    public record DnsTopClient(
            @Nullable String device,
            @Nullable String deviceName,
            @Nullable String client,
            long count,
            long error) {}

    /**
     * How long answers of a step took.
     *
     * @param step which
     * @param count how many
     * @param averageMicros on average, in millionths of a second
     * @param p99Micros 99 of 100 took no longer; up to a quarter too large
     */
    public record DnsTimes(String step, long count, long averageMicros, long p99Micros) {}
}
