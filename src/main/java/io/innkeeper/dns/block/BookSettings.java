package io.innkeeper.dns.block;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a {@link ListBook} may spend.
 *
 * @param folder for copies of what was fetched
 * @param maxNames of all lists together
 * @param maxPatterns regular expressions and the like, of all lists together
 * @param maxOctets of one list, unpacked
 * @param maxFetch how long one fetch may take, from the first octet to the last
 * @param maxConnect how long to wait for a connection, and for the beginning of the answer
 * @param firstRetry how long to wait after a first failure; twice as long each time, up to the time of the list's refresh
 */
public record BookSettings(
        Path folder,
        int maxNames,
        int maxPatterns,
        long maxOctets,
        Duration maxFetch,
        Duration maxConnect,
        Duration firstRetry) {
    private static final long USUAL_OCTETS = 512L << 20;

    /** The usual times and sizes. */
    public static BookSettings usual(Path folder, int maxNames, int maxPatterns) {
        return new BookSettings(
                folder,
                maxNames,
                maxPatterns,
                USUAL_OCTETS,
                Duration.ofMinutes(10),
                Duration.ofSeconds(20),
                Duration.ofMinutes(1));
    }
}
