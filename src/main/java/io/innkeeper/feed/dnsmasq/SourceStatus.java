package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.LeaseFileContent.Rejected;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one dnsmasq instance is seen, as JSON.
 *
 * @param name its name
 * @param leaseFile the lease file; null where only the script tells
 * @param state {@code watching}, {@code waiting} (no file yet), {@code absent} (the file was there), {@code unreadable}
 * @param message a sentence where something needs a look; null where all is well
 * @param leases how many leases stand
 * @param overdue how many of them should have ended by now: dnsmasq does not run, or its clock differs
 * @param looks how often the file was read
 * @param notices how often the script told something
 * @param lastReadAt when the file was last read
 * @param lastChangeAt when something last changed
 * @param rejectedCount lines of the lease file that could not be read
 * @param rejected the first of them
 * @param problems what could not be understood in the configuration
 * @param reservations hosts that the configuration knows
 * @param watched files that are watched
 * @param listeners the ways in which it is watched beside its files, and how each of them is
 * @param silent those of whom nothing is heard although others speak: nobody waits for them
 */
public record SourceStatus(
        String name,
        @Nullable String leaseFile,
        String state,
        @Nullable String message,
        int leases,
        int overdue,
        long looks,
        long notices,
        @Nullable Instant lastReadAt,
        @Nullable Instant lastChangeAt,
        int rejectedCount,
        List<Rejected> rejected,
        List<String> problems,
        int reservations,
        int watched,
        List<WayStatus> listeners,
        List<String> silent) {
    /** Copies the lists. */
    public SourceStatus {
        rejected = List.copyOf(rejected);
        problems = List.copyOf(problems);
        listeners = List.copyOf(listeners);
        silent = List.copyOf(silent);
    }
}
