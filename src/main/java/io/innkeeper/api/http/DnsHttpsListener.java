package io.innkeeper.api.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One address at which DNS over HTTPS is served, by HTTP/2 or HTTP/1.1, and nothing else. */
public final class DnsHttpsListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsHttpsListener.class);
    private static final int THREADS = 8;
    private static final int HEADERS_MAX = 96 << 10;
    private static final int STREAMS_PER_CONNECTION = 64;
    private static final int BACKLOG = 256;

    /** How many connections there may be. */
    public interface Slots {
        /** Takes a place for this client; false where there is none. */
        boolean take(InetAddress client);

        /** Gives it back. */
        void free(InetAddress client);
    }

    private final Server server;
    private final ServerConnector connector;

    /**
     * Listens.
     *
     * @param host null for every address of this machine
     * @param port 0 for any free one
     * @param idle how long a connection may be silent
     * @throws IOException with a sentence for people
     */
    public DnsHttpsListener(
            @Nullable String host, int port, SSLContext tls, Duration idle, Slots slots, DnsOverHttps handler)
            throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2, 30_000);
        threads.setName("dns-https");
        threads.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("dns-https-", 0).factory()));
        server = new Server(threads);
        server.setStopTimeout(500);
        connector = new Counting(server, slots, protocols(tls));
        connector.setHost(host);
        connector.setPort(port);
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(idle.toMillis());
        connector.setShutdownIdleTimeout(100);
        server.addConnector(connector);
        server.setErrorHandler(new UnreadableRequests());
        server.setHandler(handler);
        try {
            server.start();
        } catch (Exception e) {
            close();
            String where = (host == null ? "*" : host) + " port " + port;
            throw new IOException("cannot listen on " + where + " for DNS over HTTPS: " + e.getMessage(), e);
        }
    }

    private static ConnectionFactory[] protocols(SSLContext tls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // A question of the longest kind in base64, as a parameter.
        http.setRequestHeaderSize(HEADERS_MAX);
        http.setHttpCompliance(HttpCompliance.RFC7230);
        HTTP2ServerConnectionFactory h2 = new HTTP2ServerConnectionFactory(http);
        h2.setMaxConcurrentStreams(STREAMS_PER_CONNECTION);
        HttpConnectionFactory h1 = new HttpConnectionFactory(http);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setSslContext(tls);
        context.setCipherComparator(HTTP2Cipher.COMPARATOR);
        SslConnectionFactory ssl = new SslConnectionFactory(context, alpn.getProtocol());
        return new ConnectionFactory[] {ssl, alpn, h2, h1};
    }

    /** The port that was really taken. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("DNS over HTTPS did not stop cleanly: {}", e.toString());
        }
    }

    /** Closes at once what is too much. */
    private static final class Counting extends ServerConnector {
        private final Slots slots;
        private final Map<EndPoint, InetAddress> counted = new ConcurrentHashMap<>();

        Counting(Server server, Slots slots, ConnectionFactory... protocols) {
            super(server, 1, 1, protocols);
            this.slots = slots;
        }

        @Override
        protected void onEndPointOpened(EndPoint connection) {
            super.onEndPointOpened(connection);
            InetAddress client = connection.getRemoteSocketAddress() instanceof InetSocketAddress address
                    ? address.getAddress()
                    : null;
            if (client != null && slots.take(client)) {
                counted.put(connection, client);
            } else {
                connection.close();
            }
        }

        @Override
        protected void onEndPointClosed(EndPoint connection) {
            super.onEndPointClosed(connection);
            InetAddress client = counted.remove(connection);
            if (client != null) {
                slots.free(client);
            }
        }
    }
}
