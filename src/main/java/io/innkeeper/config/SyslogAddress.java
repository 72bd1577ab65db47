package io.innkeeper.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A syslog server (RFC 5424 over RFC 5426 or RFC 6587).
 *
 * @param transport UDP or TCP
 * @param host an IP address without brackets, or a host name
 * @param port 1 to 65535
 */
public record SyslogAddress(Transport transport, String host, int port) {
    /** What {@link #parse} takes, for schemas; a little wider. */
    static final String PATTERN = "^(udp|tcp)://([A-Za-z0-9_.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?$";

    private static final int SYSLOG_PORT = 514;
    private static final Pattern FORM =
            Pattern.compile("(udp|tcp)://([A-Za-z0-9_.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?");

    /** How messages travel. */
    public enum Transport {
        UDP,
        TCP
    }

    /** Reads {@code udp://host:port} or {@code tcp://host:port}; the port is 514 where it is left out. Empty for others. */
    public static Optional<SyslogAddress> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        Transport transport = form.group(1).equals("tcp") ? Transport.TCP : Transport.UDP;
        String port = form.group(3) == null ? Integer.toString(SYSLOG_PORT) : form.group(3);
        return ListenAddress.parse(form.group(2) + ":" + port)
                .filter(address -> address.port() > 0)
                .map(address -> new SyslogAddress(transport, address.host(), address.port()));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return (transport == Transport.TCP ? "tcp://" : "udp://") + new ListenAddress(host, port);
    }
}
