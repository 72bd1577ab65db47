package io.innkeeper.dns;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** DNS over TLS (RFC 7858): a connection is worth something once its handshake is done, for which there is not much time. */
public final class TlsWrapping implements StreamListener.Wrapping {
    private static final Logger LOG = LoggerFactory.getLogger(TlsWrapping.class);

    /** What is spoken inside, by the registry of ALPN; a client that asks for something else is turned away. */
    private static final String[] PROTOCOLS = {"dot"};

    private final SSLContext context;
    private final Duration limit;

    /**
     * @param limit for the whole handshake
     */
    public TlsWrapping(SSLContext context, Duration limit) {
        this.context = context;
        this.limit = limit;
    }

    @Override
    public Socket wrap(Socket socket) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(PROTOCOLS);
        tls.setSSLParameters(parameters);
        // A limit for each read alone would let a client take an octet at a time.
        Thread watch = Thread.ofVirtual().name("dns-handshake").start(() -> endLate(socket));
        try {
            tls.startHandshake();
            return tls;
        } finally {
            watch.interrupt();
        }
    }

    private void endLate(Socket socket) {
        try {
            Thread.sleep(limit);
            socket.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("A connection could not be closed: {}", e.toString());
        }
    }
}
