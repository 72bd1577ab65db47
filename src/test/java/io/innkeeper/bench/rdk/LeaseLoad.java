package io.innkeeper.bench.rdk;

import io.innkeeper.bench.Latencies;
import io.innkeeper.bench.LoadMeter;
import io.innkeeper.bench.LoadReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Pushes messages of plugins to a PULL socket, at full speed or at fixed points in time, and follows what becomes of them. */
final class LeaseLoad implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Where messages wait for their point in time, how long at most before it is looked again. */
    private static final long NAP_NANOS = 50_000;

    private final InetSocketAddress to;
    private final Messages messages;
    private final LoadMeter meter;
    private final @Nullable Follower follower;
    private @Nullable Pushers pushers;
    private double fullRate;

    /**
     * A load that has not begun.
     *
     * @param pid the process that hears; 0 where it is not known
     * @param follower follows the events of these messages; null where there are none
     */
    LeaseLoad(InetSocketAddress to, Messages messages, long pid, @Nullable Follower follower) {
        this.to = to;
        this.messages = messages;
        this.meter = new LoadMeter(pid);
        this.follower = follower;
    }

    LeaseReport run(LeasePhase wanted) throws IOException, InterruptedException {
        LeasePhase phase = wanted.ratePart() > 0 ? wanted.atRate(wanted.ratePart() * fullRate) : wanted;
        long first = messages.next();
        if (follower != null) {
            follower.clear();
        }
        LoadMeter.Measured measured =
                phase.mode() == LeasePhase.Mode.SINGLE ? single(phase) : stream(phase, (long) (phase.seconds() * 1e9));
        if (phase.rate() == 0) {
            fullRate = measured.perSecond();
        }
        awaitPublished();
        long pushed = messages.next() - first;
        long published = follower == null ? 0 : follower.published();
        LeaseReport.Counts counts = new LeaseReport.Counts(
                pushed,
                published,
                follower == null ? 0 : messages.next() - published,
                follower == null ? 0 : follower.disordered());
        return new LeaseReport(phase.name(), measured.perSecond(), phase.rate(), times(), counts, measured.use());
    }

    private LoadReport.Times times() {
        return follower == null ? LoadReport.Times.of(new Latencies()) : follower.times(LoadReport.Times::of);
    }

    private long completed() {
        return follower == null ? messages.next() : follower.published();
    }

    private LoadMeter.Measured stream(LeasePhase phase, long lengthNanos) throws IOException {
        if (pushers == null) {
            pushers = new Pushers(to, messages);
        }
        meter.start(completed());
        long begin = System.nanoTime();
        long sent = 0;
        for (long now = begin; now - begin < lengthNanos; now = System.nanoTime()) {
            long due = phase.rate() == 0 ? sent + Pushers.BATCH : (long) ((now - begin) / 1e9 * phase.rate());
            int count = (int) Math.min(Pushers.BATCH, due - sent);
            if (count == 0) {
                LockSupport.parkNanos(NAP_NANOS);
                continue;
            }
            for (int i = 0; i < count && follower != null; i++) {
                long at = phase.rate() == 0 ? now : begin + (long) ((sent + i + 1) * 1e9 / phase.rate());
                follower.due(messages.next() + i, at);
            }
            pushers.push(count);
            sent += count;
        }
        return meter.stop(completed());
    }

    private LoadMeter.Measured single(LeasePhase phase) throws InterruptedException {
        Singles singles = new Singles(to, messages);
        meter.start(0);
        long end = System.nanoTime() + (long) (phase.seconds() * 1e9);
        List<Thread> threads = singles.start(() -> System.nanoTime() - end >= 0);
        for (Thread thread : threads) {
            thread.join();
        }
        return meter.stop(singles.pushed());
    }

    /** What was pushed is on its way for a moment; what does not come is missing. */
    private void awaitPublished() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (follower != null && follower.published() < messages.next() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        if (pushers != null) {
            pushers.close();
        }
    }
}
