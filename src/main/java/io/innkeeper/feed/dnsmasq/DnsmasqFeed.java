package io.innkeeper.feed.dnsmasq;

import io.innkeeper.device.Sighting;
import io.innkeeper.feed.LeaseSink;
import io.innkeeper.feed.LogReport;
import io.innkeeper.feed.ReadPlace;
import io.innkeeper.io.FolderWatch;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.wire.dnsmasq.ScriptNotice;
import io.innkeeper.wire.net.Prefix;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one dnsmasq. Whatever happens (a change in a folder, a word of the script, of the log or of a bus, a second gone by)
 * only means "look again": one thread looks at the files, asks {@link Testimony} what is true now, and hands that on.
 */
public final class DnsmasqFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsmasqFeed.class);

    /** How many words may wait. */
    static final int NOTICES = 1_000;

    /** How many pieces of logs may wait; a piece is at most {@code LogTail}'s quarter of a million octets. */
    static final int BATCHES = 8;

    /** How often it is looked whether the feed was closed, while its queue is full. */
    private static final long FULL_MS = 200;

    /** How often the configuration files are looked at, where the lease file is looked at more often. */
    private static final Duration CONFIG_POLL = Duration.ofSeconds(2);

    /** How soon to look again after a look during which the file changed. */
    private static final Duration TORN = Duration.ofMillis(20);

    /**
     * What to watch.
     *
     * @param name the name of this dnsmasq
     * @param leases its lease file; null where only the script tells
     * @param config its configuration files
     * @param ethers the file that {@code read-ethers} means
     * @param poll how often to look although nothing said that something changed
     * @param gather for how long all who watch are waited for
     * @param messages which lines of its log about DHCP become events of their own
     */
    public record Settings(
            String name,
            @Nullable Path leases,
            List<Path> config,
            Path ethers,
            Duration poll,
            Duration gather,
            LogReader.Messages messages) {
        /** How long all who watch are waited for, where nobody says anything else. */
        public static final Duration USUAL_GATHER = Duration.ofMillis(250);

        /** Copies the list. */
        public Settings {
            config = List.copyOf(config);
        }

        /** Files that are watched, with all else as usual. */
        public Settings(String name, @Nullable Path leases, List<Path> config, Path ethers, Duration poll) {
            this(name, leases, config, ethers, poll, USUAL_GATHER, LogReader.Messages.ALL);
        }
    }

    private final Settings settings;
    private final LeaseSource source;
    private final LeaseSink sink;
    private final FolderWatch folders;
    private final InstantSource clock;
    private final SetupWatch setup;
    private final @Nullable LeaseFileReader reader;
    private final Testimony testimony;
    private final BlockingQueue<Word> words = new ArrayBlockingQueue<>(NOTICES);
    private final BlockingQueue<LogBatch> batches = new ArrayBlockingQueue<>(BATCHES);
    private final LogReader logs;
    private final Wake wake = new Wake();
    private final FeedStatus status;
    private final Thread thread;
    private final AtomicBoolean rereadAsked = new AtomicBoolean();
    private final AtomicBoolean configTouched = new AtomicBoolean(true);
    private final List<FolderWatch.Registration> registrations = new ArrayList<>();

    private long configReadNanos;
    private Duration pause = Duration.ZERO;
    private volatile boolean closed;
    private Consumer<Throwable> onFailure = reason -> {};

    private volatile Supplier<Set<Witness>> listening = Set::of;

    /** A feed that does nothing yet, and whose DNS queries nobody wants to hear of. */
    public DnsmasqFeed(
            Settings settings,
            List<Lease> known,
            LeaseSink sink,
            FolderWatch folders,
            InstantSource clock,
            Supplier<? extends Collection<Prefix>> localPrefixes) {
        this(settings, known, sink, folders, clock, localPrefixes, null);
    }

    /**
     * A feed that does nothing yet.
     *
     * @param known what the store holds of this source
     * @param localPrefixes the networks of this machine, for ranges without netmask
     * @param queries who is told of DNS queries in its log; null for nobody
     */
    public DnsmasqFeed(
            Settings settings,
            List<Lease> known,
            LeaseSink sink,
            FolderWatch folders,
            InstantSource clock,
            Supplier<? extends Collection<Prefix>> localPrefixes,
            @Nullable QueryLineSink queries) {
        this.settings = settings;
        this.source = LeaseSource.dnsmasq(settings.name());
        this.sink = sink;
        this.folders = folders;
        this.clock = clock;
        this.setup = new SetupWatch(
                settings.config(), new DnsmasqConfigReader(settings.ethers(), Path.of("/")), localPrefixes);
        this.testimony = new Testimony(
                source,
                settings.leases() != null,
                settings.gather(),
                known,
                setup::setup,
                () -> listening.get(),
                System.nanoTime());
        this.reader = settings.leases() == null ? null : new LeaseFileReader(settings.leases());
        this.status = new FeedStatus(settings.name(), settings.leases());
        this.logs = new LogReader(
                new LogReader.Settings(settings.name(), settings.messages(), ZoneId.systemDefault()),
                this,
                clock,
                queries);
        this.thread = Thread.ofPlatform().name("dnsmasq-" + settings.name()).unstarted(this::loop);
    }

    /** Who reads its log: those who carry lines hand them there. */
    public LogReader logs() {
        return logs;
    }

    /** Who listens beside file and script, asked anew whenever that matters; before that, nobody does. */
    public void listening(Supplier<Set<Witness>> now) {
        listening = now;
    }

    Set<Witness> listening() {
        return listening.get();
    }

    /** Begins to watch; failures of our own are told to the listener, once. */
    public void start(Consumer<Throwable> failureListener) {
        onFailure = failureListener;
        thread.start();
    }

    /** What it watches. */
    public Settings settings() {
        return settings;
    }

    /** Its configuration, as it was last read. */
    public DnsmasqSetup setup() {
        return setup.setup();
    }

    /** How it is, watched by its files alone. */
    public SourceStatus status() {
        return status(List.of());
    }

    /** How it is, with how those are who listen beside its files. */
    SourceStatus status(List<Listener.Status> listeners) {
        return status.now(clock.instant(), listeners);
    }

    /** Takes a word of the script; false where too many wait. */
    public boolean tell(ScriptNotice notice) {
        boolean taken = words.offer(new Word(notice, Witness.SCRIPT, clock.instant()));
        wake.raise();
        return taken;
    }

    /**
     * Takes a word of a witness. Waits while too many wait; an interrupt while it waits, which costs the word, is left for the
     * caller to see.
     */
    public void tell(Word word) {
        try {
            put(words, word);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes a piece of a log. Waits while too many wait. */
    void take(LogBatch batch) throws InterruptedException {
        put(batches, batch);
    }

    /** Takes a piece of a log where there is room for it; false where there is none. */
    boolean offer(LogBatch batch) {
        boolean taken = batches.offer(batch);
        wake.raise();
        return taken;
    }

    /** Has the feed look again soon. */
    void wake() {
        wake.raise();
    }

    private <T> void put(BlockingQueue<T> queue, T item) throws InterruptedException {
        boolean taken = false;
        while (!taken && !closed) {
            taken = queue.offer(item, FULL_MS, TimeUnit.MILLISECONDS);
            wake.raise();
        }
    }

    /** Looks at everything again, now. */
    public void reread() {
        rereadAsked.set(true);
        wake.raise();
    }

    private void loop() {
        try {
            watchFolders();
            while (!closed) {
                long startedNanos = System.nanoTime();
                pause = settings.poll();
                turn(clock.instant(), startedNanos);
                rest(startedNanos, System.nanoTime() - startedNanos);
            }
        } catch (InterruptedException e) {
            // close() interrupts; nothing to finish.
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    /** One look at everything. The wall's time is for leases; waiting is measured on a clock that cannot jump. */
    private void turn(Instant now, long nanos) throws InterruptedException {
        boolean asked = rereadAsked.getAndSet(false);
        refreshSetup(nanos, asked);
        sooner(logs.settle(nanos));
        boolean heard = hear(now, nanos);
        lookAtFile(now, nanos, asked || heard);
        for (Sighting neighbour : testimony.takeSightings()) {
            sink.seen(neighbour);
        }
        for (Testimony.Step step : testimony.settle(now, nanos)) {
            handOn(step);
        }
        sooner(testimony.next(nanos));
        status.told(testimony.toldCount());
        status.silent(testimony.silent());
    }

    /** Takes what was said since; true where there was anything. */
    private boolean hear(Instant now, long nanos) {
        List<Word> said = new ArrayList<>();
        words.drainTo(said);
        for (Word word : said) {
            status.noticeHeard(word.by());
            testimony.hear(word, now, nanos);
        }
        List<LogBatch> read = new ArrayList<>();
        batches.drainTo(read);
        read.forEach(batch -> testimony.hear(batch, now, nanos));
        return !said.isEmpty() || read.stream().anyMatch(batch -> !batch.words().isEmpty());
    }

    /**
     * Decide, persist, tell: the desk stores what a piece of a log led to together with the place behind it, in one transaction, and
     * tells of it then. Where the program is killed before, both are missing and the piece is read again; where it is killed
     * after, both are there and it is not. Pieces reach the desk in the order of the log, so no place passes what is not stored.
     */
    private void handOn(Testimony.Step step) throws InterruptedException {
        if (!step.leases().isEmpty()) {
            status.changed(clock.instant());
            LOG.debug("{}: {}", source, step.leases());
        }
        LogBatch batch = step.batch();
        if (batch == null) {
            for (LeaseReport report : step.leases()) {
                sink.report(report);
            }
            return;
        }
        LogReport report = new LogReport(
                source,
                batch.by().text(),
                step.leases(),
                batch.messages(),
                batch.sightings(),
                batch.place() == null ? null : new ReadPlace(reader(batch.by()), batch.place()));
        if (!report.isEmpty()) {
            sink.heard(report);
        }
    }

    /** Under what name the store keeps how far a carrier of lines came. */
    public String reader(Witness by) {
        return source + "/" + by.text();
    }

    private void sooner(@Nullable Duration wait) {
        pause = wait != null && wait.compareTo(pause) < 0 ? wait : pause;
    }

    private void rest(long startedNanos, long tookNanos) throws InterruptedException {
        // A file that is rewritten all the time must not keep this thread busy all the time: rest as long as we worked.
        TimeUnit.NANOSECONDS.sleep(Math.min(tookNanos, TimeUnit.SECONDS.toNanos(1)));
        wake.await(pause.toNanos() - (System.nanoTime() - startedNanos));
    }

    private void refreshSetup(long nanos, boolean asked) {
        Duration every = settings.poll().compareTo(CONFIG_POLL) > 0 ? settings.poll() : CONFIG_POLL;
        boolean due = nanos - configReadNanos >= every.toNanos();
        if (!configTouched.getAndSet(false) && !due && !asked) {
            return;
        }
        configReadNanos = nanos;
        if (setup.refresh(nanos)) {
            testimony.everythingAgain();
            sink.reserved(source, Reservations.of(source, setup.setup()));
            watchFolders();
        }
        status.setup(setup.setup());
    }

    private void watchFolders() {
        List<FolderWatch.Registration> before = List.copyOf(registrations);
        registrations.clear();
        registrations.add(folders.watch(setup.watched(), () -> {
            configTouched.set(true);
            wake.raise();
        }));
        if (settings.leases() != null) {
            registrations.add(folders.watch(Set.of(settings.leases()), wake::raise));
        }
        before.forEach(FolderWatch.Registration::close);
    }

    private void lookAtFile(Instant now, long nanos, boolean asked) throws InterruptedException {
        if (reader == null) {
            return;
        }
        boolean there = testimony.fileThere();
        switch (reader.look(asked || testimony.wantsLook(), nanos)) {
            case LeaseFileReader.Result.Unchanged _ -> {
                testimony.fileUnchanged();
                status.fileUnchanged();
            }
            case LeaseFileReader.Result.Absent _ -> {
                testimony.fileFailed();
                status.fileAbsent();
            }
            case LeaseFileReader.Result.Unreadable unreadable -> {
                testimony.fileFailed();
                status.fileUnreadable(unreadable.reason());
            }
            case LeaseFileReader.Result.Taken taken -> {
                status.fileRead(taken.look().content(), now);
                lookTaken(taken.look(), now, nanos);
            }
        }
        if (testimony.fileThere() && !there) {
            // Its folder may be a new one, which the kernel does not report yet.
            watchFolders();
        }
    }

    private void lookTaken(Look look, Instant now, long nanos) {
        CutGuard.Verdict verdict = testimony.look(look, now, nanos);
        status.leases(testimony.filed());
        sooner(verdict.lookAgainIn());
        if (look.torn()) {
            sooner(TORN);
        } else if (look.content().partial()) {
            sooner(LeaseFileReader.UNFINISHED);
        } else if (testimony.toldCount() > 0) {
            sooner(CutGuard.UNLIKELY);
        }
    }

    /** Stops watching; returns when the thread has ended. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        registrations.forEach(FolderWatch.Registration::close);
    }
}
