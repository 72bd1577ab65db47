package io.innkeeper.dns;

import io.innkeeper.dns.Step.Next;
import io.innkeeper.dns.forward.ForValidator;
import io.innkeeper.dns.forward.Incoming;
import io.innkeeper.dns.forward.Sending;
import io.innkeeper.dns.log.QueryTape;
import io.innkeeper.io.QueryPort;
import io.innkeeper.wire.dns.QueryView;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop around {@link DnsEngine}: a batch of questions in, a batch of answers out, and between them what upstreams said, what
 * came by streams, and what other threads want to know. Its thread owns the engine.
 */
public final class DnsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);

    /** How often it looks around while nobody asks. */
    private static final int IDLE_MS = 500;

    /** So many questions share a look at the clock. */
    private static final int LOOK_EVERY = 16;

    private static final int MAX_STREAM_QUERIES = 4_096;
    private static final int MAX_INCOMING = 65_536;
    private static final int MAX_QUESTIONS = 1_024;
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

    /** Carries questions to upstreams, or work to the validator; neither waits. */
    public interface Outside {
        void send(Sending sending);

        void validate(ForValidator work);
    }

    /** What others ask the engine, on its thread. */
    @FunctionalInterface
    public interface Question<T> {
        T ask(DnsEngine engine, long nowMs);
    }

    private record Asked<T>(Question<T> question, CompletableFuture<T> future) {}

    private final QueryPort port;
    private final DnsEngine engine;
    private final Outside outside;
    private final InstantSource clock;

    /** The listener of the plan for each socket of the port: some have one for each family. */
    private final int[] listeners;

    private final Consumer<Throwable> broken;
    private final Thread thread;
    private final BlockingQueue<StreamQuery> streams = new ArrayBlockingQueue<>(MAX_STREAM_QUERIES);
    private final BlockingQueue<Incoming> incoming = new ArrayBlockingQueue<>(MAX_INCOMING);
    private final BlockingQueue<Asked<?>> questions = new ArrayBlockingQueue<>(MAX_QUESTIONS);
    private final Ask ask = new Ask();
    private final List<StreamQuery> taken = new ArrayList<>();
    private final List<Incoming> heard = new ArrayList<>();
    private final List<Asked<?>> asked = new ArrayList<>();
    private final Ask.ReplyPlace packetPlace = this::place;
    private final QueryTape tape;
    private int packet;

    /** The clock when it was looked at last: at the begin of a batch, and then for every sixteenth question of it. */
    private long seenNanos;

    private long faults;
    private volatile boolean closed;

    /**
     * A server that owns these from {@link #start} on.
     *
     * @param listeners for each socket of the port, the number of its listener in {@link DnsPlan#listeners}
     * @param broken is told when the loop cannot go on
     */
    public DnsServer(
            QueryPort port,
            DnsEngine engine,
            Outside outside,
            QueryTape tape,
            InstantSource clock,
            List<Integer> listeners,
            Consumer<Throwable> broken) {
        this.port = port;
        this.engine = engine;
        this.outside = outside;
        this.tape = tape;
        this.clock = clock;
        this.listeners = listeners.stream().mapToInt(Integer::intValue).toArray();
        this.broken = broken;
        this.thread = Thread.ofPlatform().name("dns").unstarted(this::loop);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** Takes what an upstream said. From any thread; what is too much is lost, as on a network. */
    public void received(Incoming what) {
        if (incoming.offer(what)) {
            port.wake();
        }
    }

    /** Takes a question of a stream. From any thread; false where there are too many. */
    public boolean offer(StreamQuery query) {
        boolean offered = !closed && streams.offer(query);
        if (offered) {
            port.wake();
        }
        return offered;
    }

    /** True once it has ended, or is to. */
    public boolean isClosed() {
        return closed;
    }

    /** Asks the engine, between two batches. */
    public <T> CompletableFuture<T> ask(Question<T> question) {
        CompletableFuture<T> future = new CompletableFuture<>();
        if (closed || !questions.offer(new Asked<>(question, future))) {
            future.completeExceptionally(new IllegalStateException(
                    closed ? "the DNS server is closed" : "the DNS server has too much to do; try again"));
        } else {
            port.wake();
        }
        if (closed) {
            refuse();
        }
        return future;
    }

    /**
     * Takes another plan, between two batches.
     *
     * @param upstreams is run on the server's thread where upstreams are others now: from then on questions go there
     */
    public CompletableFuture<Boolean> plan(DnsPlan next, Runnable upstreams) {
        return ask((engineNow, nowMs) -> {
            boolean elsewhere = engineNow.plan(next);
            if (elsewhere) {
                engineNow.settle(nowMs, this::answered);
                engineNow.renewForwarder();
                upstreams.run();
            }
            return elsewhere;
        });
    }

    private void loop() {
        try {
            while (!closed) {
                int packets = port.receive(waitMs());
                turn(packets, clock.millis(), System.nanoTime());
            }
        } catch (IOException | RuntimeException | Error e) {
            broken.accept(e);
        } finally {
            closed = true;
            refuse();
            port.close();
        }
    }

    private int waitMs() {
        boolean waiting = !streams.isEmpty() || !incoming.isEmpty() || !questions.isEmpty();
        return waiting ? 0 : Math.clamp(engine.nextTickMs() - clock.millis(), 0, IDLE_MS);
    }

    /** One path, in order. */
    private void turn(int packets, long nowMs, long nanos) {
        seenNanos = nanos;
        answerQuestions(nowMs);
        for (packet = 0; packet < packets; packet++) {
            if (packet % LOOK_EVERY == LOOK_EVERY - 1) {
                seenNanos = System.nanoTime();
            }
            if (!port.truncated(packet)) {
                take(nowMs, nanos);
            }
        }
        streams.drainTo(taken);
        for (int i = 0; i < taken.size(); i++) {
            take(taken.get(i), nowMs, nanos);
        }
        taken.clear();
        hear(nowMs);
        engine.tick(nowMs, this::answered);
        engine.settle(nowMs, this::answered);
        send();
        port.flush();
        if (packets == 0) {
            tape.flush();
        }
    }

    private void answerQuestions(long nowMs) {
        questions.drainTo(asked);
        for (int i = 0; i < asked.size(); i++) {
            answer(asked.get(i), nowMs);
        }
        asked.clear();
    }

    private <T> void answer(Asked<T> one, long nowMs) {
        try {
            one.future.complete(one.question.ask(engine, nowMs));
        } catch (RuntimeException e) {
            one.future.completeExceptionally(e);
        }
    }

    private void refuse() {
        for (Asked<?> one = questions.poll(); one != null; one = questions.poll()) {
            one.future.completeExceptionally(new IllegalStateException("the DNS server is closed"));
        }
    }

    /** One packet that breaks our own assumptions must not stop all the others. */
    private void take(long nowMs, long nanos) {
        try {
            QueryView.Verdict verdict = ask.query.read(port.bytes(packet), 0, port.length(packet));
            ask.begin(nowMs, nanos, listeners[port.socket(packet)], Transport.UDP);
            ask.place = packetPlace;
            Next next = engine.handle(ask, verdict, port.clientHigh(packet), port.clientLow(packet));
            if (next == Next.ANSWERED) {
                port.answer(packet, ask.out, ask.outLength);
                record(ask);
            }
        } catch (RuntimeException e) {
            fault(e);
        }
    }

    /** Where the answer to the packet at hand goes, should it have to wait. */
    private ReplyTo place() {
        QueryPort.Peer peer = port.peer(packet);
        return (bytes, length) -> port.answer(peer, bytes, length);
    }

    private void take(StreamQuery query, long nowMs, long nanos) {
        try {
            QueryView.Verdict verdict = ask.query.read(query.message(), 0, query.message().length);
            ask.begin(nowMs, nanos, query.listener(), query.transport());
            ask.place = query::replyTo;
            Next next = engine.handle(ask, verdict, query.high(), query.low());
            if (next != Next.WAITS) {
                query.replyTo().answer(ask.out, next == Next.ANSWERED ? ask.outLength : 0);
                record(ask);
            }
        } catch (RuntimeException e) {
            fault(e);
            query.replyTo().answer(ask.out, 0);
        }
    }

    private void hear(long nowMs) {
        incoming.drainTo(heard);
        for (int i = 0; i < heard.size(); i++) {
            try {
                engine.forwarder().received(heard.get(i), nowMs);
            } catch (RuntimeException e) {
                fault(e);
            }
        }
        heard.clear();
    }

    private void answered(Ask done, Waiting waiting) {
        if (done.outLength > 0 || waiting.transport.isStream()) {
            waiting.replyTo.answer(done.out, done.outLength);
        }
        record(done);
    }

    private void record(Ask done) {
        if (done.hasClient() && done.query.nameLength() > 0) {
            tape.add(
                    done.nowMs,
                    done.client().high,
                    done.client().low,
                    done.query.bytes(),
                    done.query.nameAt(),
                    done.query.nameLength(),
                    done.query.type(),
                    done.rcode,
                    done.step,
                    done.detail,
                    (int) Math.min(Integer.MAX_VALUE, (seenNanos - done.startedNanos) / 1000),
                    done.transport.number(),
                    done.security);
        }
    }

    private void send() {
        List<Sending> sendings = engine.forwarder().sendings();
        for (int i = 0; i < sendings.size(); i++) {
            outside.send(sendings.get(i));
        }
        List<ForValidator> work = engine.forwarder().forValidator();
        for (int i = 0; i < work.size(); i++) {
            outside.validate(work.get(i));
        }
    }

    private void fault(RuntimeException e) {
        faults++;
        if (Long.bitCount(faults) == 1) {
            LOG.error("A question could not be handled ({} so far)", faults, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        port.wake();
        if (!Thread.currentThread().equals(thread) && thread.isAlive()) {
            try {
                thread.join(CLOSE_DEADLINE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
