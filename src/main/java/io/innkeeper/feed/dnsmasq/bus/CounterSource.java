package io.innkeeper.feed.dnsmasq.bus;

import java.util.Optional;

/** A listener that also reads what its dnsmasq counts. Safe for any thread. */
public interface CounterSource {
    /** What was last told; empty while its dnsmasq does not answer. */
    Optional<BusMetrics> metrics();
}
