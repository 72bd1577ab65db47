package io.innkeeper.feed.dnsmasq.bus;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.freedesktop.dbus.types.UInt32;
import org.jspecify.annotations.Nullable;

/** The methods of a dnsmasq on a D-Bus (dnsmasq's {@code dbus/DBus-interface}); calls wait for their answers. */
record DnsmasqOnBus(BusConnection bus, String service) {
    /** Where its one object is. */
    static final String PATH = "/uk/org/thekelleys/dnsmasq";

    /** The lifetime of a lease without end (RFC 2131 §3.3). */
    static final long FOR_EVER = 0xffff_ffffL;

    private Object[] call(String method, @Nullable String signature, Object... arguments) throws BusException {
        return bus.call(service, PATH, service, method, signature, arguments);
    }

    /** Its version, such as {@code 2.90}. */
    String version() throws BusException {
        return String.valueOf(call("GetVersion", null)[0]);
    }

    /** What it counts; all of it that this version tells. */
    BusMetrics metrics(Instant now) throws BusException {
        String version = version();
        SortedMap<String, Long> counters =
                known("GetMetrics") instanceof Map<?, ?> told ? numbers(told) : new TreeMap<>();
        List<UpstreamCounters> servers = new ArrayList<>();
        if (known("GetServerMetrics") instanceof List<?> told) {
            told.forEach(server -> {
                if (server instanceof Map<?, ?> fields) {
                    servers.add(server(fields));
                }
            });
        }
        return new BusMetrics(version, counters, servers, now);
    }

    /** What a method returns; null where this version does not have it. */
    private @Nullable Object known(String method) throws BusException {
        try {
            Object[] result = call(method, null);
            return result.length == 0 ? null : result[0];
        } catch (BusException e) {
            if (e.isUnknownMethod()) {
                return null;
            }
            throw e;
        }
    }

    private static UpstreamCounters server(Map<?, ?> fields) {
        SortedMap<String, Long> counters = numbers(fields);
        Long port = counters.remove("port");
        return new UpstreamCounters(
                String.valueOf(fields.get("address")), port == null ? 0 : port.intValue(), counters);
    }

    /** The fields that are numbers, of whatever type the bus has for them. */
    private static SortedMap<String, Long> numbers(Map<?, ?> fields) {
        SortedMap<String, Long> numbers = new TreeMap<>();
        fields.forEach((name, value) -> {
            if (value instanceof Number number) {
                numbers.put(String.valueOf(name), number.longValue());
            } else if (value instanceof String text && text.matches("[0-9]{1,18}")) {
                numbers.put(String.valueOf(name), Long.valueOf(text));
            }
        });
        return numbers;
    }

    /**
     * Gives it a lease, as if the client had obtained it; one that it has of this address is overwritten.
     *
     * @param mac null for none, as for IPv6
     * @param hostname in ASCII; null for none
     * @param seconds how long it lasts from now, {@link #FOR_EVER} at most
     * @param iaid of an IPv6 lease; 0 for IPv4
     * @param temporary true for an IPv6 temporary address
     */
    void addLease(
            IpAddress address,
            @Nullable MacAddress mac,
            @Nullable String hostname,
            @Nullable ClientId clientId,
            long seconds,
            long iaid,
            boolean temporary)
            throws BusException {
        call(
                "AddDhcpLease",
                "ssayayuub",
                address.toString(),
                mac == null ? "" : mac.toString(),
                name(hostname),
                clientId == null ? new byte[0] : clientId.octets(),
                new UInt32(seconds),
                new UInt32(iaid),
                temporary);
    }

    /** With a NUL behind it: dnsmasq takes the octets for a C string, and would read on into what follows them. */
    private static byte[] name(@Nullable String hostname) {
        if (hostname == null) {
            return new byte[0];
        }
        byte[] octets = hostname.getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(octets, octets.length + 1);
    }

    /** Ends a lease, as if the client had released it; false where there is none of this address. */
    boolean deleteLease(IpAddress address) throws BusException {
        Object[] result = call("DeleteDhcpLease", "s", address.toString());
        return result.length > 0 && Boolean.TRUE.equals(result[0]);
    }
}
