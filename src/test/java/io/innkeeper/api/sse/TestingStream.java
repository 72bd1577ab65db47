package io.innkeeper.api.sse;

import io.innkeeper.api.http.DnsOverHttps;
import io.innkeeper.api.http.EventRoutes;
import io.innkeeper.api.http.HttpService;
import io.innkeeper.api.http.HttpStatistics;
import io.innkeeper.api.http.RouteTable;
import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventLog;
import io.innkeeper.event.EventType;
import io.innkeeper.security.AccessGate;
import io.innkeeper.service.ServiceException;
import io.innkeeper.store.Commit;
import io.innkeeper.store.Database;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.Ledger;
import io.innkeeper.wire.net.IpAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A real listener that serves nothing but the event stream of a real store. */
final class TestingStream implements AutoCloseable, SseStreams.Statistics, HttpStatistics {
    final AtomicInteger sent = new AtomicInteger();
    final AtomicInteger cuts = new AtomicInteger();
    final AtomicInteger resets = new AtomicInteger();
    final AtomicInteger maxClients = new AtomicInteger(1_000);
    final AtomicInteger buffer = new AtomicInteger(10_000);
    final EventLog log;
    final SseStreams streams;
    private final Database database;
    private final Ledger ledger;
    private final HttpService http;

    TestingStream(Path folder, int inMemory, Duration heartbeat, Duration idle) throws ServiceException {
        database = Database.open(folder.resolve("x.db"));
        ledger = new Ledger(database, mac -> null);
        EventQueries events = new EventQueries(database);
        log = new EventLog(events.newest(), inMemory);
        streams = new SseStreams(log, events, maxClients::get, buffer::get, heartbeat, this);
        AccessGate gate = new AccessGate(List.of(), List.of(), List.of());
        http = new HttpService(
                new HttpService.Listen("127.0.0.1", 0, 8),
                () -> gate,
                new RouteTable(new EventRoutes(events).routes()),
                streams,
                new DnsOverHttps(new NoDns()),
                idle,
                this);
        http.start(reason -> {});
    }

    private static final class NoDns implements DnsOverHttps.Resolver {
        @Override
        public boolean isThere() {
            return false;
        }

        @Override
        public boolean ask(byte[] query, IpAddress client, Consumer<byte[]> answer) {
            return false;
        }
    }

    URI uri() {
        return http.uri();
    }

    /** Tells so many events of these types in turn. */
    void tell(int count, EventType... types) {
        tell(count, 0, types);
    }

    /** The same, each with so many characters more. */
    void tell(int count, int weight, EventType... types) {
        List<EventDraft> drafts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            EventType type = types.length == 0 ? EventType.LEASE_ADDED : types[i % types.length];
            drafts.add(new EventDraft(type, Instant.EPOCH, "s", "{\"name\":\"zoë" + "x".repeat(weight) + "\"}"));
        }
        log.append(drafts, events -> ledger.write(new Commit(List.of(), List.of(), Instant.EPOCH), events));
    }

    /** Forgets what is older. */
    void prune(long keepFrom) {
        boolean _ = ledger.prune(keepFrom, Instant.EPOCH, Duration.ZERO);
    }

    @Override
    public void sent(int events) {
        sent.addAndGet(events);
    }

    @Override
    public void cut() {
        cuts.incrementAndGet();
    }

    @Override
    public void reset() {
        resets.incrementAndGet();
    }

    @Override
    public void answered(String route, int status) {}

    @Override
    public void refused() {}

    void stop() {
        http.close();
    }

    @Override
    public void close() {
        http.close();
        database.close();
    }
}
