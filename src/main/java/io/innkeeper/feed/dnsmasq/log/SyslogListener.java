package io.innkeeper.feed.dnsmasq.log;

import io.innkeeper.feed.dnsmasq.Listener;
import io.innkeeper.feed.dnsmasq.LogIntake;
import io.innkeeper.feed.dnsmasq.Witness;
import io.innkeeper.wire.net.Prefix;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Receives log lines by the syslog protocol: UDP, TCP (RFC 6587), TLS (RFC 5425). */
public final class SyslogListener implements Listener {
    /**
     * Where to listen, and to whom.
     *
     * @param udp where datagrams are received
     * @param tcp where connections are accepted
     * @param tls where encrypted connections are accepted; null for nowhere
     * @param from who may send; empty for everybody
     * @param connections how many may be open at a time, all listeners together
     */
    public record Settings(
            List<InetSocketAddress> udp,
            List<InetSocketAddress> tcp,
            @Nullable Tls tls,
            List<Prefix> from,
            int connections) {
        /** Copies the lists. */
        public Settings {
            udp = List.copyOf(udp);
            tcp = List.copyOf(tcp);
            from = List.copyOf(from);
        }
    }

    /**
     * Encrypted connections.
     *
     * @param listen where
     * @param context with our key, and with those who sign senders' certificates where they must show one
     * @param clientsKnown whether senders must show a certificate
     */
    public record Tls(List<InetSocketAddress> listen, SSLContext context, boolean clientsKnown) {
        /** Copies the list. */
        public Tls {
            listen = List.copyOf(listen);
        }
    }

    private final CarrierStatus status;

    /** One that does not listen yet. Lines have no place: what was sent while nobody listened does not come again. */
    public SyslogListener(Settings settings, LogIntake intake, InstantSource clock) {
        this.status = new CarrierStatus(Witness.SYSLOG, "", clock);
    }

    @Override
    public Witness witness() {
        return Witness.SYSLOG;
    }

    @Override
    public void start(Consumer<Throwable> onFailure) {}

    /** Where it listens by UDP now, in the order of the settings, with the ports that the system chose; empty before. */
    public List<InetSocketAddress> udp() {
        return List.of();
    }

    /** Where it accepts connections now: those of {@code tcp}, then those of {@code tls}. */
    public List<InetSocketAddress> streams() {
        return List.of();
    }

    @Override
    public Status status() {
        return status.now();
    }

    @Override
    public void close() {}
}
