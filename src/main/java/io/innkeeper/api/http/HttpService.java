package io.innkeeper.api.http;

import io.innkeeper.api.sse.SseStreams;
import io.innkeeper.security.AccessGate;
import io.innkeeper.service.Health;
import io.innkeeper.service.Service;
import io.innkeeper.service.ServiceException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP listener: Jetty, with each request on a virtual thread. */
public final class HttpService implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);

    private static final int HEADERS_MAX = 16 << 10;
    private static final int BACKLOG = 1_024;

    /** Browsers keep connections open for the next request; at the end nobody waits for that. */
    private static final long IDLE_AT_END_MS = 100;

    /** A connection on which nothing moves for so long is closed; the event stream's heartbeat is quicker. */
    public static final Duration IDLE = Duration.ofSeconds(30);

    /**
     * Where to listen, and by how many threads.
     *
     * @param host an address or name; empty for every address
     * @param port 0 for any free one
     * @param threads of Jetty's own, 4 or more: they accept and watch connections; requests run on virtual ones
     */
    public record Listen(String host, int port, int threads) {
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    private final Listen listen;
    private final SseStreams streams;
    private final HttpHandler handler;
    private final Server server;
    private final ServerConnector connector;

    /**
     * A listener that does not listen yet.
     *
     * @param dns DNS over HTTPS, unencrypted here, for a proxy in front
     * @param idle how long nothing may move on a connection
     */
    public HttpService(
            Listen listen,
            Supplier<AccessGate> gate,
            RouteTable routes,
            SseStreams streams,
            DnsOverHttps dns,
            Duration idle,
            HttpStatistics statistics) {
        this.listen = listen;
        this.streams = streams;
        QueuedThreadPool threads = new QueuedThreadPool(listen.threads(), 2, 30_000);
        threads.setName("http");
        threads.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("http-", 0).factory()));
        server = new Server(threads);
        server.setStopTimeout(2_000);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(HEADERS_MAX);
        http.setHttpCompliance(HttpCompliance.RFC7230);
        http.setUriCompliance(UriCompliance.RFC3986);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(listen.host().isEmpty() ? null : listen.host());
        connector.setPort(listen.port());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(idle.toMillis());
        connector.setShutdownIdleTimeout(IDLE_AT_END_MS);
        server.addConnector(connector);
        server.setErrorHandler(new UnreadableRequests());
        handler = new HttpHandler(
                gate,
                routes,
                (request, response, callback) ->
                        dns.serve(request, response, callback) || streams.serve(request, response, callback),
                new StaticFiles(),
                statistics);
        server.setHandler(handler);
    }

    @Override
    public void start(FailureListener listener) throws ServiceException {
        try {
            server.start();
        } catch (Exception e) {
            close();
            String cause = rootMessage(e);
            String guess = cause.contains("in use") ? ". Is another Innkeeper running? Choose" : ". Choose";
            throw new ServiceException(
                    "cannot listen on " + listen + ": " + cause + guess
                            + " another address with api.listen, as in --set api.listen=127.0.0.1:8068",
                    e);
        }
        LOG.info("The page is at {}", uri());
    }

    private static String rootMessage(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** Where the page is, with the port that was really taken. */
    public URI uri() {
        String host = listen.host().isEmpty()
                        || listen.host().equals("0.0.0.0")
                        || listen.host().equals("::")
                ? "127.0.0.1"
                : listen.host();
        return URI.create("http://" + new Listen(host, connector.getLocalPort(), listen.threads()) + "/");
    }

    /** How many follow the event stream. */
    public int followers() {
        return streams.count();
    }

    @Override
    public void close() {
        streams.close();
        handler.endStreams();
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The HTTP listener did not stop cleanly: {}", e.toString());
        }
    }

    @Override
    public Health health() {
        return new Health(
                Health.Level.OK,
                "listening on " + uri(),
                Map.of(
                        "listen", uri().toString(),
                        "connections", connector.getConnectedEndPoints().size(),
                        "followers", streams.count()));
    }
}
