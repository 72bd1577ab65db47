package io.innkeeper.dhcp;

import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.BindingStore;
import io.innkeeper.lease.BindingStore.NotStoredException;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.Malformed;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop around {@link DhcpEngine}: receive a batch, decide each packet, store the changes of all of them at once, then
 * answer. Its thread owns the engine and the book; others {@link #ask}. Where the changes cannot be stored, nothing is
 * answered and the book is taken back to what is stored; the clients ask again, and so it goes on by itself.
 */
public final class DhcpServer implements Answering {
    private static final Logger LOG = LoggerFactory.getLogger(DhcpServer.class);

    /** How often it looks for leases that end while nobody speaks. */
    private static final int IDLE_MS = 250;

    /** How many leases may end in one turn: more wait for the next, so that clients do not wait. */
    private static final int ENDS_A_TURN = 256;

    /** How many questions of other threads may wait. */
    private static final int QUESTIONS = 256;

    /** How often it is tried, while leases cannot be stored, whether they can be again. */
    static final long RETRY_MS = 5_000;

    private static final String CLOSED = "the DHCP server is closed";
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

    private record Asked<T>(Question<T> question, CompletableFuture<T> future) {}

    /** What one turn of the loop decided and has not stored and sent yet. */
    private static final class Turn {
        final List<BindingChange> changes = new ArrayList<>();
        final List<Outcome> outcomes = new ArrayList<>();
        final List<Runnable> answers = new ArrayList<>();
        final List<CompletableFuture<?>> unanswered = new ArrayList<>();

        /** Packets of others that are on their way through, and need not wait for the store. */
        int passed;

        void clear() {
            changes.clear();
            outcomes.clear();
            answers.clear();
            unanswered.clear();
            passed = 0;
        }
    }

    private final DhcpPorts ports;
    private final DhcpEngine engine;
    private final BindingStore store;
    private final Probes probes;
    private final PassingOn passingOn;
    private final Bystander bystander;
    private final DhcpStatistics statistics;
    private final InstantSource clock;
    private final Consumer<Throwable> broken;
    private final Thread thread;
    private final BlockingQueue<Asked<?>> questions = new ArrayBlockingQueue<>(QUESTIONS);
    private final Turn turn = new Turn();
    private final FaultLog faults = new FaultLog();
    private boolean moreEnd;
    private long failedAtMs;
    private volatile @Nullable String trouble;
    private volatile boolean closed;

    /**
     * A server that owns all these from {@link #start} on.
     *
     * @param probes asks whether addresses are in use
     * @param passingOn hands on what is not for us
     * @param bystander is shown every message and what came of it
     * @param broken is told when the loop cannot go on
     */
    public DhcpServer(
            DhcpPorts ports,
            DhcpEngine engine,
            BindingStore store,
            Probes probes,
            PassingOn passingOn,
            Bystander bystander,
            DhcpStatistics statistics,
            InstantSource clock,
            Consumer<Throwable> broken) {
        this.ports = ports;
        this.engine = engine;
        this.store = store;
        this.probes = probes;
        this.passingOn = passingOn;
        this.bystander = bystander;
        this.statistics = statistics;
        this.clock = clock;
        this.broken = broken;
        this.thread = Thread.ofPlatform().name("dhcp4").unstarted(this::loop);
    }

    @Override
    public void start() {
        probes.whenAnswered(ports::wake);
        thread.start();
    }

    /** {@inheritDoc} Here: from storing leases, and so from answering. */
    @Override
    public @Nullable String trouble() {
        return trouble;
    }

    /** {@inheritDoc} It is put between two batches. */
    @Override
    public <T> CompletableFuture<T> ask(Question<T> question) {
        CompletableFuture<T> future = new CompletableFuture<>();
        if (closed || !questions.offer(new Asked<>(question, future))) {
            future.completeExceptionally(
                    new IllegalStateException(closed ? CLOSED : "the DHCP server has too much to do; try again"));
        } else {
            ports.wake();
        }
        if (closed) {
            // The loop may have ended between the two: nobody else would answer.
            refuseQuestions();
        }
        return future;
    }

    /** {@inheritDoc} That does not wait for the store: a plan changes no lease. */
    @Override
    public CompletableFuture<Boolean> plan(Plan next) {
        CompletableFuture<Boolean> adopted = new CompletableFuture<>();
        CompletableFuture<Boolean> _ = ask((engineNow, _) -> {
                    engineNow.plan(next);
                    passingOn.to(next.upstreams());
                    adopted.complete(true);
                    return Answer.of(true);
                })
                .whenComplete((_, e) -> {
                    if (e != null && adopted.completeExceptionally(e)) {
                        LOG.error("The DHCP server goes on by its old configuration", e);
                    }
                });
        return adopted;
    }

    private void loop() {
        try {
            while (!closed) {
                int packets = ports.receive(moreEnd ? 0 : IDLE_MS);
                long startedNanos = System.nanoTime();
                turn(packets, clock.millis());
                if (packets > 0) {
                    statistics.handled(packets, System.nanoTime() - startedNanos);
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            broken.accept(e);
        } finally {
            closed = true;
            refuseQuestions();
            ports.close();
        }
    }

    /** One path, in order. */
    private void turn(int packets, long nowMs) {
        turn.clear();
        turn.changes.addAll(engine.expire(nowMs, ENDS_A_TURN));
        moreEnd = turn.changes.size() >= ENDS_A_TURN;
        passingOn.expire(nowMs);
        answerQuestions(nowMs);
        probes.forEachAnswer((address, inUse, user) -> probed(address, inUse, user, nowMs));
        for (int packet = 0; packet < packets; packet++) {
            take(packet, nowMs);
        }
        if (stored(nowMs)) {
            int replies = 0;
            for (Outcome outcome : turn.outcomes) {
                boolean put = put(outcome, nowMs);
                replies += put ? 1 : 0;
                if (put && outcome.told() != null) {
                    bystander.told(outcome.told());
                }
            }
            send(replies + turn.passed);
            turn.answers.forEach(Runnable::run);
        } else {
            send(turn.passed);
        }
    }

    /** One packet that breaks our own assumptions must not stop all the others. */
    private void take(int packet, long nowMs) {
        // Servers to which we hand requests on answer by an interface of their own.
        Arrival arrival = passingOn.isOn() ? ports.anyArrival(packet) : ports.arrival(packet);
        if (arrival == null) {
            statistics.foreignInterface();
            return;
        }
        switch (DhcpMessage.parse(ports.bytes(packet), 0, ports.length(packet))) {
            case Malformed malformed -> statistics.malformed(malformed);
            case DhcpMessage message -> {
                try {
                    take(packet, message, arrival, nowMs);
                } catch (RuntimeException e) {
                    fault("A packet could not be handled", e, nowMs);
                }
            }
        }
    }

    /** A fault of ours with one client: it gets nothing, all others go on. */
    private void fault(String what, RuntimeException e, long nowMs) {
        statistics.fault();
        faults.error(LOG, what, e, nowMs);
    }

    private void probed(int address, boolean inUse, @Nullable MacAddress user, long nowMs) {
        try {
            decided(engine.probed(address, inUse, user, nowMs));
        } catch (RuntimeException e) {
            fault("The answer to a probe could not be handled", e, nowMs);
        }
    }

    private void take(int packet, DhcpMessage message, Arrival arrival, long nowMs) {
        if (message.op() == DhcpMessage.REPLY && passingOn.isOn()) {
            turn.passed += passingOn.reply(message, arrival, ports, nowMs);
            return;
        }
        if (ports.arrival(packet) == null) {
            statistics.foreignInterface();
            return;
        }
        Outcome outcome = engine.handle(message, arrival, nowMs);
        decided(outcome);
        if (outcome.verdict() == Outcome.Verdict.PASSED_ON) {
            turn.passed += passingOn.request(message, arrival, ports, nowMs);
        }
        statistics.decided(message.type(), outcome.verdict());
        bystander.saw(message, arrival, outcome, nowMs);
    }

    private void decided(Outcome outcome) {
        turn.changes.addAll(outcome.changes());
        if (outcome.reply() != null) {
            turn.outcomes.add(outcome);
        }
        Outcome.ProbeRequest probe = outcome.probe();
        if (probe != null) {
            probes.ask(probe.address(), probe.interfaceIndex());
        }
    }

    private void answerQuestions(long nowMs) {
        for (int most = QUESTIONS; most > 0; most--) {
            Asked<?> asked = questions.poll();
            if (asked == null) {
                return;
            }
            answer(asked, nowMs);
        }
    }

    private <T> void answer(Asked<T> asked, long nowMs) {
        try {
            Answer<T> answer = engine.whole(() -> asked.question().put(engine, nowMs));
            turn.changes.addAll(answer.changes());
            turn.answers.add(() -> asked.future().complete(answer.value()));
            turn.unanswered.add(asked.future());
        } catch (RuntimeException e) {
            asked.future().completeExceptionally(e);
        }
    }

    /** Decide, persist, answer: false where the changes are not on stable storage, and the book is as it was. */
    private boolean stored(long nowMs) {
        if (turn.changes.isEmpty()) {
            tryAgain(nowMs);
            return true;
        }
        long startedNanos = System.nanoTime();
        try {
            store.commit(turn.changes);
            statistics.committed(turn.changes.size(), System.nanoTime() - startedNanos);
            recovered();
            return true;
        } catch (NotStoredException e) {
            engine.revert(turn.changes);
            inTrouble(e, nowMs);
            statistics.commitFailed();
            turn.unanswered.forEach(future -> future.completeExceptionally(e));
            return false;
        }
    }

    /** Where nobody asks for anything, nothing else would notice that there is space again. */
    private void tryAgain(long nowMs) {
        long sinceMs = nowMs - failedAtMs;
        if (trouble == null || (sinceMs >= 0 && sinceMs < RETRY_MS)) {
            return;
        }
        try {
            store.commit(List.of(BindingChange.ofNothing(nowMs)));
            recovered();
        } catch (NotStoredException e) {
            inTrouble(e, nowMs);
        }
    }

    private void inTrouble(NotStoredException e, long nowMs) {
        failedAtMs = nowMs;
        if (trouble == null) {
            LOG.error("Leases cannot be stored, so no client is answered until they can: {}", e.getMessage());
        }
        trouble = e.getMessage();
    }

    private void recovered() {
        if (trouble != null) {
            LOG.info("Leases can be stored again; clients are answered");
            trouble = null;
        }
    }

    private boolean put(Outcome outcome, long nowMs) {
        DhcpMessage reply = outcome.reply();
        Route route = outcome.route();
        if (reply == null || route == null) {
            return false;
        }
        try {
            ports.put(reply, route, outcome.maxSize());
            return true;
        } catch (RuntimeException e) {
            fault("A reply could not be written", e, nowMs);
            return false;
        }
    }

    private void send(int packets) {
        if (packets > 0) {
            int failures = ports.send();
            statistics.sent(packets - failures, failures);
        }
    }

    private void refuseQuestions() {
        for (Asked<?> asked = questions.poll(); asked != null; asked = questions.poll()) {
            asked.future().completeExceptionally(new IllegalStateException(CLOSED));
        }
    }

    /** Stops serving and gives the ports back. */
    @Override
    public void close() {
        closed = true;
        ports.wake();
        try {
            thread.join(CLOSE_DEADLINE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
