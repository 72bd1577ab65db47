package io.innkeeper.feed.dnsmasq;

import io.innkeeper.service.ArgumentProblem;
import io.innkeeper.service.ArgumentSpec;
import io.innkeeper.service.ArgumentType;
import io.innkeeper.service.Arguments;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.service.CommandSpec;
import io.innkeeper.service.Health;
import io.innkeeper.service.OwnCommand;
import io.innkeeper.service.Service;
import io.innkeeper.wire.dnsmasq.ScriptNotice;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service {@code dnsmasq}: one feed per instance, started and stopped as the configuration changes. */
public final class DnsmasqService implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(DnsmasqService.class);
    private static final Duration SEARCH_AGAIN = Duration.ofSeconds(5);
    private static final CommandSpec REREAD = CommandSpec.of(
                    "reread",
                    "Looks at lease file and configuration again, now, also where nothing seems to have changed.",
                    "sources: how many instances look again")
            .taking(ArgumentSpec.optional(
                    "source", ArgumentType.TEXT, "The name of one dnsmasq; without it, all that are watched."));
    private static final CommandSpec STATUS = CommandSpec.of(
            "status",
            "Tells what is watched: files, leases, rejected lines.",
            "sources: name, state, leaseFile, leases, rejected, problems of each");

    /** Makes the feed of an instance, and forgets the leases of one that is no longer watched. */
    public interface Feeds {
        /** A feed that is not started. */
        DnsmasqFeed make(DnsmasqFeed.Settings settings);

        /** All instances that are watched now: the leases of others are to be forgotten. */
        void watched(List<String> names);
    }

    private final Feeds feeds;
    private final boolean searching;
    private final Supplier<List<DnsmasqFeed.Settings>> wanted;
    private final Map<String, DnsmasqFeed> running = new LinkedHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable FailureListener listener;

    /**
     * The service.
     *
     * @param wanted what to watch now; asked at start and at each {@link #adjust}
     * @param searching true where that is found by search, which is then repeated
     */
    public DnsmasqService(Feeds feeds, Supplier<List<DnsmasqFeed.Settings>> wanted, boolean searching) {
        this.feeds = feeds;
        this.wanted = wanted;
        this.searching = searching;
    }

    @Override
    public synchronized void start(FailureListener failureListener) {
        listener = failureListener;
        adjust();
        if (searching) {
            Thread.ofVirtual().name("dnsmasq-search").start(this::search);
        }
    }

    /** A dnsmasq that is installed later is found too. */
    private void search() {
        try {
            while (!closed.await(SEARCH_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                searchOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A store that does not answer must not end the search. */
    private void searchOnce() {
        try {
            adjust();
        } catch (RuntimeException e) {
            LOG.warn("The search for a dnsmasq failed, and is repeated: {}", e.toString());
        }
    }

    /** Brings what is watched in line with what is wanted: feeds whose settings did not change go on undisturbed. */
    public synchronized void adjust() {
        if (closed.getCount() == 0) {
            return;
        }
        Map<String, DnsmasqFeed.Settings> next = new LinkedHashMap<>();
        wanted.get().forEach(settings -> next.put(settings.name(), settings));
        for (DnsmasqFeed feed : List.copyOf(running.values())) {
            if (!feed.settings().equals(next.get(feed.settings().name()))) {
                running.remove(feed.settings().name());
                feed.close();
            }
        }
        feeds.watched(List.copyOf(next.keySet()));
        next.values().stream()
                .filter(settings -> !running.containsKey(settings.name()))
                .forEach(this::startFeed);
    }

    private void startFeed(DnsmasqFeed.Settings settings) {
        DnsmasqFeed feed = feeds.make(settings);
        running.put(settings.name(), feed);
        FailureListener told = Objects.requireNonNull(listener, "adjusted before it was started");
        feed.start(told::failed);
        LOG.info(
                "Watching dnsmasq '{}': leases {}, configuration {}",
                settings.name(),
                settings.leases(),
                settings.config());
        if (settings.leases() != null && !Files.exists(settings.leases())) {
            LOG.warn("There is no lease file at {} yet; waiting for it", settings.leases());
        }
    }

    private synchronized List<DnsmasqFeed> feeds() {
        return new ArrayList<>(running.values());
    }

    /** The names of the instances that are watched now. */
    public List<String> names() {
        return feeds().stream().map(feed -> feed.settings().name()).toList();
    }

    /** The configurations of the instances that are watched now, by their names, as they were last read. */
    public SequencedMap<String, DnsmasqSetup> setups() {
        SequencedMap<String, DnsmasqSetup> setups = new LinkedHashMap<>();
        feeds().forEach(feed -> setups.put(feed.settings().name(), feed.setup()));
        return setups;
    }

    /**
     * Takes a word of a script.
     *
     * @return the name of the instance it was given to; empty where there is none of the name that the notice gives, or too
     *     many words wait
     */
    public Optional<String> tell(ScriptNotice notice) {
        return feeds().stream()
                .filter(feed ->
                        notice.source() == null || feed.settings().name().equals(notice.source()))
                .findFirst()
                .filter(feed -> feed.tell(notice))
                .map(feed -> feed.settings().name());
    }

    @Override
    public Health health() {
        List<SourceStatus> sources = statuses();
        List<String> messages = sources.stream()
                .filter(source -> source.message() != null)
                .map(source -> source.name() + ": " + source.message())
                .toList();
        int leases = sources.stream().mapToInt(SourceStatus::leases).sum();
        String message = sources.isEmpty()
                ? "no dnsmasq is configured"
                : messages.isEmpty() ? leases + " leases" : String.join("; ", messages);
        Health.Level level = messages.isEmpty() ? Health.Level.OK : Health.Level.DEGRADED;
        return new Health(
                level, message, Map.of("sources", sources, "chosenBy", searching ? "search" : "configuration"));
    }

    @Override
    public List<OwnCommand> commands() {
        return List.of(
                new OwnCommand(REREAD, this::reread),
                new OwnCommand(STATUS, _ -> CommandResponse.success(Map.of("sources", statuses()))));
    }

    private List<SourceStatus> statuses() {
        return feeds().stream().map(DnsmasqFeed::status).toList();
    }

    private CommandResponse reread(Arguments arguments) {
        Optional<String> name = arguments.find("source", String.class);
        List<String> names = names();
        if (name.isPresent() && !names.contains(name.get())) {
            return CommandResponse.wrong(List.of(new ArgumentProblem(
                    "source",
                    "must be the name of a dnsmasq that is watched; there are: " + String.join(", ", names))));
        }
        List<DnsmasqFeed> meant = feeds().stream()
                .filter(feed -> name.isEmpty() || feed.settings().name().equals(name.get()))
                .toList();
        meant.forEach(DnsmasqFeed::reread);
        return CommandResponse.success(Map.of("sources", meant.size()));
    }

    @Override
    public void close() {
        closed.countDown();
        List<DnsmasqFeed> all;
        synchronized (this) {
            all = new ArrayList<>(running.values());
            running.clear();
        }
        all.forEach(DnsmasqFeed::close);
    }
}
