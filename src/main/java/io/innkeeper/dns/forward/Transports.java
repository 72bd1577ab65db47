package io.innkeeper.dns.forward;

import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** Brings questions to upstreams and answers back, on threads of its own. */
public final class Transports implements AutoCloseable {
    /**
     * Nothing is opened before something is sent.
     *
     * @param upstreams as in the plan
     * @param tls whose certificates count, for TLS and HTTPS
     * @param sink takes each {@link Reply} and {@link Failed}; called by several threads, must not block
     */
    public Transports(List<UpstreamAddress> upstreams, SSLContext tls, Consumer<Incoming> sink) {}

    /** Sends, soon. Never blocks; where too much waits for that upstream already, a {@link Failed} comes. */
    public void send(Sending sending) {}

    /** Messages that came to our ports and had no id that was open. */
    public long strangers() {
        return 0;
    }

    /** Closes all connections; nothing comes any more. */
    @Override
    public void close() {}
}
