package io.innkeeper.dhcp;

import io.innkeeper.io.LinkPort;
import io.innkeeper.view.ShadowReport;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server that answers nobody: it hears what clients ask and the real server answers, and compares. */
public final class ShadowServer implements Answering {
    private static final int QUESTIONS = 256;

    private final Shadow shadow;
    private final DhcpEngine engine;
    private final Eavesdropper eavesdropper;

    private record Asked(Runnable work, CompletableFuture<?> future) {}

    private final BlockingQueue<Asked> questions = new ArrayBlockingQueue<>(QUESTIONS);
    private final InstantSource clock;
    private volatile boolean closed;

    /**
     * Not started.
     *
     * @param port hears DHCP of both directions
     * @param engine with a plan of {@link Shadow#scratch}, of which nobody else knows
     */
    public ShadowServer(
            LinkPort port, ServedLinks links, DhcpEngine engine, InstantSource clock, Consumer<Throwable> broken) {
        this.engine = engine;
        this.clock = clock;
        this.shadow = new Shadow(engine, clock.millis());
        this.eavesdropper = new Eavesdropper(
                port,
                links,
                (message, arrival, sender, nowMs) -> shadow.look(message, arrival, nowMs),
                this::tick,
                clock,
                broken);
    }

    @Override
    public void start() {
        eavesdropper.start();
    }

    @Override
    public @Nullable String trouble() {
        return null;
    }

    private void tick(long nowMs) {
        shadow.tick(nowMs);
        for (Asked question = questions.poll(); question != null; question = questions.poll()) {
            question.work().run();
        }
    }

    /** {@inheritDoc} Changes are not stored: a shadow has no leases of its own. */
    @Override
    public <T> CompletableFuture<T> ask(Question<T> question) {
        return inTurn(() -> question.put(engine, clock.millis()).value());
    }

    /** What was found so far. */
    public CompletableFuture<ShadowReport> report() {
        return inTurn(shadow::report);
    }

    private <T> CompletableFuture<T> inTurn(Supplier<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Runnable answer = () -> {
            try {
                future.complete(work.get());
            } catch (RuntimeException e) {
                future.completeExceptionally(e);
            }
        };
        boolean taken = questions.offer(new Asked(answer, future));
        if (taken) {
            eavesdropper.wake();
        } else {
            future.completeExceptionally(new IllegalStateException("the shadow has too much to do; try again"));
        }
        if (closed) {
            refuseQuestions(); // nobody else would answer
        }
        return future;
    }

    private void refuseQuestions() {
        for (Asked question = questions.poll(); question != null; question = questions.poll()) {
            question.future().completeExceptionally(new IllegalStateException("the DHCP server is closed"));
        }
    }

    @Override
    public CompletableFuture<Boolean> plan(Plan plan) {
        return inTurn(() -> {
            shadow.plan(plan);
            return true;
        });
    }

    @Override
    public void close() {
        closed = true;
        eavesdropper.close();
        refuseQuestions();
    }
}
