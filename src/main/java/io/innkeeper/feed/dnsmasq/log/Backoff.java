package io.innkeeper.feed.dnsmasq.log;

import java.time.Duration;

/** How long to wait until something that failed is tried again: twice as long each time, from 200 ms to 30 s. For one thread. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /** The wait after another failure. */
    Duration next() {
        Duration now = next;
        Duration twice = now.multipliedBy(2);
        next = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
        return now;
    }

    /** It worked; the next failure is a first one. */
    void worked() {
        next = FIRST;
    }
}
