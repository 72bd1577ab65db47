package io.innkeeper.feed.dnsmasq;

import io.innkeeper.device.Sighting;
import io.innkeeper.feed.LeaseSink;
import io.innkeeper.io.FolderWatch;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
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

    /** A last line without newline is taken for whole when the file has been still so long. */
    private static final Duration UNFINISHED = Duration.ofSeconds(5);

    private static final Duration CONFIG_POLL = Duration.ofSeconds(2);

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
    private record Pending(ScriptNotice notice, Instant dueAt) {}

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
    private final List<Pending> pending = new ArrayList<>();
    private final Set<IpAddress> toldGone = new HashSet<>();
    private LeaseFileContent content = LeaseFileContent.EMPTY;
    private Instant stillSince = Instant.EPOCH;
    private Look.@Nullable FileStamp stamp;
    private Instant configDueAt = Instant.EPOCH;
    private @Nullable Instant lookAgainAt;
    private boolean everythingAgain = true;
    private FolderWatch.@Nullable Registration registration;
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
            known.forEach(lease -> told.add(lease.fact(), lease.startedAt()));
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
        status.rereadAsked();
        wake.raise();
    }

    private void loop() {
        try {
            watchFolders();
            while (!closed) {
                long startedNanos = System.nanoTime();
                Instant now = clock.instant();
                turn(now);
                long tookNanos = System.nanoTime() - startedNanos;
                rest(now, tookNanos);
            }
        } catch (InterruptedException e) {
            // close() interrupts; nothing to finish.
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    /** One look at everything. */
    private void turn(Instant now) throws InterruptedException {
        boolean asked = status.takeReread();
        refreshSetup(now, asked);
        List<ScriptNotice> words = new ArrayList<>();
        notices.drainTo(words);
        for (ScriptNotice word : words) {
            hear(word, now);
        }
        lookAtFile(now, asked || !words.isEmpty());
        settlePending(now);
        Set<IpAddress> overdue = told.onTime(now);
        report(List.of(), overdue, "time");
        status.leases(guard.accepted(), told.size());
    }

    private void rest(Instant now, long tookNanos) throws InterruptedException {
        Instant next = now.plus(settings.poll());
        if (lookAgainAt != null && lookAgainAt.isBefore(next)) {
            next = lookAgainAt;
        }
        for (Pending word : pending) {
            next = word.dueAt().isBefore(next) ? word.dueAt() : next;
        }
        // A file that is rewritten all the time must not keep this thread busy all the time: rest as long as we worked.
        TimeUnit.NANOSECONDS.sleep(Math.min(tookNanos, TimeUnit.SECONDS.toNanos(1)));
        wake.await(Math.max(0, Duration.between(clock.instant(), next).toNanos()));
    }

    private void refreshSetup(Instant now, boolean asked) {
        if (!asked && now.isBefore(configDueAt) && !status.takeConfigTouched()) {
            return;
        }
        configDueAt = now.plus(settings.poll().compareTo(CONFIG_POLL) > 0 ? settings.poll() : CONFIG_POLL);
        if (setup.refresh()) {
            everythingAgain = true;
            sink.reserved(source, Reservations.of(source, setup.setup()));
            watchFolders();
        }
        status.setup(setup.setup());
    }

    private void watchFolders() {
        FolderWatch.Registration before = registration;
        Set<Path> config = setup.watched();
        Path leases = settings.leases();
        Set<Path> all = new HashSet<>(config);
        if (leases != null) {
            all.add(leases);
        }
        registration = folders.watch(all, () -> {
            status.touched();
            wake.raise();
        });
        if (before != null) {
            before.close();
        }
    }

    private void hear(ScriptNotice notice, Instant now) throws InterruptedException {
        status.noticeHeard();
        IpAddress address = notice.address();
        switch (notice.action()) {
            case ADD, OLD -> {
                toldGone.remove(address);
                if (pending.size() < NOTICES) {
                    pending.add(new Pending(notice, now.plus(FILE_FIRST)));
                }
            }
            case DEL -> {
                if (address != null) {
                    toldGone.add(address);
                    pending.removeIf(word -> address.equals(word.notice().address()));
                    if (told.remove(address)) {
                        report(List.of(), Set.of(address), "script");
                    }
                }
            }
            case ARP_ADD -> {
                if (notice.mac() != null) {
                    sink.seen(new Sighting(notice.mac(), address, null, source + "/arp", Map.of()));
                }
            }
            case INIT, TFTP, ARP_DEL, RELAY_SNOOP, OTHER -> {
                // They say nothing about a lease or a device.
            }
        }
    }

    private void lookAtFile(Instant now, boolean thorough) throws InterruptedException {
        lookAgainAt = null;
        if (reader == null) {
            return;
        }
        boolean waiting = guard.waits() || everythingAgain || thorough;
        boolean finished = content.partial() && !now.isBefore(stillSince.plus(UNFINISHED));
        switch (reader.look(waiting, finished, now, System.nanoTime())) {
            case LeaseFileReader.Result.Unchanged _ -> status.fileSeen(now);
            case LeaseFileReader.Result.Absent _ -> {
                guard.lookFailed();
                status.fileAbsent();
            }
            case LeaseFileReader.Result.Unreadable unreadable -> {
                guard.lookFailed();
                status.fileUnreadable(unreadable.reason());
            }
            case LeaseFileReader.Result.Taken taken -> lookTaken(taken.look(), now);
        }
    }

    private void lookTaken(Look look, Instant now) throws InterruptedException {
        if (look.torn() || !look.stamp().equals(stamp)) {
            stamp = look.stamp();
            stillSince = now;
        }
        content = look.content();
        status.fileRead(content, now);
        CutGuard.Verdict verdict = guard.look(look, toldGone, now);
        toldGone.removeAll(verdict.gone());
        Set<IpAddress> gone = new HashSet<>(verdict.gone());
        if (!look.torn() && !content.partial() && !now.isBefore(stillSince.plus(CutGuard.EMPTY))) {
            gone.addAll(told.missingFromFile(modifiedAt(look)));
        }
        List<LeaseLine> lines = everythingAgain ? guard.accepted() : verdict.seen();
        told.shownByFile(addresses(content.leases()));
        report(facts(lines), gone, "file");
        everythingAgain = false;
        lookAgainAt = verdict.lookAgainAt();
        if (look.torn()) {
            lookAgainAt = now.plusMillis(20);
        } else if (content.partial() && lookAgainAt == null) {
            lookAgainAt = stillSince.plus(UNFINISHED);
        }
    }

    private static Instant modifiedAt(Look look) {
        return Instant.ofEpochSecond(0, look.stamp().modifiedNanos());
    }

    private static Set<IpAddress> addresses(List<LeaseLine> lines) {
        Set<IpAddress> addresses = new HashSet<>();
        lines.forEach(line -> addresses.add(line.address()));
        return addresses;
    }

    private List<LeaseFact> facts(List<LeaseLine> lines) {
        List<LeaseFact> facts = new ArrayList<>(lines.size());
        for (LeaseLine line : lines) {
            facts.add(Facts.of(line, content, Map.of(), setup.setup()));
        }
        return facts;
    }

    /** What the script told: beside the file's line where there is one by now, else by itself once the file had its chance. */
    private void settlePending(Instant now) throws InterruptedException {
        List<LeaseFact> facts = new ArrayList<>();
        List<Pending> waiting = new ArrayList<>();
        for (Pending word : pending) {
            LeaseFact alone = Facts.of(word.notice(), setup.setup(), now);
            LeaseLine line = guard.line(alone.address());
            if (line != null) {
                facts.add(Facts.of(line, content, word.notice().details(), setup.setup()));
            } else if (reader == null || !status.isFileThere() || !now.isBefore(word.dueAt())) {
                if (told.add(alone, now)) {
                    facts.add(alone);
                }
            } else {
                waiting.add(word);
            }
        }
        pending.clear();
        pending.addAll(waiting);
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
        FolderWatch.Registration last = registration;
        if (last != null) {
            last.close();
        }
    }
}
