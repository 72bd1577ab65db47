package io.innkeeper.wire.rdk;

import io.innkeeper.wire.net.IpAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a socket of nanomsg listens, as nanomsg writes it: {@code tcp://127.0.0.1:50324}, {@code ws://[::1]:8080/path},
 * {@code ipc:///run/lease.sock}.
 *
 * @param transport how
 * @param host an IP address without brackets, or {@code *} for every address of this machine; empty for {@link Transport#IPC}
 * @param port 0 to 65535, where 0 lets the system choose; 0 for {@link Transport#IPC}
 * @param path of the UNIX socket, or of the URL; empty for {@link Transport#TCP}
 */
public record SpAddress(Transport transport, String host, int port, String path) {
    /** Every address of this machine. */
    public static final String ANY = "*";

    /** The longest path of a UNIX socket that Linux takes, in characters: 108 octets with the NUL. */
    private static final int MAX_PATH = 107;

    private static final Pattern FORM = Pattern.compile(
            "(tcp|ws)://(?:(\\*|[0-9.]{7,15}|localhost)|\\[([0-9A-Fa-f:.]{2,45})]):([0-9]{1,5})(/\\S{0,200})?");

    /** How octets are carried. */
    public enum Transport {
        /** TCP, as the plugins of the manager do. */
        TCP,
        /** A UNIX socket. */
        IPC,
        /** WebSocket. */
        WS;

        /** The scheme, such as {@code tcp}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads an address; empty for anything else. */
    public static Optional<SpAddress> parse(String text) {
        if (text.startsWith("ipc://")) {
            String path = text.substring(6);
            boolean good = path.startsWith("/") && path.length() <= MAX_PATH && path.indexOf('\0') < 0;
            return good ? Optional.of(new SpAddress(Transport.IPC, "", 0, path)) : Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        Transport transport = Transport.valueOf(form.group(1).toUpperCase(Locale.ROOT));
        int port = Integer.parseInt(form.group(4));
        String path = form.group(5) == null ? "" : form.group(5);
        Optional<String> host = host(form.group(2), form.group(3));
        if (port > 65_535 || host.isEmpty() || (transport == Transport.TCP && !path.isEmpty())) {
            return Optional.empty();
        }
        return host.map(name -> new SpAddress(transport, name, port, path));
    }

    private static Optional<String> host(String name, String v6) {
        if (name == null) {
            return IpAddress.parse(v6).filter(IpAddress::v6).map(IpAddress::toString);
        }
        return switch (name) {
            case ANY -> Optional.of(ANY);
            case "localhost" -> Optional.of("127.0.0.1");
            default -> IpAddress.parse(name).map(IpAddress::toString);
        };
    }

    /** Whether only this machine can reach it. */
    public boolean isLocal() {
        return transport == Transport.IPC || host.equals("::1") || host.startsWith("127.");
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        if (transport == Transport.IPC) {
            return "ipc://" + path;
        }
        return transport.text() + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port + path;
    }
}
