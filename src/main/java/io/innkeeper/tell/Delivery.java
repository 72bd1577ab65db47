package io.innkeeper.tell;

import io.innkeeper.tell.spool.End;
import io.innkeeper.tell.spool.Entry;
import io.innkeeper.tell.spool.Spool;
import io.innkeeper.tell.spool.SpoolBook;
import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.rdk.SpAddress;
import io.innkeeper.wire.rdk.SpFrames;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Empties a spool into monitors: the loop around {@link MonitorChoice} and {@link Dispatch}. One of all processes that use a spool runs
 * it at a time ({@link io.innkeeper.tell.spool.Turn}). Belongs to one thread, beside {@link #stop}.
 */
public final class Delivery implements AutoCloseable {
    /** How soon what other processes appended is noticed. */
    private static final int LOOK_MS = 50;

    /** How much goes into one frame: far from its limit even where each message is as long as can be. */
    private static final int MOST_AT_A_TIME = 32;

    private static final int NONCE = 32;

    /** What is not known before something was looked up. */
    private record Found(MonitorLine line, List<SocketAddress> places, String why) {}

    /** What the spool says before each turn. */
    private record Look(boolean reached, List<Entry.Waiting> waiting) {}

    private final Spool spool;
    private final DeliveryPlan plan;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Selector selector;
    private final Lookup lookup;
    private final MonitorChoice choice;
    private final Dispatch dispatch;
    private final List<MonitorLine> lines = new ArrayList<>();
    private final Queue<Found> found = new ConcurrentLinkedQueue<>();
    private Octets sender = Octets.EMPTY;
    private String lastHeard = "";
    private volatile boolean stopped;

    /**
     * Connects to nobody yet.
     *
     * @param random nobody may guess it
     * @throws IOException where this process can open no more files
     */
    public Delivery(Spool spool, DeliveryPlan plan, RandomGenerator random, InstantSource clock) throws IOException {
        this.spool = spool;
        this.plan = plan;
        this.random = random;
        this.clock = clock;
        this.selector = Selector.open();
        this.lookup = new Lookup(random);
        this.choice = new MonitorChoice(
                plan.monitors().stream()
                        .map(one -> new MonitorChoice.Candidate(one.toString(), one.isOld()))
                        .toList(),
                plan.balance(),
                plan.stays() ? MonitorChoice.Patience.LONG : MonitorChoice.Patience.SHORT);
        this.dispatch = new Dispatch(choice::of);
        for (MonitorAddress monitor : plan.monitors()) {
            int keys = Math.max(1, plan.keys().size());
            lines.add(new MonitorLine(monitor, selector, this::lookUp, key -> conversation(monitor, key), keys));
        }
    }

    private Conversation conversation(MonitorAddress monitor, int key) {
        if (monitor instanceof MonitorAddress.Old old) {
            boolean tcp = old.address().transport() == SpAddress.Transport.TCP;
            return new FirstConversation(tcp ? SpFrames.Form.TCP : SpFrames.Form.IPC);
        }
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        return new SecondConversation(
                sender.toString(),
                plan.name(),
                HexFormat.of().formatHex(nonce),
                plan.keys().isEmpty() ? null : plan.keys().get(key));
    }

    /** Names and files may take their time: they are looked up beside the loop. */
    private void lookUp(MonitorLine line) {
        Thread.ofVirtual().start(() -> {
            try {
                found.add(new Found(line, lookup.find(line.address()), ""));
            } catch (IOException | RuntimeException e) {
                String why = e.getMessage();
                found.add(new Found(line, List.of(), why == null ? e.getClass().getSimpleName() : why));
            }
            selector.wakeup();
        });
    }

    /**
     * Sends until a goal is reached, the time is over, or it is stopped.
     *
     * @param goal asked whenever something may have changed
     * @param progress told at each turn how many messages wait
     * @return whether the goal is reached
     * @throws IOException where the spool cannot be used
     */
    public boolean run(Predicate<SpoolBook> goal, Duration atMost, Consumer<Integer> progress) throws IOException {
        long untilMs = nowMs() + Math.min(atMost.toMillis(), Long.MAX_VALUE / 4);
        while (true) {
            Look look = spool.ask(book -> new Look(goal.test(book), book.waiting()));
            if (look.reached()) {
                return true;
            }
            if (stopped || nowMs() >= untilMs) {
                return false;
            }
            progress.accept(look.waiting().size());
            turn(look.waiting(), untilMs);
        }
    }

    private void turn(List<Entry.Waiting> waiting, long untilMs) throws IOException {
        noticeNewSender();
        dispatch.refresh(waiting);
        choice.trials(nowMs()).forEach(number -> lines.get(number).open());
        dispatch.wanted().forEach(number -> lines.get(number).open());
        for (int number = 0; number < lines.size(); number++) {
            send(number);
        }
        select(untilMs);
        for (Found one = found.poll(); one != null; one = found.poll()) {
            int number = lines.indexOf(one.line());
            take(
                    number,
                    one.why().isEmpty()
                            ? one.line().found(one.places(), nowMs())
                            : one.line().notFound(one.why()));
        }
        for (int number = 0; number < lines.size(); number++) {
            take(number, lines.get(number).tick(nowMs(), dispatch.onItsWay(number) > 0));
        }
    }

    /** After damage the spool speaks for another sender: what is said from now on is said by that one. */
    private void noticeNewSender() throws IOException {
        Octets now = spool.sender();
        if (!sender.equals(now)) {
            sender = now;
            for (int number = 0; number < lines.size(); number++) {
                lines.get(number).close();
                dispatch.lost(number);
            }
        }
    }

    private void send(int number) throws IOException {
        MonitorLine line = lines.get(number);
        List<Entry.Waiting> batch = dispatch.next(number, line.window(), MOST_AT_A_TIME);
        while (!batch.isEmpty()) {
            List<Entry.Ended> unreadable = batch.stream()
                    .filter(message -> SpoolMessage.report(message).isEmpty())
                    .map(this::unreadable)
                    .toList();
            if (!unreadable.isEmpty()) {
                spool.end(unreadable);
            }
            take(number, line.tell(batch, clock.millis()));
            batch = dispatch.next(number, line.window(), MOST_AT_A_TIME);
        }
    }

    private Entry.Ended unreadable(Entry.Waiting message) {
        String why = "this version of the sender cannot read it";
        return new Entry.Ended(message.interfaceName(), message.sequence(), End.REJECTED, why, clock.millis());
    }

    private void select(long untilMs) throws IOException {
        long next = Math.min(untilMs, choice.nextTrialAtMs()) - nowMs();
        selector.select(Math.clamp(next, 1, LOOK_MS));
        List<SelectionKey> ready = List.copyOf(selector.selectedKeys());
        selector.selectedKeys().clear();
        for (SelectionKey key : ready) {
            if (key.isValid() && key.attachment() instanceof MonitorLine line) {
                take(lines.indexOf(line), line.ready(nowMs(), clock.millis()));
            }
        }
    }

    private void take(int number, List<News> all) throws IOException {
        for (News news : all) {
            switch (news) {
                case News.Opened _ -> choice.answered(number);
                case News.Ended ended -> {
                    choice.took(number);
                    spool.end(ended.ends());
                    lastHeard = lines.get(number).address().toString();
                }
                case News.Answer _ -> {}
                case News.Failed failed -> failed(number, failed);
            }
        }
    }

    private void failed(int number, News.Failed failed) {
        dispatch.lost(number);
        MonitorLine line = lines.get(number);
        if (failed.aboutKey() && line.nextKey()) {
            line.open();
        } else {
            choice.failed(number, nowMs(), random.nextDouble());
        }
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** How each monitor is, in the order of the list. */
    public List<MonitorStatus> monitors() {
        return lines.stream()
                .map(line -> new MonitorStatus(
                        line.address().toString(), line.phase().text(), line.why()))
                .toList();
    }

    /** The monitor that took a message last; empty for none. */
    public String lastHeard() {
        return lastHeard;
    }

    /** Ends {@link #run} soon; from any thread. */
    public void stop() {
        stopped = true;
        selector.wakeup();
    }

    @Override
    public void close() {
        lines.forEach(MonitorLine::close);
        try {
            selector.close();
        } catch (IOException ended) {
            // It is gone in any case.
        }
    }
}
