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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
    private static final CommandSpec ENABLE = switching("enable", "Switches a way of watching on");
    private static final CommandSpec DISABLE = switching("disable", "Switches a way of watching off");
    private static final CommandSpec STATUS = CommandSpec.of(
            "status",
            "Tells what is watched: files, leases, rejected lines, and in what ways beside the files.",
            "sources: name, state, leaseFile, leases, rejected, problems, listeners of each");

    private static CommandSpec switching(String name, String doc) {
        return CommandSpec.of(
                        name,
                        doc + ", until its configuration changes or the program starts anew. It goes on where it was.",
                        "source: the name; listeners: how its ways of watching are now")
                .taking(
                        ArgumentSpec.required("way", ArgumentType.CHOICE, "Which way.")
                                .choices(Arrays.stream(Witness.values())
                                        .filter(way -> way != Witness.FILE && way != Witness.SCRIPT)
                                        .map(Witness::text)
                                        .toArray(String[]::new)),
                        ArgumentSpec.optional(
                                "source",
                                ArgumentType.TEXT,
                                "The name of a dnsmasq; may be left out where one is watched."));
    }

    /** Makes the feed of an instance, and forgets the leases of one that is no longer watched. */
    public interface Feeds {
        /** A feed that is not started. */
        DnsmasqFeed make(DnsmasqFeed.Settings settings);

        /** All instances that are watched now: the leases of others are to be forgotten. */
        void watched(List<String> names);

        /** How far a reader of a log came, as the store has it. */
        Optional<String> place(String reader);
    }

    /**
     * An instance that is to be watched.
     *
     * @param settings its files
     * @param ways in what ways beside them
     */
    public record Wanted(DnsmasqFeed.Settings settings, List<Way> ways) {
        /** Copies the list. */
        public Wanted {
            ways = List.copyOf(ways);
        }
    }

    private record Watched(DnsmasqFeed feed, Ways ways) {
        DnsmasqFeed.Settings settings() {
            return feed.settings();
        }

        SourceStatus status() {
            return feed.status(ways.statuses());
        }

        /** Listeners first: they wait for the feed, and must find it there until they have ended. */
        void close() {
            ways.close();
            feed.close();
        }
    }

    private final Feeds feeds;
    private final boolean searching;
    private final Supplier<List<Wanted>> wanted;
    private final List<OwnCommand> more;
    private final InstantSource clock;
    private final Map<String, Watched> running = new LinkedHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable FailureListener listener;

    /**
     * The service.
     *
     * @param wanted what to watch now; asked at start and at each {@link #adjust}
     * @param searching true where that is found by search, which is then repeated
     * @param more commands beside its own
     */
    public DnsmasqService(
            Feeds feeds, Supplier<List<Wanted>> wanted, boolean searching, List<OwnCommand> more, InstantSource clock) {
        this.more = List.copyOf(more);
        this.clock = clock;
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
        Map<String, Wanted> next = new LinkedHashMap<>();
        wanted.get().forEach(one -> next.put(one.settings().name(), one));
        for (Watched watched : List.copyOf(running.values())) {
            String name = watched.settings().name();
            Wanted now = next.get(name);
            if (now == null || !watched.settings().equals(now.settings())) {
                running.remove(name);
                watched.close();
            } else {
                watched.ways().adjust(now.ways());
            }
        }
        feeds.watched(List.copyOf(next.keySet()));
        next.values().stream()
                .filter(one -> !running.containsKey(one.settings().name()))
                .forEach(this::startFeed);
    }

    private void startFeed(Wanted one) {
        DnsmasqFeed.Settings settings = one.settings();
        DnsmasqFeed feed = feeds.make(settings);
        FailureListener told = Objects.requireNonNull(listener, "adjusted before it was started");
        Ways ways = new Ways(feed, feeds::place, clock, told::failed);
        running.put(settings.name(), new Watched(feed, ways));
        feed.start(told::failed);
        ways.adjust(one.ways());
        LOG.info(
                "Watching dnsmasq '{}': leases {}, configuration {}",
                settings.name(),
                settings.leases(),
                settings.config());
        if (settings.leases() != null && !Files.exists(settings.leases())) {
            LOG.warn("There is no lease file at {} yet; waiting for it", settings.leases());
        }
    }

    private synchronized List<Watched> watched() {
        return new ArrayList<>(running.values());
    }

    private List<DnsmasqFeed> feeds() {
        return watched().stream().map(Watched::feed).toList();
    }

    /** Who listens to the instances that are watched now beside their files, by the names of the instances. */
    public SequencedMap<String, List<Listener>> listeners() {
        SequencedMap<String, List<Listener>> listeners = new LinkedHashMap<>();
        watched().forEach(one -> listeners.put(one.settings().name(), one.ways().listeners()));
        return listeners;
    }

    /** How the instances are that are watched now. */
    public List<SourceStatus> statuses() {
        return watched().stream().map(Watched::status).toList();
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
        List<OwnCommand> commands = new ArrayList<>(List.of(
                new OwnCommand(REREAD, this::reread),
                new OwnCommand(ENABLE, arguments -> enable(arguments, true)),
                new OwnCommand(DISABLE, arguments -> enable(arguments, false)),
                new OwnCommand(STATUS, _ -> CommandResponse.success(Map.of("sources", statuses())))));
        commands.addAll(more);
        return commands;
    }

    private CommandResponse enable(Arguments arguments, boolean on) {
        Optional<String> name = arguments.find("source", String.class);
        List<Watched> meant = watched().stream()
                .filter(one -> name.isEmpty() || one.settings().name().equals(name.get()))
                .toList();
        if (meant.size() != 1) {
            return noSuchSource();
        }
        Watched one = meant.getFirst();
        String way = arguments.find("way", String.class).orElseThrow();
        if (!one.ways().enable(Witness.valueOf(way.toUpperCase(Locale.ROOT)), on)) {
            String ways = one.ways().statuses().stream()
                    .map(status -> status.witness().text())
                    .collect(Collectors.joining(", "));
            return CommandResponse.wrong(List.of(new ArgumentProblem(
                    "way",
                    "must be a way in which " + one.settings().name() + " is watched; there "
                            + (ways.isEmpty() ? "is none beside its files" : "are: " + ways))));
        }
        return CommandResponse.success(Map.of(
                "source",
                one.settings().name(),
                "listeners",
                one.ways().statuses().stream().map(WayStatus::of).toList()));
    }

    private CommandResponse noSuchSource() {
        return CommandResponse.wrong(List.of(new ArgumentProblem(
                "source", "must be the name of a dnsmasq that is watched; there are: " + String.join(", ", names()))));
    }

    private CommandResponse reread(Arguments arguments) {
        Optional<String> name = arguments.find("source", String.class);
        if (name.isPresent() && !names().contains(name.get())) {
            return noSuchSource();
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
        List<Watched> all;
        synchronized (this) {
            all = new ArrayList<>(running.values());
            running.clear();
        }
        all.forEach(Watched::close);
    }
}
