package io.innkeeper.desk;

import io.innkeeper.device.Device;
import io.innkeeper.device.DeviceLink;
import io.innkeeper.device.DeviceTable;
import io.innkeeper.device.Prober;
import io.innkeeper.device.Sighting;
import io.innkeeper.event.EventLog;
import io.innkeeper.feed.ClientReport;
import io.innkeeper.feed.ClientWord;
import io.innkeeper.feed.LeaseSink;
import io.innkeeper.feed.LogReport;
import io.innkeeper.lease.LeaseBook;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.Reservation;
import io.innkeeper.store.Commit;
import io.innkeeper.store.JournalPosition;
import io.innkeeper.store.Ledger;
import io.innkeeper.store.Lookup;
import io.innkeeper.store.ReservationStore;
import io.innkeeper.store.StoreException;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of leases and devices. Its loop takes one piece of work at a time: decide against the book and the table, commit
 * with the events, and so publish. Where the store cannot write, it keeps the work, says so in {@link #trouble}, and tries
 * again until it can: sources then wait at the full queue, and nothing is lost or announced.
 */
public final class Desk implements LeaseSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    /** How many leases one transaction takes: bounds its memory and how long a follower waits for the first event. */
    private static final int LEASES_A_COMMIT = 1_000;

    /** How often it is looked who is gone. */
    private static final long LOOK_NANOS = 1_000_000_000;

    private static final Duration CALL_DEADLINE = Duration.ofSeconds(10);

    /**
     * How much it takes.
     *
     * @param queue how many pieces of work may wait
     * @param sightings how many signs of life may wait
     * @param devicesInMemory how many devices stay in memory; the others are read when something is heard of them
     */
    public record Limits(int queue, int sightings, int devicesInMemory) {
        /** What the configuration says if nobody says anything else. */
        public static final Limits USUAL = new Limits(256, 20_000, 50_000);
    }

    private final Limits limits;
    private final BlockingQueue<Runnable> queue;
    private final EventLog log;
    private final Ledger ledger;
    private final ReservationStore reservations;
    private final InstantSource clock;
    private final Decisions decisions;
    private final DeskMemory memory;
    private final ClientDesk clients;
    private final Attendance attendance;
    private final DeskStatistics statistics;
    private final Signs signs;
    private final Thread thread;
    private long lookedNanos = System.nanoTime();
    private final Persisting persisting;
    private volatile boolean closed;

    /**
     * A desk that owns this book, this table and this attendance from {@link #start} on.
     *
     * @param maxDevices how many devices the table takes, asked anew for each piece of work
     */
    public Desk(
            LeaseBook book,
            DeviceTable devices,
            Attendance attendance,
            IntSupplier maxDevices,
            Function<MacAddress, @Nullable String> vendorOf,
            EventLog log,
            Ledger ledger,
            ReservationStore reservations,
            InstantSource clock,
            DeskStatistics statistics,
            Limits limits) {
        this.limits = limits;
        this.queue = new ArrayBlockingQueue<>(limits.queue());
        this.memory = new DeskMemory(ledger.lookup(), book, devices, attendance);
        this.decisions = new Decisions(book, devices, attendance, memory::stored, maxDevices, vendorOf);
        this.attendance = attendance;
        this.log = log;
        this.ledger = ledger;
        this.reservations = reservations;
        this.clock = clock;
        this.statistics = statistics;
        this.persisting = new Persisting(statistics);
        this.signs = new Signs(limits.sightings(), statistics, this::wake);
        this.clients = new ClientDesk(this, queue, memory, decisions, statistics);
        this.thread = Thread.ofPlatform().name("desk").unstarted(this::loop);
    }

    /** Begins to take work. */
    public void start() {
        thread.start();
    }

    /** What keeps it from committing; null where all is well. */
    public @Nullable String trouble() {
        return persisting.trouble();
    }

    /** How many pieces of work wait. */
    public int waiting() {
        return queue.size();
    }

    /**
     * {@inheritDoc} Waits while the queue is full.
     *
     * @throws InterruptedException if interrupted while waiting
     */
    @Override
    public void report(LeaseReport report) throws InterruptedException {
        if (!report.isEmpty()) {
            queue.put(() -> inPieces(report));
        }
    }

    /** {@inheritDoc} Waits while the queue is full. */
    @Override
    public void heard(LogReport report) throws InterruptedException {
        // One commit: what the lines said, the events that tell of it, and how far the log is read with them.
        queue.put(() -> {
            if (persist(() -> memory.forLog(report))) {
                commit(now -> decisions.heard(report, now));
            }
        });
    }

    /** {@inheritDoc} Waits while the queue is full. */
    @Override
    public void clients(ClientReport report, Runnable stored) throws InterruptedException {
        clients(List.of(new ClientWord(report, stored)));
    }

    /** {@inheritDoc} Waits while the queue is full, or too many words wait. */
    @Override
    public void clients(List<ClientWord> words) throws InterruptedException {
        clients.take(words);
    }

    /** {@inheritDoc} Waits while the queue is full. */
    @Override
    public void seen(Sighting sighting) throws InterruptedException {
        queue.put(() -> {
            if (persist(() -> memory.forDevice(sighting.mac(), sighting.address()))) {
                commit(now -> decisions.seen(List.of(sighting), now));
            }
        });
    }

    /** Devices noticed, of whom many are heard at once. Never waits: where too many wait, these are counted and dropped. */
    public void seen(Collection<Sighting> sightings) {
        signs.seen(sightings);
    }

    /**
     * Somebody knew the host name of a device when asked, which is no sign of life of it. Never waits.
     *
     * @param address that it had then; where it has it no more, nothing changes
     * @param source who knew it
     * @return false where too much waits; nothing was taken then
     */
    public boolean named(MacAddress mac, IpAddress address, String hostname, String source) {
        return queue.offer(() -> {
            if (persist(() -> memory.forDevice(mac, null))) {
                commit(now -> decisions.named(mac, address, hostname, source, now));
            }
        });
    }

    /** Nobody answered when a device was asked whether it is still there. Never waits. */
    public void silent(MacAddress mac, IpAddress address) {
        signs.silent(mac, address);
    }

    /** {@inheritDoc} Waits while the queue is full; an interrupt while it waits is left for the caller to see. */
    @Override
    public void reserved(LeaseSource source, List<Reservation> all) {
        try {
            queue.put(() -> persist(() -> reservations.replace(source, all)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A source is no longer watched: its leases leave the book without an event, since nobody knows how they end.
     *
     * @throws InterruptedException if interrupted while waiting
     */
    public void forget(LeaseSource source) throws InterruptedException {
        queue.put(() -> {
            if (persist(() -> memory.forSource(source))) {
                commit(now -> decisions.forget(source, now));
            }
        });
    }

    /**
     * Changes what the owner says of a device.
     *
     * @param change from what was said so far; two changes at the same time come one after the other
     * @return the device as it then is; empty for an unknown one
     * @throws StoreException if the desk does not come to it within ten seconds
     */
    public Optional<Device> call(MacAddress mac, UnaryOperator<OwnersWords> change) {
        return change(mac, () -> memory.forDevice(mac, null), now -> decisions.called(mac, change, now));
    }

    /**
     * Enters what the owner says of two hardware addresses: that they are one device, or are not.
     *
     * @param mac the newer address
     * @param to the device that was known before; nothing changes where there is no such
     * @param isSo whether they are
     * @return the newer device; empty for an unknown one
     * @throws StoreException if the desk does not come to it within ten seconds
     */
    public Optional<Device> link(MacAddress mac, MacAddress to, boolean isSo) {
        DeviceLink.State state = isSo ? DeviceLink.State.CONFIRMED : DeviceLink.State.REJECTED;
        return change(mac, () -> memory.forDevices(List.of(mac, to)), now -> decisions.linked(mac, to, state, now));
    }

    /**
     * Registers a system, or tells more of one that is known.
     *
     * @return the device as it then is; empty where no more devices are taken
     * @throws StoreException if the desk does not come to it within ten seconds
     */
    public Optional<Device> register(SystemRegistration system) {
        return change(system.mac(), () -> memory.forRegistration(system), now -> decisions.registered(system, now));
    }

    private Optional<Device> change(MacAddress mac, Runnable bring, Decision decision) {
        CompletableFuture<Optional<Device>> answer = new CompletableFuture<>();
        try {
            boolean taken = queue.offer(
                    () -> {
                        try {
                            if (persist(bring) && commit(decision)) {
                                answer.complete(decisions.device(mac));
                            }
                        } catch (RuntimeException e) {
                            answer.completeExceptionally(e); // the caller need not wait for the deadline
                            throw e;
                        }
                    },
                    CALL_DEADLINE.toMillis(),
                    TimeUnit.MILLISECONDS);
            if (taken) {
                return answer.get(CALL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("A change to device {} was not made: {}", mac, e.toString());
        }
        String why = persisting.trouble();
        throw new StoreException("the change could not be stored" + (why == null ? "" : ": " + why));
    }

    /** By whom devices are asked whether they are still there; null for nobody. Safe for any thread. */
    public void prober(@Nullable Prober prober) {
        attendance.prober(prober);
    }

    /**
     * How far the lease journal was followed; empty where it never was. Waits its turn: where the store cannot write, a piece
     * that an earlier follower handed in may still be on its way, and moves the position when it arrives.
     *
     * @throws StoreException if the desk is closed before it comes to it
     * @throws InterruptedException if interrupted while waiting
     */
    Optional<JournalPosition> journalPosition() throws InterruptedException {
        AtomicReference<Optional<JournalPosition>> position = new AtomicReference<>(Optional.empty());
        Lookup lookup = ledger.lookup();
        if (!inTurnStored(() -> persist(() -> position.set(lookup.journalPosition())))) {
            throw new StoreException("how far the lease journal was followed could not be read");
        }
        return position.get();
    }

    /**
     * Takes a piece of the lease journal and waits until it is stored.
     *
     * @return false where the desk was closed before it was, or could not make sense of it
     * @throws InterruptedException if interrupted while waiting: it is stored nevertheless, unless the desk is closed before
     */
    boolean own(OwnWork work) throws InterruptedException {
        return inTurnStored(() -> ownNow(work));
    }

    /** Has the desk's thread do something and waits for its answer; false where the desk was closed before, or it failed. */
    private boolean inTurnStored(BooleanSupplier work) throws InterruptedException {
        CompletableFuture<Boolean> stored = new CompletableFuture<>();
        queue.put(() -> {
            boolean done = false;
            try {
                done = work.getAsBoolean();
            } finally {
                stored.complete(done);
            }
        });
        while (!closed || thread.isAlive()) {
            try {
                return stored.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                // The store cannot write; the desk tries again until it can.
            } catch (ExecutionException e) {
                return false;
            }
        }
        return stored.getNow(false);
    }

    private boolean ownNow(OwnWork work) {
        LeaseBook[] own = new LeaseBook[1];
        return persist(() -> own[0] = memory.forOwn(work))
                && commit(now -> decisions.own(work, own[0], now), work.position());
    }

    /**
     * Has the desk's thread do something between two pieces of work; waits while the queue is full. An interrupt while it
     * waits is left for the caller to see.
     */
    public void inTurn(Runnable work) {
        try {
            queue.put(work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void inPieces(LeaseReport report) {
        statistics.reportTaken();
        int from = 0;
        do {
            int to = Math.min(report.seen().size(), from + LEASES_A_COMMIT);
            LeaseReport piece = new LeaseReport(
                    report.source(),
                    report.seen().subList(from, to),
                    from == 0 ? report.gone() : java.util.Set.of(),
                    report.via(),
                    report.sources());
            if (persist(() -> memory.forReport(piece))) {
                commit(now -> decisions.report(piece, now));
            }
            from = to;
        } while (from < report.seen().size() && !closed);
    }

    /** Decides what a piece of work changes at a time. */
    private interface Decision {
        Outcome at(Instant now);
    }

    /**
     * Decides and commits. The book and the table already hold the outcome while the commit is tried again: nobody but this
     * thread reads them, and it does nothing else until the commit went through.
     *
     * @return false where the desk was closed before it could be stored
     */
    private boolean commit(Decision decision) {
        return commit(decision, null);
    }

    private boolean commit(Decision decision, @Nullable JournalPosition position) {
        Instant now = now();
        return store(decision.at(now), now, position);
    }

    /** The time as it is stored: whole milliseconds. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Stores and tells; false where the desk was closed before it could. On its own thread alone. */
    boolean store(Outcome outcome, Instant now, @Nullable JournalPosition position) {
        decisions.trim(limits.devicesInMemory());
        if (outcome.isEmpty() && position == null) {
            attendance.ask(outcome.questions);
            return true;
        }
        Commit commit = outcome.commit(now, position);
        long startedNanos = System.nanoTime();
        boolean written = persist(() -> log.append(outcome.events, events -> ledger.write(commit, events)));
        if (written) {
            statistics.committed(System.nanoTime() - startedNanos, outcome.events);
            attendance.ask(outcome.questions);
        }
        return written;
    }

    /** Reads or writes until the store can; false where the desk was closed before. On its own thread alone. */
    boolean persist(Runnable write) {
        return persisting.persist(write, () -> closed);
    }

    private void loop() {
        while (!closed || !queue.isEmpty()) {
            Runnable work = next();
            if (work != null) {
                attempt(work);
            }
            attempt(this::takeSigns);
        }
    }

    /** The loop looks for signs after every piece of work: where there is none, one that does nothing. */
    private void wake() {
        if (queue.isEmpty()) {
            queue.offer(() -> {});
        }
    }

    private void takeSigns() {
        List<Sighting> heard = signs.take();
        if (!heard.isEmpty() && persist(() -> memory.forSightings(heard))) {
            commit(now -> decisions.seen(heard, now));
        }
        long nanos = System.nanoTime();
        if (nanos - lookedNanos >= LOOK_NANOS) {
            lookedNanos = nanos;
            List<Signs.Silence> silences = signs.takeSilences();
            commit(now -> decisions.look(silences, now));
        }
    }

    private @Nullable Runnable next() {
        try {
            return queue.poll(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return null;
        }
    }

    /** One piece of work that breaks our own assumptions must not stop all the others. */
    void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            statistics.workFailed();
            LOG.error("A report could not be processed; this is a fault in Innkeeper, please report it", e);
        }
    }

    /** Finishes what waits (five seconds at most), then stops. What could not be stored will be read from the sources again. */
    @Override
    public void close() {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        CountDownLatch finished = new CountDownLatch(1);
        boolean last = false; // the work behind which nothing waits
        while (thread.isAlive() && trouble() == null && finished.getCount() > 0 && System.nanoTime() < deadline) {
            last = last || queue.offer(finished::countDown);
            Persisting.pause(Duration.ofMillis(10));
        }
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
