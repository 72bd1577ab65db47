package io.innkeeper.dns.block;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A name and all below it are not blocked for a while.
 *
 * @param id names it
 * @param name the name
 * @param mac the device for which it holds; null for no device
 * @param address the client for which it holds, where it has no known hardware address; null for no address. Where both are
 *     null it holds for everybody
 * @param until its end
 */
public record BlockException(
        String id,
        DnsName name,
        @Nullable MacAddress mac,
        @Nullable IpAddress address,
        Instant until) {
    private static final String EVERYBODY = "*";
    private static final int FIELDS = 4;

    /** @throws IllegalArgumentException for an empty id, or one with blanks */
    public BlockException {
        if (id.isEmpty() || id.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("not an id: '" + id + "'");
        }
    }

    /** Whether it holds for this client. */
    boolean isFor(BlockClient client) {
        MacAddress theirs = client.mac();
        boolean device = mac != null && theirs != null && mac.equals(theirs);
        boolean from = address != null && address.equals(client.address());
        return device || from || (mac == null && address == null);
    }

    /** One line for a file: id, end, for whom ({@code *} for everybody), name. */
    public String text() {
        String whom = mac != null ? mac.toString() : address != null ? address.toString() : EVERYBODY;
        return id + " " + until + " " + whom + " " + name.text();
    }

    /** Reads {@link #text()}; empty for anything else. */
    public static Optional<BlockException> parse(String line) {
        String[] fields = line.split(" ", FIELDS);
        Optional<DnsName> name = fields.length == FIELDS ? DnsName.parse(fields[FIELDS - 1]) : Optional.empty();
        if (name.isEmpty() || fields[0].isEmpty()) {
            return Optional.empty();
        }
        MacAddress mac = MacAddress.parse(fields[2]).orElse(null);
        IpAddress address = mac == null ? IpAddress.parse(fields[2]).orElse(null) : null;
        if (mac == null && address == null && !fields[2].equals(EVERYBODY)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BlockException(fields[0], name.get(), mac, address, Instant.parse(fields[1])));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
