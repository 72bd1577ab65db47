package io.innkeeper;

import io.innkeeper.config.DnsConfig;
import io.innkeeper.config.DnsDnssec;
import io.innkeeper.dns.DnsPlan;
import io.innkeeper.dns.DnsServer;
import io.innkeeper.dns.forward.ForValidator;
import io.innkeeper.dns.forward.Incoming;
import io.innkeeper.dns.forward.Sending;
import io.innkeeper.dns.forward.Transports;
import io.innkeeper.dns.forward.Validator;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What carries questions out of the loop of the DNS server. Which upstreams there are changes on the loop's thread. */
final class DnsCarriers implements DnsServer.Outside, AutoCloseable {
    private record Pair(Transports transports, @Nullable Validator validator) implements AutoCloseable {
        @Override
        public void close() {
            transports.close();
            if (validator != null) {
                validator.close();
            }
        }
    }

    private volatile @Nullable Pair now;
    private @Nullable Consumer<Incoming> sink;

    /** The first upstreams; before the server starts. */
    void open(DnsConfig config, DnsPlan plan, Consumer<Incoming> to) throws IOException {
        sink = to;
        now = pair(config, plan);
    }

    private Pair pair(DnsConfig config, DnsPlan plan) throws IOException {
        Consumer<Incoming> to = Objects.requireNonNull(sink);
        try {
            Transports transports = new Transports(plan.forward().upstreams(), SSLContext.getDefault(), to);
            boolean validates = config.dnssec() == DnsDnssec.VALIDATE;
            return new Pair(transports, validates ? new Validator(List.of(), Clock.systemUTC(), to) : null);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("no TLS in this Java: " + e.getMessage(), e);
        }
    }

    /** Has the server take a plan, and goes to its upstreams from then on, where they are others. */
    void change(DnsConfig config, DnsPlan plan, DnsServer server) throws IOException {
        Pair next = pair(config, plan);
        Pair before = now;
        CompletableFuture<Boolean> _ = server.plan(plan, () -> now = next).whenComplete((elsewhere, _) -> {
            Pair over = Boolean.TRUE.equals(elsewhere) ? before : next;
            // Not on the loop's thread: closing may wait.
            Thread _ =
                    Thread.ofVirtual().start(() -> Objects.requireNonNull(over).close());
        });
    }

    @Override
    public void send(Sending sending) {
        Pair pair = now;
        if (pair != null) {
            pair.transports().send(sending);
        }
    }

    @Override
    public void validate(ForValidator work) {
        Pair pair = now;
        Validator validator = pair == null ? null : pair.validator();
        if (validator != null) {
            validator.accept(work);
        }
    }

    @Override
    public void close() {
        Pair pair = now;
        if (pair != null) {
            pair.close();
        }
    }
}
