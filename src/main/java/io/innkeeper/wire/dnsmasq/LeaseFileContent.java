package io.innkeeper.wire.dnsmasq;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a lease file, as far as it could be read.
 *
 * @param leases the leases, in the order of the file
 * @param serverDuid the DUID of the server, from the line between the IPv4 and the IPv6 part; null where there is none
 * @param extras per address what dnsmasq 2.92 and later write at the end: {@code agent-info} and {@code vendorclass} in hex
 * @param rejected the first lines that could not be read, at most {@value #MAX_REJECTED_SHOWN}
 * @param rejectedCount how many lines could not be read
 * @param partial true where the last line has no newline yet: the writer is, or was, in the middle of it. That line is not
 *     among the leases.
 */
public record LeaseFileContent(
        List<LeaseLine> leases,
        @Nullable ClientId serverDuid,
        Map<IpAddress, Map<String, String>> extras,
        List<Rejected> rejected,
        int rejectedCount,
        boolean partial) {
    /** How many rejected lines are kept to be shown; all are counted. */
    public static final int MAX_REJECTED_SHOWN = 100;

    /** Nothing at all. */
    public static final LeaseFileContent EMPTY = new LeaseFileContent(List.of(), null, Map.of(), List.of(), 0, false);

    /** Copies the collections. */
    public LeaseFileContent {
        leases = List.copyOf(leases);
        extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
        rejected = List.copyOf(rejected);
    }

    /**
     * A line that could not be read.
     *
     * @param line its number, from 1
     * @param text its beginning, made printable
     * @param reason what is wrong with it
     */
    public record Rejected(int line, String text, String reason) {}
}
