package io.innkeeper.tell;

import io.innkeeper.tell.push.LeaseSender;
import io.innkeeper.tell.push.Sent;
import io.innkeeper.tell.spool.End;
import io.innkeeper.tell.spool.Entry;
import io.innkeeper.tell.spool.Spool;
import io.innkeeper.tell.spool.SpoolBook;
import io.innkeeper.tell.spool.SpoolLimits;
import io.innkeeper.tell.spool.Tally;
import io.innkeeper.tell.spool.Turn;
import io.innkeeper.wire.rdk.PluginMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends with a spool: a message is safe on the disk here before anything else happens, and leaves it when a monitor has it in its store.
 * Of several processes with one spool, one sends for all; the others wait until their message ended.
 */
public final class SpoolSender implements LeaseSender {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path folder;
    private final Spool spool;
    private final DeliveryPlan plan;
    private final Duration wait;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Consumer<Integer> progress;

    /**
     * Does nothing yet.
     *
     * @param folder of the spool
     * @param wait how long to wait for a monitor; zero only keeps messages
     * @param progress told again and again how many messages wait
     */
    public SpoolSender(
            Path folder,
            SpoolLimits limits,
            DeliveryPlan plan,
            Duration wait,
            InstantSource clock,
            Consumer<Integer> progress) {
        this.folder = folder;
        this.spool = Spool.in(folder, limits, random, clock);
        this.plan = plan;
        this.wait = wait;
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public Sent send(PluginMessage message) {
        if (message.ifname().isEmpty()) {
            return new Sent(Sent.State.REJECTED, "", "it names no interface");
        }
        Entry.Waiting kept;
        try {
            kept = spool.add(SpoolMessage.of(message, clock.instant()));
        } catch (IOException e) {
            return new Sent(Sent.State.NOT_KEPT, "", reason(e));
        }
        try {
            Way way = deliver(book -> !book.waits(kept.interfaceName(), kept.sequence()));
            return way.reached() ? sent(kept, way.to()) : new Sent(Sent.State.WAITING, "", way.why());
        } catch (IOException e) {
            return new Sent(Sent.State.WAITING, "", reason(e));
        }
    }

    private Sent sent(Entry.Waiting message, String to) throws IOException {
        Optional<Entry.Ended> end = spool.ask(book -> book.unusualEnd(message.interfaceName(), message.sequence()));
        End how = end.map(Entry.Ended::end).orElse(End.STORED);
        return switch (how) {
            case STORED, DUPLICATE -> new Sent(Sent.State.STORED, to, "");
            case TOLD -> new Sent(Sent.State.TOLD, to, "");
            case REJECTED ->
                new Sent(Sent.State.REJECTED, to, end.map(Entry.Ended::reason).orElse(""));
            case SUPERSEDED -> new Sent(Sent.State.WAITING, "", "a later renewal of the same lease takes its place");
        };
    }

    /** Sends what waits, until nothing does or the time is over. */
    public FlushOutcome flush() throws IOException {
        Tally before = spool.ask(SpoolBook::tally);
        Way way = deliver(book -> book.messages() == 0);
        return outcome(before, way.monitors());
    }

    /**
     * Sends what waits and what others append, until it is stopped; empty where another process sends already, and goes on with it.
     *
     * @param stopping is given what stops it, from any thread
     */
    public Optional<FlushOutcome> follow(Consumer<Runnable> stopping) throws IOException {
        Tally before = spool.ask(SpoolBook::tally);
        try (Turn turn = awaitTurn()) {
            if (turn == null) {
                return Optional.empty();
            }
            try (Delivery delivery = new Delivery(spool, plan, random, clock)) {
                stopping.accept(delivery::stop);
                delivery.run(book -> false, Duration.ofMillis(Long.MAX_VALUE / 4), progress);
                return Optional.of(outcome(before, delivery.monitors()));
            }
        }
    }

    /** Another that sends one message ends soon; null where it does not. */
    private @Nullable Turn awaitTurn() throws IOException {
        long until = System.nanoTime() + wait.toNanos();
        Turn turn = Turn.take(folder).orElse(null);
        while (turn == null && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            turn = Turn.take(folder).orElse(null);
        }
        return turn;
    }

    private FlushOutcome outcome(Tally before, List<MonitorStatus> monitors) throws IOException {
        return spool.ask(book -> new FlushOutcome(book.tally().minus(before), book.messages(), monitors));
    }

    /** How it went. */
    private record Way(boolean reached, String to, List<MonitorStatus> monitors) {
        private static final Way ANOTHER = new Way(false, "", List.of());
        private static final Way KEPT = new Way(false, "", List.of(new MonitorStatus("", "idle", "")));

        /** Why nothing was reached, for people. */
        String why() {
            return monitors.stream()
                    .filter(monitor -> !monitor.why().isEmpty())
                    .map(monitor -> monitor.address() + ": " + monitor.why())
                    .reduce((one, other) -> one + "; " + other)
                    .orElse(
                            monitors.isEmpty()
                                    ? "another process sends from this spool, and has not yet"
                                    : "no monitor acknowledged it in time");
        }
    }

    /** Waits for a goal: sends where it is this process's turn, and looks on where it is another's. */
    private Way deliver(Predicate<SpoolBook> goal) throws IOException {
        if (wait.isZero()) {
            return Way.KEPT;
        }
        long until = System.nanoTime() + wait.toNanos();
        do {
            try (Turn turn = Turn.take(folder).orElse(null)) {
                if (turn != null) {
                    return deliverMyself(goal, Duration.ofNanos(Math.max(0, until - System.nanoTime())));
                }
            }
            if (spool.ask(goal::test)) {
                return new Way(true, "", List.of());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        } while (System.nanoTime() - until < 0);
        return Way.ANOTHER;
    }

    private Way deliverMyself(Predicate<SpoolBook> goal, Duration atMost) throws IOException {
        try (Delivery delivery = new Delivery(spool, plan, random, clock)) {
            boolean reached = delivery.run(goal, atMost, progress);
            return new Way(reached, delivery.lastHeard(), delivery.monitors());
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
