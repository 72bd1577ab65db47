package io.innkeeper.dns.block;

import io.innkeeper.config.DnsBlockList;
import io.innkeeper.io.FolderWatch;
import io.innkeeper.io.ThreadNice;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the block lists: reads files and fetches URLs at their time, keeps a copy of each, which counts where the source is
 * down, and hands on a new {@link Snapshot} whenever something changed. Rule sets are built on a thread of its own that yields
 * to others; sources are looked at a few at a time beside it.
 */
public final class ListBook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ListBook.class);

    /** Sources that are looked at at the same time. */
    private static final int LOOKS = 4;

    /** A file that is being written is read when it has been left alone this long. */
    private static final Duration QUIET = Duration.ofMillis(300);

    /** Lists that come one after the other are built into one set, unless the next takes longer than this. */
    private static final Duration GATHER = Duration.ofSeconds(2);

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final long MAX_CLOSE_MS = 5_000;

    /**
     * All lists as they are now.
     *
     * @param rules list 0 has the rules by hand, list i + 1 is the list i of the configuration; the same object as before
     *     where only the states of lists are others
     * @param lists how each stands, by number; the first are the rules by hand
     */
    public record Snapshot(RuleSet rules, List<ListState> lists) {
        /** Copies the list. */
        public Snapshot {
            lists = List.copyOf(lists);
        }
    }

    /** The lists and rules of a configuration. */
    private record Wish(List<DnsBlockList> lists, List<String> rules) {}

    private final BookSettings settings;
    private final InstantSource clock;
    private final @Nullable FolderWatch folders;
    private final Consumer<Snapshot> consumer;
    private final SourceLook looker;
    private final Semaphore looks = new Semaphore(LOOKS);
    private final Thread thread;

    /** What others ask for and bring; guarded by this. */
    private @Nullable Wish wish;

    private final Set<String> toRefresh = new HashSet<>();
    private final List<SourceLook.Outcome> outcomes = new ArrayList<>();
    private boolean hinted;
    private boolean closed;

    /** Of the book's thread from here on. By file or URL, who looks at it. */
    private final Map<String, Thread> underWay = new HashMap<>();

    private List<TrackedList> lists = new ArrayList<>();
    private List<String> rules = List.of();
    private RuleSet current = RuleSet.EMPTY;
    private boolean toRead;
    private boolean toTell;
    private long toReadSinceNanos;
    private FolderWatch.@Nullable Registration registration;

    /**
     * A book that does nothing before {@link #configure} and {@link #start}.
     *
     * @param folders tells of files that change; null to look at them only at their time
     * @param consumer takes each snapshot, on the book's thread
     */
    public ListBook(
            BookSettings settings, InstantSource clock, @Nullable FolderWatch folders, Consumer<Snapshot> consumer) {
        this.settings = settings;
        this.clock = clock;
        this.folders = folders;
        this.consumer = consumer;
        this.looker = new SourceLook(settings);
        this.thread = Thread.ofPlatform().name("dns-lists").daemon().unstarted(this::loop);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** The lists and the rules by hand from now on; lists that were there before are not fetched again for it. */
    public synchronized void configure(List<DnsBlockList> newLists, List<String> newRules) {
        wish = new Wish(List.copyOf(newLists), List.copyOf(newRules));
        notifyAll();
    }

    /** Looks at these lists now, by name; those that do not exist are left out. */
    public synchronized void refresh(Collection<String> names) {
        toRefresh.addAll(names);
        notifyAll();
    }

    private synchronized void hint() {
        hinted = true;
        notifyAll();
    }

    private synchronized void bring(SourceLook.Outcome outcome) {
        outcomes.add(outcome);
        notifyAll();
    }

    /** Ends, and waits for the end. Looks under way are given up. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        thread.interrupt();
        try {
            thread.join(MAX_CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        if (!ThreadNice.lower()) {
            LOG.debug("Block lists are read at the priority of all");
        }
        try {
            while (!isClosed()) {
                turn();
            }
        } catch (InterruptedException e) {
            LOG.debug("The book of block lists is closed");
        } finally {
            underWay.values().forEach(Thread::interrupt);
            unwatch();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Takes what was asked for and what came, looks at what is due, hands on what changed, waits. */
    private void turn() throws InterruptedException {
        takeWish();
        takeHints();
        takeOutcomes();
        Instant now = clock.instant();
        lists.stream().filter(list -> list.isDue(now)).forEach(this::look);
        if (toRead && (underWay.isEmpty() || System.nanoTime() - toReadSinceNanos >= GATHER.toNanos())) {
            current = SetReader.read(lists, rules, settings);
            toRead = false;
            toTell = true;
        }
        if (toTell && !toRead) {
            toTell = false;
            tell();
        }
        pause();
    }

    private void tell() {
        List<ListState> states = new ArrayList<>();
        states.add(SetReader.byHand(
                rules, new RuleSetBuilder(settings.maxNames(), settings.maxPatterns()).list(0, false)));
        lists.forEach(list -> states.add(list.state()));
        try {
            consumer.accept(new Snapshot(current, states));
        } catch (RuntimeException e) {
            LOG.error("New block lists could not be handed on", e);
        }
    }

    private void takeWish() {
        Wish taken;
        synchronized (this) {
            taken = wish;
            wish = null;
        }
        if (taken == null) {
            return;
        }
        List<TrackedList> before = lists;
        lists = new ArrayList<>();
        rules = taken.rules();
        for (DnsBlockList config : taken.lists()) {
            if (lists.size() + 1 >= RuleSet.MAX_LISTS) {
                LOG.warn("No more than {} block lists: {} is left out", RuleSet.MAX_LISTS - 1, config.list());
                continue;
            }
            ListSource source = new ListSource(lists.size() + 1, config);
            lists.add(before.stream()
                    .filter(list -> list.isOf(config.list()))
                    .findFirst()
                    .map(list -> list.as(source))
                    .orElseGet(() -> new TrackedList(source, settings).remembered(clock.instant())));
        }
        watchFiles();
        // What is kept counts at once: the network may be slow, or not be there.
        toRead = true;
        toReadSinceNanos = System.nanoTime() - GATHER.toNanos();
    }

    private void watchFiles() {
        unwatch();
        Set<Path> files = lists.stream()
                .map(TrackedList::source)
                .filter(source -> !source.isUrl() && source.isPath())
                .map(source -> source.file().toAbsolutePath())
                .collect(Collectors.toSet());
        if (folders != null && !files.isEmpty()) {
            registration = folders.watch(files, this::hint);
        }
    }

    private void unwatch() {
        if (registration != null) {
            registration.close();
            registration = null;
        }
    }

    private synchronized void takeHints() throws InterruptedException {
        for (int i = 0; i < LOOKS && hinted && !closed; i++) {
            // Until no file moves any more.
            hinted = false;
            wait(QUIET.toMillis());
            lists.stream().filter(list -> !list.source().isUrl()).forEach(list -> list.makeDue(clock.instant()));
        }
        lists.stream()
                .filter(list -> toRefresh.contains(list.source().name()))
                .forEach(list -> list.makeDue(clock.instant()));
        toRefresh.clear();
    }

    private void look(TrackedList list) {
        ListSource source = list.source();
        String mark = list.fileMark();
        underWay.computeIfAbsent(
                source.config().list(),
                key -> Thread.ofVirtual().name("dns-list-" + source.number()).start(() -> look(source, mark)));
    }

    private void look(ListSource source, String mark) {
        String list = source.config().list();
        SourceLook.Outcome outcome = new SourceLook.Outcome(list, false, mark, "given up");
        try {
            looks.acquire();
            try {
                outcome = looker.look(source, mark, clock.instant());
            } finally {
                looks.release();
            }
        } catch (InterruptedException e) {
            LOG.debug("Given up: {}", list);
        } catch (RuntimeException e) {
            LOG.error("Looking at the block list {} failed", list, e);
            outcome = new SourceLook.Outcome(list, false, mark, "an error of the program: " + e);
        } finally {
            bring(outcome);
        }
    }

    private void takeOutcomes() {
        List<SourceLook.Outcome> taken;
        synchronized (this) {
            taken = List.copyOf(outcomes);
            outcomes.clear();
        }
        for (SourceLook.Outcome outcome : taken) {
            underWay.remove(outcome.list());
            lists.stream().filter(list -> list.isOf(outcome.list())).forEach(list -> looked(list, outcome));
            toTell = true;
            if (outcome.changed() && !toRead) {
                toRead = true;
                toReadSinceNanos = System.nanoTime();
            }
        }
    }

    private void looked(TrackedList list, SourceLook.Outcome outcome) {
        boolean wasWell = list.error() == null;
        list.looked(outcome, clock.instant());
        if (wasWell && outcome.error() != null) {
            LOG.warn(
                    "The block list {} cannot be had, what was read before counts: {}",
                    list.source().name(),
                    outcome.error());
        } else if (!wasWell && outcome.error() == null) {
            LOG.info("The block list {} can be had again", list.source().name());
        }
    }

    /** Waits until something is asked for or brought, a list is due, or what came is to be read. */
    private synchronized void pause() throws InterruptedException {
        Instant now = clock.instant();
        long waitNanos = lists.stream()
                .filter(list -> !underWay.containsKey(list.source().config().list()))
                .map(list -> Duration.between(now, list.nextAt()))
                .filter(wait -> wait.compareTo(LONGEST_WAIT) < 0)
                .mapToLong(Duration::toNanos)
                .min()
                .orElse(LONGEST_WAIT.toNanos());
        long start = System.nanoTime();
        long end = start + (toRead ? Math.min(waitNanos, toReadSinceNanos + GATHER.toNanos() - start) : waitNanos);
        while (wish == null && toRefresh.isEmpty() && outcomes.isEmpty() && !hinted && !closed) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1) - 1);
            if (leftMs <= 0) {
                return;
            }
            wait(leftMs);
        }
    }
}
