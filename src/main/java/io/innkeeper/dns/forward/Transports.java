package io.innkeeper.dns.forward;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Brings questions to upstreams and answers back, on threads of its own: UDP by changing ports, TCP and TLS by connections that
 * are kept and carry several questions at once (RFC 7766), HTTPS by HTTP/2.
 */
public final class Transports implements AutoCloseable {
    /** How long a connection may take to be made. */
    static final Duration CONNECT = Duration.ofSeconds(3);

    private final List<UpstreamAddress> upstreams;
    private final Consumer<Incoming> sink;
    private final UdpPorts udp;
    private final List<@Nullable HttpsLink> https = new ArrayList<>();
    private final List<StreamLink> streams = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final @Nullable HttpClient client;
    private volatile boolean closed;

    /**
     * No connection is made before something is sent.
     *
     * @param upstreams as in the plan
     * @param tls whose certificates count, for TLS and HTTPS
     * @param sink takes each {@link Reply} and {@link Failed}; called by several threads, must not block
     * @throws IOException if the system gives no selector
     */
    public Transports(List<UpstreamAddress> upstreams, SSLContext tls, Consumer<Incoming> sink) throws IOException {
        this.upstreams = List.copyOf(upstreams);
        this.sink = sink;
        udp = new UdpPorts(this.upstreams, this::hear, threads);
        boolean web = upstreams.stream().anyMatch(upstream -> upstream.transport() == UpstreamTransport.HTTPS);
        client = web ? client(tls) : null;
        for (int i = 0; i < upstreams.size(); i++) {
            UpstreamAddress upstream = upstreams.get(i);
            boolean overTls = upstream.transport() == UpstreamTransport.TLS;
            streams.add(new StreamLink(i, upstream, overTls ? tls.getSocketFactory() : null, this::hear, threads));
            https.add(
                    client != null && upstream.url() != null
                            ? new HttpsLink(i, upstream.url(), client, this::hear)
                            : null);
        }
    }

    private HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_2)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(threads)
                .build();
    }

    private void hear(Incoming incoming) {
        if (!closed) {
            sink.accept(incoming);
        }
    }

    /** Sends, soon. Never blocks; where too much waits for that upstream already, a {@link Failed} comes. */
    public void send(Sending sending) {
        HttpsLink web = https.get(sending.upstream());
        if (web != null) {
            web.send(sending);
        } else if (sending.stream() || upstreams.get(sending.upstream()).transport() != UpstreamTransport.UDP) {
            streams.get(sending.upstream()).send(sending);
        } else {
            udp.send(sending);
        }
    }

    /** Messages that came to our ports and had no id that was open. */
    public long strangers() {
        return udp.strangers();
    }

    /** Closes all connections; nothing comes any more. */
    @Override
    public void close() {
        closed = true;
        udp.close();
        streams.forEach(StreamLink::close);
        if (client != null) {
            client.shutdownNow();
        }
        threads.shutdownNow();
    }
}
