package io.innkeeper.dns.forward;

import io.innkeeper.wire.net.IpAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an upstream is and how it is spoken to.
 *
 * @param transport how
 * @param host an IP address without brackets, or a host name
 * @param port 1 to 65535
 * @param tlsName the name that its certificate must have, for {@link UpstreamTransport#TLS}; null for the host
 * @param url the whole URL, for {@link UpstreamTransport#HTTPS}; null for others
 */
public record UpstreamAddress(
        UpstreamTransport transport,
        String host,
        int port,
        @Nullable String tlsName,
        @Nullable URI url) {
    private static final Pattern FORM =
            Pattern.compile("(?:(udp|tcp|tls)://)?(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9_.-]{1,253}))"
                    + "(?::([0-9]{1,5}))?(?:#([A-Za-z0-9_.-]{1,253}))?");

    /** @throws IllegalArgumentException if the port is outside 1–65535 */
    public UpstreamAddress {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("no such port: " + port);
        }
    }

    /**
     * Reads {@code udp://192.0.2.53}, {@code tcp://[2001:db8::53]:5353}, {@code tls://192.0.2.53#dns.example},
     * {@code https://dns.example/dns-query}; without a scheme it is UDP. A name behind {@code #} is for TLS only. Empty for
     * anything else.
     */
    public static Optional<UpstreamAddress> parse(String text) {
        return text.startsWith("https://") ? https(text) : plain(text);
    }

    private static Optional<UpstreamAddress> plain(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String scheme = form.group(1);
        UpstreamTransport transport =
                scheme == null ? UpstreamTransport.UDP : UpstreamTransport.valueOf(scheme.toUpperCase(Locale.ROOT));
        String v6 = form.group(2);
        boolean wrongAddress =
                v6 != null && IpAddress.parse(v6).filter(IpAddress::v6).isEmpty();
        int port = form.group(4) == null ? transport.port() : Integer.parseInt(form.group(4));
        boolean wrongName = form.group(5) != null && transport != UpstreamTransport.TLS;
        if (wrongAddress || wrongName || port < 1 || port > 65_535) {
            return Optional.empty();
        }
        return Optional.of(new UpstreamAddress(transport, v6 != null ? v6 : form.group(3), port, form.group(5), null));
    }

    private static Optional<UpstreamAddress> https(String text) {
        try {
            URI url = new URI(text);
            String host = url.getHost();
            int port = url.getPort() == -1 ? UpstreamTransport.HTTPS.port() : url.getPort();
            if (host == null || url.getUserInfo() != null || url.getFragment() != null || port < 1 || port > 65_535) {
                return Optional.empty();
            }
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return Optional.of(new UpstreamAddress(UpstreamTransport.HTTPS, bare, port, null, url));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** A UDP upstream at an address. */
    public static UpstreamAddress udp(IpAddress address, int port) {
        return new UpstreamAddress(UpstreamTransport.UDP, address.toString(), port, null, null);
    }

    /** As {@link #parse} reads it; the port only where it is another than usual. */
    public String text() {
        if (url != null) {
            return url.toString();
        }
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return transport.scheme() + "://" + shown + (port == transport.port() ? "" : ":" + port)
                + (tlsName == null ? "" : "#" + tlsName);
    }

    /** {@link #text()}. */
    @Override
    public String toString() {
        return text();
    }
}
