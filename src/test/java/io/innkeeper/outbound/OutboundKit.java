package io.innkeeper.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.Config;
import io.innkeeper.config.ConfigDocument;
import io.innkeeper.config.ConfigLoader;
import io.innkeeper.config.ConfigResult;
import io.innkeeper.config.OutboundConfig;
import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventLog;
import io.innkeeper.event.EventType;
import io.innkeeper.service.Command;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.service.CommandSpec;
import io.innkeeper.service.Health;
import io.innkeeper.service.OwnCommand;
import io.innkeeper.service.ServiceException;
import io.innkeeper.store.Commit;
import io.innkeeper.store.Database;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.Ledger;
import io.innkeeper.store.Outbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A store, its stream of events, and the service that tells of them. It can stop, also at once, and start again. */
public final class OutboundKit implements AutoCloseable {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final BackOff QUICK = new BackOff(Duration.ofMillis(2), Duration.ofMillis(50));

    /** What was counted, in words. */
    public final List<String> counted = new CopyOnWriteArrayList<>();

    /** Faults that a target told of. */
    public final List<Throwable> faults = new CopyOnWriteArrayList<>();

    /** What neighbours are told of, and what they told. */
    final TestingSystems systems = new TestingSystems();

    private final Path file;
    private final BackOff backOff;
    private OutboundConfig config;
    private @Nullable Running running;

    /** All that is gone after a stop. */
    private record Running(Database database, EventLog log, Ledger ledger, Outbox outbox, OutboundService service) {}

    public OutboundKit(Path folder, String yaml) {
        this(folder, yaml, QUICK);
    }

    OutboundKit(Path folder, String yaml, BackOff backOff) {
        this.file = folder.resolve("innkeeper.db");
        this.backOff = backOff;
        this.config = section(yaml);
        start();
    }

    static OutboundConfig section(String yaml) {
        ConfigResult result = ConfigLoader.load(new ConfigDocument("x.yaml", yaml), Map.of(), List.of(), null);
        assertThat(result.text()).doesNotContain("error: ");
        Config read = ((ConfigResult.Valid) result).config();
        return Objects.requireNonNull(read.outbound());
    }

    /** Starts, on what the store holds. */
    public void start() {
        Database database = Database.open(file);
        EventQueries events = new EventQueries(database);
        EventLog log = new EventLog(events.newest(), 64);
        Outbox outbox = new Outbox(database);
        OutboundService service = new OutboundService(
                () -> config,
                new TargetWorker.World(
                        log, events, outbox, Instant::now, RandomGenerator.getDefault(), backOff, new Counted(), 256),
                Map.of("OUTBOUND_SECRET", "of the environment"),
                systems);
        running = new Running(database, log, new Ledger(database, mac -> null), outbox, service);
        service.start(faults::add);
    }

    private Running running() {
        return Objects.requireNonNull(running);
    }

    /** Stops as a program does that is told to. */
    public void stop() {
        Running before = running();
        before.service().close();
        before.log().close();
        before.database().close();
        running = null;
    }

    /** The store is cut off first, as by a crash: what was not stored yet never is. */
    void crash() {
        Running before = running();
        before.database().close();
        before.service().close();
        running = null;
    }

    void adjust(String yaml) {
        config = section(yaml);
        running().service().adjust();
    }

    /** Appends so many events, one transaction each. */
    public void tell(int count) {
        for (int i = 0; i < count; i++) {
            tell(EventType.LEASE_ADDED, "10.0.0.1", "{\"lease\":{\"address\":\"10.0.0.1\"}}");
        }
    }

    public void tell(EventType type, String subject, String body) {
        tellAll(List.of(new EventDraft(type, AT, subject, body)));
    }

    void tellAll(List<EventDraft> drafts) {
        Running now = running();
        Commit nothing = new Commit(List.of(), List.of(), AT);
        now.log().append(drafts, events -> now.ledger().write(nothing, events));
    }

    /** As many in one transaction. */
    void tellAtOnce(int count) {
        List<EventDraft> drafts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drafts.add(new EventDraft(EventType.LEASE_ADDED, AT, "10.0.0.1", "{}"));
        }
        tellAll(drafts);
    }

    void pruneBelow(long number) {
        running().ledger().prune(number, AT, Duration.ofDays(1));
    }

    public long newest() {
        return running().log().newest();
    }

    Outbox outbox() {
        return running().outbox();
    }

    public String storeIdentity() {
        return running().outbox().identity();
    }

    public Health health() {
        return running().service().health();
    }

    CommandResponse command(String name, Map<String, Object> args) {
        OwnCommand found = running().service().commands().stream()
                .filter(one -> one.spec().name().equals(name))
                .findFirst()
                .orElseThrow();
        return switch (found.spec().check(new Command(name, args))) {
            case CommandSpec.Wrong wrong -> CommandResponse.wrong(wrong.problems());
            case CommandSpec.Right right -> run(found, right);
        };
    }

    private static CommandResponse run(OwnCommand command, CommandSpec.Right right) {
        try {
            return command.action().run(right.arguments());
        } catch (ServiceException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (running != null) {
            stop();
        }
        assertThat(faults).isEmpty();
    }

    private final class Counted implements OutboundStatistics {
        @Override
        public void delivered(String target, int events) {
            assertThat(events).isPositive();
        }

        @Override
        public void failed(String target) {
            counted.add("failed " + target);
        }

        @Override
        public void refused(String target) {
            counted.add("refused " + target);
        }

        @Override
        public void lost(String target, long events) {
            counted.add("lost " + target + " " + events);
        }
    }
}
