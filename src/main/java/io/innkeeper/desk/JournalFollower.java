package io.innkeeper.desk;

import io.innkeeper.lease.BindingChange;
import io.innkeeper.store.JournalPosition;
import io.innkeeper.store.StoreException;
import io.innkeeper.store.journal.JournalReader;
import io.innkeeper.store.journal.LeaseJournal;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what our own server granted from the lease journal into the database, behind the server's back: through the desk, so
 * that own leases make the same history, devices and events as those of any source. Leases, events and the position in the
 * journal are one transaction: a change is told exactly once, whatever stops in between.
 *
 * <p>Where the database is new, or lacks changes that are no longer in a segment, it is compared with the whole state of the
 * journal first, piece by piece.
 */
public final class JournalFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFollower.class);

    /** What one transaction takes when little waits: a follower of the events does not wait long. */
    private static final int FEW = 1_000;

    /** What it takes when much waits: sorted rows and one sync for many of them. */
    private static final int MANY = 2_000;

    private static final long LAST = 0xffff_ffffL;
    private static final long IDLE_MS = 1_000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final LeaseJournal journal;
    private final Desk desk;
    private final OwnLeases leases;
    private final Thread thread;
    private final FollowPace pace = new FollowPace();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long followed;
    private volatile boolean complete;
    private volatile @Nullable String trouble;

    /**
     * A follower of an open journal.
     *
     * @param subnetOf the configured subnet of an address, null where it has none any more; called from the follower's thread
     * @param first run by the follower's thread before all else, to lower its priority
     */
    public JournalFollower(
            LeaseJournal journal, Desk desk, Function<IpAddress, @Nullable Prefix> subnetOf, Runnable first) {
        this.journal = journal;
        this.desk = desk;
        leases = new OwnLeases(subnetOf);
        thread = Thread.ofPlatform().name("journal-follower").unstarted(() -> {
            first.run();
            loop();
        });
    }

    /** Begins to follow. */
    public void start() {
        thread.start();
    }

    /** How many changes the database does not have yet. */
    public long lag() {
        return Math.max(0, journal.committed() - followed);
    }

    /** True once the database agreed with the journal at least up to some moment after the start. */
    public boolean isComplete() {
        return complete;
    }

    /** What keeps it from following; null where all is well. */
    public @Nullable String trouble() {
        return trouble;
    }

    private void loop() {
        boolean positioned = false;
        while (closing.getCount() > 0) {
            try (JournalReader reader = journal.reader()) {
                if (!positioned) {
                    begin();
                    positioned = true;
                }
                follow(reader);
            } catch (InterruptedException e) {
                return; // only close() interrupts
            } catch (
                    RuntimeException e) { // the store, or a fault of ours: without a follower the journal would fill up
                if (closing.getCount() == 0) {
                    return;
                }
                if (trouble == null) {
                    LOG.error("The database cannot follow the lease journal; trying again: {}", e.getMessage());
                }
                trouble = e.getMessage();
                rest(RETRY.toMillis());
            }
        }
    }

    private void begin() throws InterruptedException {
        JournalPosition position = desk.journalPosition().orElse(null);
        if (position != null && canGoOnFrom(position)) {
            moved(position.sequence());
        } else {
            compare();
        }
    }

    private boolean canGoOnFrom(JournalPosition position) {
        return position.journal() == journal.id()
                && position.sequence() <= journal.committed()
                && position.sequence() + 1 >= journal.oldest();
    }

    private void moved(long sequence) {
        followed = sequence;
        journal.followed(sequence);
        complete = true;
        trouble = null;
    }

    private void follow(JournalReader reader) throws InterruptedException {
        while (closing.getCount() > 0) {
            long startedNanos = System.nanoTime();
            long committed = journal.committed();
            List<BindingChange> changes = reader.read(followed, lag() > 2 * FEW ? MANY : FEW);
            if (changes == null) {
                compare();
            } else if (changes.isEmpty()) {
                journal.await(followed, IDLE_MS);
            } else {
                long last = followed + changes.size();
                store(new OwnWork(leases.changes(changes), null, new JournalPosition(journal.id(), last)));
                moved(last);
                rest(restMs(startedNanos, changes.size(), journal.committed() > committed));
            }
        }
    }

    private long restMs(long startedNanos, int done, boolean busy) {
        long nowNanos = System.nanoTime();
        return pace.restMs(nowNanos, nowNanos - startedNanos, done, journal.committed(), busy, journal.fill());
    }

    /** Ends early when closed. */
    private void rest(long ms) {
        try {
            closing.await(Math.max(0, ms), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void store(OwnWork work) throws InterruptedException {
        if (!desk.own(work)) {
            throw new StoreException("a piece of the lease journal could not be stored");
        }
    }

    /** Every lease of the database against the state of the journal, address by address. */
    private void compare() throws InterruptedException {
        LOG.info("Comparing the leases of the database with the lease journal");
        Pieces pieces = new Pieces();
        long last = journal.state(pieces::add);
        pieces.end(new JournalPosition(journal.id(), last));
        moved(last);
        LOG.info("The database has all leases of the journal up to change {}", last);
    }

    /** The state in pieces that together cover all addresses. */
    private final class Pieces {
        private List<OwnChange> piece = new ArrayList<>();

        /** The first address that no piece has covered yet; one above the last there is once all are. */
        private long from;

        void add(BindingChange change) {
            piece.add(leases.change(change));
            if (piece.size() == MANY) {
                handIn(Integer.toUnsignedLong(change.after().address()), null);
            }
        }

        void end(JournalPosition position) {
            handIn(LAST, position);
        }

        private void handIn(long to, @Nullable JournalPosition position) {
            OwnWork.Range range =
                    from > to ? null : new OwnWork.Range(IpAddress.v4((int) from), IpAddress.v4((int) to));
            try {
                store(new OwnWork(piece, range, position));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreException("interrupted while comparing", e);
            }
            piece = new ArrayList<>();
            from = to + 1;
        }
    }

    /** Ends; what it did not follow it follows after the next start. The desk must still be open. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt(); // whatever it waits for: the desk finishes what it has, and nothing is done by halves
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
