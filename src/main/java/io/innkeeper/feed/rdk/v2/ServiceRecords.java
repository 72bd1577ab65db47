package io.innkeeper.feed.rdk.v2;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.rdk.SpAddress;
import java.util.ArrayList;
import java.util.List;

/** The records by which senders find a monitor in the DNS (RFC 6763). Pure. */
public final class ServiceRecords {
    /** The service. */
    public static final String SERVICE = "_innkeeper-lease._tcp";

    private static final String HOST = "lease-monitor";

    private ServiceRecords() {}

    /**
     * Lines of a zone file. A listener that only this machine can reach is at {@code localhost}; the others are at a name of their
     * own, with these addresses.
     *
     * @param domain the local domain
     * @param instance the name of this machine, one label
     * @param listeners where the monitor listens; those without a port are left out
     * @param own the addresses of this machine that others can reach
     */
    public static List<String> lines(String domain, String instance, List<SpAddress> listeners, List<IpAddress> own) {
        List<SpAddress> ports = listeners.stream()
                .filter(one -> one.transport() == SpAddress.Transport.TCP)
                .toList();
        List<String> lines = new ArrayList<>();
        String service = SERVICE + "." + domain + ".";
        String name = instance + "." + service;
        String host = HOST + "." + domain + ".";
        if (!ports.isEmpty()) {
            lines.add(service + " PTR " + name);
            lines.add(name + " TXT \"v=2\"");
        }
        List<String> addresses = new ArrayList<>();
        for (SpAddress one : ports) {
            lines.add(name + " SRV 0 0 " + one.port() + " " + (one.isLocal() ? "localhost." : host));
            if (one.host().equals(SpAddress.ANY)) {
                own.forEach(address -> addresses.add(address.toString()));
            } else if (!one.isLocal()) {
                addresses.add(one.host());
            }
        }
        addresses.stream()
                .distinct()
                .map(address -> host + (address.indexOf(':') >= 0 ? " AAAA " : " A ") + address)
                .forEach(lines::add);
        return lines;
    }
}
