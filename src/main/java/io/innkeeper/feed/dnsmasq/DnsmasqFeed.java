package io.innkeeper.feed.dnsmasq;

import io.innkeeper.device.Evidence;
import io.innkeeper.device.Sighting;
import io.innkeeper.feed.LeaseSink;
import io.innkeeper.io.FolderWatch;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.wire.dnsmasq.LeaseFileContent;
import io.innkeeper.wire.dnsmasq.LeaseLine;
import io.innkeeper.wire.dnsmasq.ScriptNotice;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * Watches one dnsmasq. Whatever happens (a change in a folder, a word of the script, a second gone by) only means "look
 * again": one thread looks at the files and hands on what is new.
 */
public final class DnsmasqFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsmasqFeed.class);

    /** How many words of the script may wait. */
    static final int NOTICES = 1_000;

    /** How long the file has to show what the script told, before the script alone is believed. */
    private static final Duration FILE_FIRST = Duration.ofSeconds(1);

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
     */
    public record Settings(String name, @Nullable Path leases, List<Path> config, Path ethers, Duration poll) {
        /** Copies the list. */
        public Settings {
            config = List.copyOf(config);
        }
    }

    /** A word of the script that the file has not shown yet. */
    private record Pending(ScriptNotice notice, long dueNanos) {}

    private final Settings settings;
    private final LeaseSource source;
    private final LeaseSink sink;
    private final FolderWatch folders;
    private final InstantSource clock;
    private final SetupWatch setup;
    private final CutGuard guard;
    private final @Nullable LeaseFileReader reader;
    private final ToldLeases told = new ToldLeases();
    private final BlockingQueue<ScriptNotice> notices = new ArrayBlockingQueue<>(NOTICES);
    private final Wake wake = new Wake();
    private final FeedStatus status;
    private final Thread thread;
    private final AtomicBoolean rereadAsked = new AtomicBoolean();
    private final AtomicBoolean configTouched = new AtomicBoolean(true);
    private final List<FolderWatch.Registration> registrations = new ArrayList<>();

    /** Words of the script about leases, by address: a later one replaces an earlier one. */
    private final Map<IpAddress, Pending> pending = new LinkedHashMap<>();

    /** Leases that the file showed and whose end the script told since. */
    private final Set<IpAddress> toldGone = new HashSet<>();

    /** The file as it was last seen. */
    private LeaseFileContent content = LeaseFileContent.EMPTY;

    private Map<IpAddress, Map<String, String>> extrasTold = Map.of();
    private long configReadNanos;
    private Duration pause = Duration.ZERO;
    private boolean everythingAgain = true;
    private boolean fileThere;
    private volatile boolean closed;
    private Consumer<Throwable> onFailure = reason -> {};

    /**
     * A feed that does nothing yet.
     *
     * @param known what the store holds of this source
     * @param localPrefixes the networks of this machine, for ranges without netmask
     */
    public DnsmasqFeed(
            Settings settings,
            List<Lease> known,
            LeaseSink sink,
            FolderWatch folders,
            InstantSource clock,
            Supplier<? extends Collection<Prefix>> localPrefixes) {
        this.settings = settings;
        this.source = LeaseSource.dnsmasq(settings.name());
        this.sink = sink;
        this.folders = folders;
        this.clock = clock;
        this.setup = new SetupWatch(
                settings.config(), new DnsmasqConfigReader(settings.ethers(), Path.of("/")), localPrefixes);
        this.guard = new CutGuard(
                settings.leases() == null
                        ? List.of()
                        : known.stream().map(Facts::line).toList());
        this.reader = settings.leases() == null ? null : new LeaseFileReader(settings.leases());
        this.status = new FeedStatus(settings.name(), settings.leases());
        this.thread = Thread.ofPlatform().name("dnsmasq-" + settings.name()).unstarted(this::loop);
        if (settings.leases() == null) {
            known.forEach(lease -> told.add(lease.fact(), System.nanoTime()));
        }
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

    /** How it is. */
    public SourceStatus status() {
        return status.now(clock.instant());
    }

    /** Takes a word of the script; false where too many wait. */
    public boolean tell(ScriptNotice notice) {
        boolean taken = notices.offer(notice);
        wake.raise();
        return taken;
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
        List<ScriptNotice> words = new ArrayList<>();
        notices.drainTo(words);
        for (ScriptNotice word : words) {
            hear(word, nanos);
        }
        lookAtFile(now, nanos, asked || !words.isEmpty());
        settlePending(now, nanos);
        report(List.of(), told.onTime(now), "time");
        status.told(told.size());
    }

    private void sooner(Duration wait) {
        pause = wait.compareTo(pause) < 0 ? wait : pause;
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
            everythingAgain = true;
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

    private void hear(ScriptNotice notice, long nanos) throws InterruptedException {
        status.noticeHeard();
        IpAddress address = notice.address();
        if (address == null) {
            return;
        }
        switch (notice.action()) {
            case ADD, OLD -> {
                toldGone.remove(address);
                // Where too many wait, the next do not.
                long waitNanos = pending.size() < NOTICES ? FILE_FIRST.toNanos() : 0;
                pending.put(address, new Pending(notice, nanos + waitNanos));
            }
            case DEL -> hearEnd(address);
            case ARP_ADD -> {
                if (notice.mac() != null) {
                    sink.seen(new Sighting(notice.mac(), address, null, source + "/arp", Evidence.DNSMASQ, Map.of()));
                }
            }
            case INIT, TFTP, ARP_DEL, RELAY_SNOOP, OTHER -> {
                // They say nothing about a lease or a device.
            }
        }
    }

    /** The file, where there is one, lacks the lease already: dnsmasq writes first and calls the script then. */
    private void hearEnd(IpAddress address) throws InterruptedException {
        pending.remove(address);
        boolean stood = told.remove(address);
        if (guard.line(address) != null) {
            if (fileThere) {
                toldGone.add(address);
            } else {
                guard.forget(address);
                stood = true;
            }
        }
        report(List.of(), stood ? Set.of(address) : Set.of(), "script");
    }

    private void lookAtFile(Instant now, long nanos, boolean asked) throws InterruptedException {
        if (reader == null) {
            return;
        }
        boolean there = fileThere;
        switch (reader.look(asked || everythingAgain || guard.waits(), nanos)) {
            case LeaseFileReader.Result.Unchanged _ -> {
                fileThere = true;
                status.fileUnchanged();
            }
            case LeaseFileReader.Result.Absent _ -> {
                fileFailed();
                status.fileAbsent();
            }
            case LeaseFileReader.Result.Unreadable unreadable -> {
                fileFailed();
                status.fileUnreadable(unreadable.reason());
            }
            case LeaseFileReader.Result.Taken taken -> {
                fileThere = true;
                status.fileRead(taken.look().content(), now);
                lookTaken(taken.look(), now, nanos);
            }
        }
        if (fileThere && !there) {
            // Its folder may be a new one, which the kernel does not report yet.
            watchFolders();
        }
    }

    private void fileFailed() {
        guard.lookFailed();
        fileThere = false;
    }

    private void lookTaken(Look look, Instant now, long nanos) throws InterruptedException {
        content = look.content();
        CutGuard.Verdict verdict = guard.look(look, toldGone, now, nanos);
        Set<IpAddress> gone = new HashSet<>(verdict.gone());
        Set<IpAddress> shown = new HashSet<>();
        if (told.size() > 0 || !toldGone.isEmpty()) {
            content.leases().forEach(line -> shown.add(line.address()));
        }
        told.shownByFile(shown);
        toldGone.removeAll(gone);
        if (!look.torn()) {
            // Shown after the script told its end: leased again since, and the script will say so.
            toldGone.removeAll(shown);
            Duration still = guard.stillFor(nanos);
            if (!content.partial() && still.compareTo(CutGuard.UNLIKELY) >= 0) {
                gone.addAll(told.missingFromFile(nanos - still.toNanos()));
            }
        }
        List<LeaseLine> lines = everythingAgain ? guard.confirmed() : withNewExtras(verdict.seen());
        everythingAgain = false;
        status.leases(guard.accepted());
        report(facts(lines), gone, "file");
        if (verdict.lookAgainIn() != null) {
            sooner(verdict.lookAgainIn());
        }
        if (look.torn()) {
            sooner(TORN);
        } else if (content.partial()) {
            sooner(LeaseFileReader.UNFINISHED);
        } else if (told.size() > 0) {
            sooner(CutGuard.UNLIKELY);
        }
    }

    /** These lines, and those about which the end of the file says something new. */
    private List<LeaseLine> withNewExtras(List<LeaseLine> seen) {
        if (content.extras().isEmpty() || content.extras().equals(extrasTold)) {
            return seen;
        }
        Map<IpAddress, LeaseLine> lines = new LinkedHashMap<>();
        seen.forEach(line -> lines.put(line.address(), line));
        content.extras().forEach((address, extras) -> {
            LeaseLine line = guard.line(address);
            if (line != null && !extras.equals(extrasTold.get(address))) {
                lines.putIfAbsent(address, line);
            }
        });
        extrasTold = content.extras();
        return List.copyOf(lines.values());
    }

    private List<LeaseFact> facts(List<LeaseLine> lines) {
        List<LeaseFact> facts = new ArrayList<>(lines.size());
        for (LeaseLine line : lines) {
            facts.add(Facts.of(line, content, Map.of(), setup.setup()));
        }
        return facts;
    }

    /** What the script told: beside the file's line where there is one by now, else by itself once the file had its chance. */
    private void settlePending(Instant now, long nanos) throws InterruptedException {
        List<LeaseFact> facts = new ArrayList<>();
        for (Pending word : List.copyOf(pending.values())) {
            LeaseFact alone = Facts.of(word.notice(), setup.setup(), now);
            LeaseLine line = guard.line(alone.address());
            LeaseFact filed =
                    line == null ? null : Facts.of(line, content, word.notice().details(), setup.setup());
            boolean sameHolder = filed != null && new Lease(source, filed, LeaseState.ACTIVE, now).heldBy(alone);
            long waitNanos = fileThere ? word.dueNanos() - nanos : 0;
            if (filed != null && sameHolder) {
                facts.add(filed);
            } else if (waitNanos > 0) {
                sooner(Duration.ofNanos(waitNanos));
                continue;
            } else if ((filed == null || !fileThere) && told.add(alone, nanos)) {
                guard.forget(alone.address());
                facts.add(alone);
            }
            // Otherwise the file goes on naming another holder, and the file is right.
            pending.remove(alone.address());
        }
        report(facts, Set.of(), "script");
    }

    private void report(List<LeaseFact> seen, Set<IpAddress> gone, String via) throws InterruptedException {
        LeaseReport report = new LeaseReport(source, seen, gone, via);
        if (!report.isEmpty()) {
            status.changed(clock.instant());
            LOG.debug("{}: {} seen, {} gone, via {}", source, seen.size(), gone.size(), via);
            sink.report(report);
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
