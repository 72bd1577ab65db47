package io.innkeeper.tell;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.rdk.SpAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a monitor is found. Its text is what was written. */
public sealed interface MonitorAddress {
    /** What can be written, for people. */
    String FORMS =
            "tcp://HOST:PORT, ipc:///PATH, file:/PATH, dns-sd:NAME[@SERVER[:PORT]], or of version 1 rdk:tcp://ADDRESS:PORT"
                    + " or rdk:ipc:///PATH";

    /** Whether it speaks version 1: it acknowledges nothing, and is told only where no other monitor can be reached. */
    default boolean isOld() {
        return this instanceof Old;
    }

    /**
     * A port of a host.
     *
     * @param host a name, or an address without brackets
     * @param port 1 to 65535
     */
    record Tcp(String host, int port) implements MonitorAddress {
        @Override
        public String toString() {
            return "tcp://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** A UNIX socket; the path is absolute. */
    record Ipc(String path) implements MonitorAddress {
        @Override
        public String toString() {
            return "ipc://" + path;
        }
    }

    /** A file that says where the monitor listens now: each line is one of the two above. */
    record Announced(String path) implements MonitorAddress {
        @Override
        public String toString() {
            return "file:" + path;
        }
    }

    /**
     * Records in the DNS that say it (RFC 6763).
     *
     * @param service such as {@code _innkeeper-lease._tcp.home.arpa}
     * @param server who is asked; null for those of the system
     * @param port of that server
     */
    record Discovered(DnsName service, @Nullable IpAddress server, int port) implements MonitorAddress {
        private static final int DNS = 53;

        @Override
        public String toString() {
            String name = "dns-sd:" + service.text();
            if (server == null) {
                return name;
            }
            String host = server.v6() ? "[" + server + "]" : server.toString();
            return name + "@" + host + (port == DNS ? "" : ":" + port);
        }
    }

    /** A monitor of version 1. */
    record Old(SpAddress address) implements MonitorAddress {
        @Override
        public String toString() {
            return "rdk:" + address;
        }
    }

    /** Reads what the command line or an announcement says; empty for anything else. */
    static Optional<MonitorAddress> parse(String text) {
        if (text.startsWith("rdk:")) {
            return SpAddress.parse(text.substring(4))
                    .filter(MonitorAddress::canBeReached)
                    .map(Old::new);
        }
        if (text.startsWith("file:/")) {
            return Optional.of(new Announced(text.substring(5)));
        }
        if (text.startsWith("dns-sd:")) {
            return Forms.discovered(text.substring(7));
        }
        return direct(text);
    }

    /** Reads an address that needs no further look-up: {@code tcp://} or {@code ipc://}. */
    static Optional<MonitorAddress> direct(String text) {
        if (text.startsWith("ipc://")) {
            return SpAddress.parse(text).map(address -> new Ipc(address.path()));
        }
        return Forms.tcp(text);
    }

    private static boolean canBeReached(SpAddress address) {
        return switch (address.transport()) {
            case TCP -> address.port() > 0 && !address.host().equals(SpAddress.ANY);
            case IPC -> true;
            case WS -> false;
        };
    }

    /** How addresses are written. */
    final class Forms {
        private static final Pattern TCP =
                Pattern.compile("tcp://(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9._-]{1,253})):([0-9]{1,5})");
        private static final Pattern DISCOVERED =
                Pattern.compile("([^@]{1,253})(?:@(?:\\[([0-9A-Fa-f:.]{2,45})]|([0-9.]{7,15}))(?::([0-9]{1,5}))?)?");

        private Forms() {}

        static Optional<MonitorAddress> tcp(String text) {
            Matcher form = TCP.matcher(text);
            if (!form.matches()) {
                return Optional.empty();
            }
            String v6 = form.group(1);
            Optional<String> host = v6 == null
                    ? Optional.of(form.group(2))
                    : IpAddress.parse(v6).filter(IpAddress::v6).map(IpAddress::toString);
            return port(form.group(3)).flatMap(port -> host.map(name -> new Tcp(name, port)));
        }

        static Optional<MonitorAddress> discovered(String text) {
            Matcher form = DISCOVERED.matcher(text);
            if (!form.matches()) {
                return Optional.empty();
            }
            Optional<DnsName> service = DnsName.parse(form.group(1)).filter(name -> name.labelCount() > 2);
            String server = form.group(2) == null ? form.group(3) : form.group(2);
            if (server == null) {
                return service.map(name -> new Discovered(name, null, Discovered.DNS));
            }
            Optional<Integer> port = form.group(4) == null ? Optional.of(Discovered.DNS) : port(form.group(4));
            return IpAddress.parse(server)
                    .flatMap(address ->
                            service.flatMap(name -> port.map(number -> new Discovered(name, address, number))));
        }

        private static Optional<Integer> port(String digits) {
            return Optional.of(Integer.parseInt(digits)).filter(port -> port > 0 && port <= 65_535);
        }
    }
}
