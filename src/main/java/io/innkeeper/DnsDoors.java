package io.innkeeper;

import io.innkeeper.api.http.DnsHttpsListener;
import io.innkeeper.api.http.DnsOverHttps;
import io.innkeeper.config.DnsConfig;
import io.innkeeper.config.DnsLimits;
import io.innkeeper.config.DnsTls;
import io.innkeeper.config.ListenAddress;
import io.innkeeper.dns.DnsServer;
import io.innkeeper.dns.ReplyTo;
import io.innkeeper.dns.StreamListener;
import io.innkeeper.dns.StreamQuery;
import io.innkeeper.dns.StreamSlots;
import io.innkeeper.dns.TlsWrapping;
import io.innkeeper.dns.Transport;
import io.innkeeper.io.LinuxQueryPort;
import io.innkeeper.security.PemFiles;
import io.innkeeper.service.Service.FailureListener;
import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By which ways beside UDP questions come to the DNS server: TCP, TLS and HTTPS. */
final class DnsDoors implements AutoCloseable, DnsOverHttps.Resolver, DnsHttpsListener.Slots {
    private static final Logger LOG = LoggerFactory.getLogger(DnsDoors.class);
    private static final IpAddress ANY_V4 = IpAddress.v4(0);
    private static final IpAddress ANY_V6 = new IpAddress(true, 0, 0);
    private static final Duration HANDSHAKE = Duration.ofSeconds(5);

    private final DnsConfig config;
    private final DnsServer server;
    private final FailureListener failures;
    private final StreamSlots slots;
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
    private @Nullable PemFiles pem;

    /** Nothing is open yet. */
    DnsDoors(DnsConfig config, DnsServer server, FailureListener failures) {
        this.config = config;
        this.server = server;
        this.failures = failures;
        DnsLimits limits = config.limits();
        this.slots = new StreamSlots(limits.tcpConnections(), limits.tcpPerClient(), idleMs(limits));
    }

    private static int idleMs(DnsLimits limits) {
        return Math.toIntExact(limits.tcpIdle().toMillis());
    }

    /** The addresses that a listener means. */
    static List<IpAddress> addresses(ListenAddress listen) {
        return switch (listen.host()) {
            case ListenAddress.ANY -> List.of(ANY_V4, ANY_V6);
            case "localhost" -> List.of(IpAddress.v4(0x7f000001), new IpAddress(true, 0, 1));
            default -> List.of(IpAddress.parse(listen.host()).orElseThrow());
        };
    }

    /**
     * Opens all of them; {@link #close} closes what is open, also where this throws.
     *
     * @param plain where UDP is answered, with the ports that were taken
     * @param listeners the number of the listener of each of these
     */
    void open(List<LinuxQueryPort.Place> plain, List<Integer> listeners) throws IOException {
        for (int i = 0; i < plain.size(); i++) {
            if (!isCovered(plain.get(i), plain)) {
                stream(plain.get(i), listeners.get(i), Transport.TCP, socket -> socket);
            }
        }
        DnsTls tls = config.tls();
        if (tls != null) {
            secure(tls);
        }
    }

    /** Java's sockets at {@code ::} take IPv4 too, and another one beside them cannot be had. */
    private static boolean isCovered(LinuxQueryPort.Place place, List<LinuxQueryPort.Place> all) {
        return place.address().equals(ANY_V4)
                && all.stream()
                        .anyMatch(other ->
                                other.port() == place.port() && other.address().equals(ANY_V6));
    }

    private void secure(DnsTls tls) throws IOException {
        PemFiles files = new PemFiles(tls.certificate(), tls.key());
        pem = files;
        TlsWrapping wrapping = new TlsWrapping(files.context(), HANDSHAKE);
        for (ListenAddress listen : tls.listen()) {
            List<LinuxQueryPort.Place> places = places(listen);
            for (LinuxQueryPort.Place place : places) {
                if (!isCovered(place, places)) {
                    stream(place, secureListener(), Transport.TLS, wrapping);
                }
            }
        }
        DnsOverHttps handler = new DnsOverHttps(this);
        for (ListenAddress listen : tls.https()) {
            List<LinuxQueryPort.Place> places = places(listen);
            for (LinuxQueryPort.Place place : places) {
                if (!isCovered(place, places)) {
                    https(place, files, handler);
                }
            }
        }
    }

    private static List<LinuxQueryPort.Place> places(ListenAddress listen) {
        return addresses(listen).stream()
                .map(address -> new LinuxQueryPort.Place(address, listen.port()))
                .toList();
    }

    /** TLS and HTTPS have the mode of the section; see {@link io.innkeeper.dns.DnsPlanBuilder}. */
    private int secureListener() {
        return config.listen().size();
    }

    private void stream(LinuxQueryPort.Place place, int listener, Transport transport, StreamListener.Wrapping wrapping)
            throws IOException {
        StreamListener opened = new StreamListener(
                place.address(), place.port(), server, listener, transport, wrapping, slots, failures::failed);
        open.add(opened);
        if (transport == Transport.TLS) {
            LOG.info("DNS over TLS is at {}", new ListenAddress(place.address().toString(), opened.port()));
        }
    }

    private void https(LinuxQueryPort.Place place, PemFiles files, DnsOverHttps handler) throws IOException {
        String host = place.address().equals(ANY_V6) ? null : place.address().toString();
        Duration idle = config.limits().tcpIdle();
        DnsHttpsListener opened = new DnsHttpsListener(host, place.port(), files.context(), idle, this, handler);
        open.add(opened);
        LOG.info(
                "DNS over HTTPS is at https://{}{}",
                new ListenAddress(place.address().toString(), opened.port()),
                DnsOverHttps.PATH);
    }

    /** Takes other limits; what is open stays. */
    void limits(DnsLimits limits) {
        slots.limits(limits.tcpConnections(), limits.tcpPerClient(), idleMs(limits));
    }

    /** Looks whether there is another certificate. */
    void look() {
        PemFiles files = pem;
        if (files != null) {
            files.look();
        }
    }

    /** What is wrong with them now. */
    List<String> complaints(Instant now) {
        PemFiles files = pem;
        List<String> complaints = new ArrayList<>();
        if (files != null) {
            files.complaint(now).ifPresent(complaints::add);
        }
        return complaints;
    }

    /** How many connections are open. */
    int connections() {
        return slots.open();
    }

    /** A question that came by HTTP. */
    boolean ask(byte[] query, IpAddress client, ReplyTo replyTo) {
        return server.offer(StreamQuery.of(query, client, secureListener(), Transport.HTTPS, replyTo));
    }

    @Override
    public boolean isThere() {
        return !server.isClosed();
    }

    @Override
    public boolean ask(byte[] query, IpAddress client, Consumer<byte[]> answer) {
        return ask(query, client, (bytes, length) -> answer.accept(Arrays.copyOf(bytes, length)));
    }

    @Override
    public boolean take(InetAddress client) {
        return slots.take(client);
    }

    @Override
    public void free(InetAddress client) {
        slots.free(client);
    }

    @Override
    public void close() {
        for (AutoCloseable one : open) {
            try {
                one.close();
            } catch (Exception e) {
                LOG.warn("A listener of the DNS server could not be closed: {}", e.toString());
            }
        }
        open.clear();
    }
}
