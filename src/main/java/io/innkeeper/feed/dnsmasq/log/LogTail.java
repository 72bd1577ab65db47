package io.innkeeper.feed.dnsmasq.log;

import io.innkeeper.feed.dnsmasq.Listener;
import io.innkeeper.feed.dnsmasq.ListenerStatus;
import io.innkeeper.feed.dnsmasq.LogIntake;
import io.innkeeper.feed.dnsmasq.Witness;
import io.innkeeper.io.FolderWatch;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the file that a dnsmasq logs to, through any rotation, and goes on after a restart where it was. Whatever happens (the
 * folder changed, time went by) only means "look again": {@link Following} finds out what is to be read.
 */
public final class LogTail implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

    /** The least time between two looks that found everything read: lines that come one by one are taken together. */
    private static final Duration GAP = Duration.ofMillis(10);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * What to follow.
     *
     * @param file the file; it need not exist yet
     * @param fromBeginning whether a file that was never read before is read from its beginning, not from its end
     * @param poll how often to look although nothing said that something changed
     */
    public record Settings(Path file, boolean fromBeginning, Duration poll) {}

    private final Settings settings;
    private final LogIntake intake;
    private final FolderWatch folders;
    private final ListenerStatus status;
    private final Backoff backoff = new Backoff();
    private final BlockingQueue<Boolean> hints = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private @Nullable String place;
    private FolderWatch.@Nullable Registration registration;
    private long watchedSettlements;
    private long cutLinesTold;
    private volatile boolean closed;
    private Consumer<Throwable> onFailure = reason -> {};

    /**
     * One that does not read yet.
     *
     * @param place what {@link LogIntake#take} was given with the last lines that were stored; null for none
     */
    public LogTail(
            Settings settings, LogIntake intake, @Nullable String place, FolderWatch folders, InstantSource clock) {
        this.settings = settings;
        this.intake = intake;
        this.place = place;
        this.folders = folders;
        this.status = new ListenerStatus(Witness.LOG, settings.file().toString(), clock);
        this.thread = Thread.ofPlatform().name("dnsmasq-log-tail").unstarted(this::loop);
    }

    @Override
    public Witness witness() {
        return Witness.LOG;
    }

    @Override
    public void start(Consumer<Throwable> failureListener) {
        onFailure = failureListener;
        status.is(State.WAITING, null);
        thread.start();
    }

    private void loop() {
        try {
            while (!closed) {
                try (Following following =
                        new Following(settings.file(), settings.fromBeginning(), place, this::take)) {
                    cutLinesTold = 0;
                    follow(following);
                } catch (IOException e) {
                    fail(e);
                }
            }
        } catch (InterruptedException e) {
            // close() interrupts; nothing to finish.
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    private void follow(Following following) throws IOException, InterruptedException {
        watch(following.settlements());
        while (!closed) {
            Following.Turn turn = following.turn(System.nanoTime());
            backoff.worked();
            status.dropped(following.cutLines() - cutLinesTold);
            cutLinesTold = following.cutLines();
            if (following.settlements() != watchedSettlements) {
                // Its folder, or what it points to, may be a new one.
                watch(following.settlements());
            }
            say(following);
            switch (turn) {
                case MORE -> {
                    // At once.
                }
                case SOON -> TimeUnit.NANOSECONDS.sleep(GAP.toNanos());
                case REST -> rest();
            }
        }
    }

    private void say(Following following) {
        if (!following.isThere()) {
            status.is(State.WAITING, "the file is not there yet; dnsmasq makes it (log-facility)");
        } else if (following.restsLost() > 0) {
            status.is(
                    State.LISTENING,
                    "the file was emptied or removed before all of it was read, " + following.restsLost()
                            + " times; lines may be missing");
        } else {
            status.is(State.LISTENING, null);
        }
    }

    private void rest() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(GAP.toNanos());
        hints.poll(settings.poll().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void take(byte[] bytes, int from, int to, String then) throws InterruptedException {
        intake.take(Witness.LOG, bytes, from, to, then);
        place = then;
        status.taken(LineCount.of(bytes, from, to));
    }

    private void watch(long settlements) {
        FolderWatch.Registration before = registration;
        registration = folders.watch(Set.of(settings.file()), () -> hints.offer(true));
        watchedSettlements = settlements;
        if (before != null) {
            before.close();
        }
    }

    private void fail(IOException e) throws InterruptedException {
        if (closed) {
            return;
        }
        String why = e instanceof AccessDeniedException
                ? "may not be read; give the user of Innkeeper the right to (its group, or setfacl)"
                : "cannot be read: " + e.getMessage();
        if (status.state() != State.FAILING) {
            LOG.warn("{} {}", settings.file(), why);
        }
        status.is(State.FAILING, why);
        hints.poll(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Status status() {
        return status.now();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (registration != null) {
            registration.close();
        }
        status.is(State.OFF, null);
    }
}
