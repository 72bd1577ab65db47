package io.innkeeper.feed.rdk.v2;

import io.innkeeper.feed.ReadPlace;
import io.innkeeper.feed.rdk.InterfaceRouter;
import io.innkeeper.feed.rdk.MonitorCounts;
import io.innkeeper.feed.rdk.Receipt;
import io.innkeeper.feed.rdk.RefusedMessages;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.Rejected;
import io.innkeeper.wire.rdk.v2.Message.Ack;
import io.innkeeper.wire.rdk.v2.Message.AckStatus;
import io.innkeeper.wire.rdk.v2.Message.Report;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where reports go: through {@link Deliveries} to the lanes of their interfaces, and back as acknowledgements. One thread's. */
final class ReportInbox {
    private static final Logger LOG = LoggerFactory.getLogger(ReportInbox.class);

    /** How many reports may be under way to the store, and how many of one interface. */
    private static final int SLOTS = 2_048;

    private static final int SLOTS_OF_ONE = 64;

    /** How many pairs of sender and interface are known without asking the store. */
    private static final int COURSES = 10_000;

    private static final byte[] NO_OCTETS = {};

    /**
     * Where it leads, and who counts.
     *
     * @param router takes what clients said
     * @param places how far senders came, by the store
     * @param messages counts by interface
     * @param reports counts by what became of them
     * @param refused keeps what cannot be taken
     * @param clock the wall's time
     */
    record World(
            InterfaceRouter router,
            SenderPlaces places,
            MonitorCounts messages,
            ReportCounts reports,
            RefusedMessages refused,
            InstantSource clock) {}

    private final World world;
    private final int mostWaiting;
    private final Runnable wake;
    private final WaitingReports waiting = new WaitingReports(SLOTS, SLOTS_OF_ONE);
    private final Deliveries deliveries;
    private final Queue<Delivery> arrived = new ConcurrentLinkedQueue<>();
    private final Queue<String> roomy = new ConcurrentLinkedQueue<>();

    /**
     * @param mostWaiting how many reports may wait before nothing more is read
     * @param wake called by any thread when {@link #turn} has something to do
     */
    ReportInbox(World world, int mostWaiting, Runnable wake) {
        this.world = world;
        this.mostWaiting = mostWaiting;
        this.wake = wake;
        this.deliveries = new Deliveries(world.places()::stored, COURSES, waiting);
    }

    /**
     * Takes a report that a conversation brought.
     *
     * @return false where it could not be taken, and so nothing that came after it may be: what is acknowledged later would
     *     acknowledge it too
     */
    boolean take(Conversation from, Conversation.Heard heard) {
        Report report = heard.report();
        world.reports.report("received");
        switch (report.said()) {
            case Rejected rejected -> {
                world.refused.refused(rejected, NO_OCTETS);
                reject(from, report, rejected.reason().text());
            }
            case PluginMessage message -> {
                String refusal = world.router.refusal(message);
                if (refusal == null) {
                    return deliver(from, heard);
                }
                reject(from, report, refusal);
            }
        }
        return true;
    }

    private void reject(Conversation from, Report report, String reason) {
        world.reports.report("rejected");
        from.settle(new Ack(report.ifname(), report.sequence(), AckStatus.REJECTED, reason));
    }

    private boolean deliver(Conversation from, Conversation.Heard heard) {
        try {
            Deliveries.Taken taken = deliveries.take(from, heard.report(), heard.age());
            if (taken == Deliveries.Taken.DUPLICATE) {
                world.reports.report("duplicate");
            }
            return true;
        } catch (UncheckedIOException e) {
            LOG.warn("A report is not taken, since the store cannot be read: {}", e.getMessage());
            from.leave("store", "the store cannot be read now");
            return false;
        }
    }

    /** An interface has room again. Any thread may say so. */
    void room(String ifname) {
        roomy.add(ifname);
        wake.run();
    }

    private void arrived(Delivery delivery) {
        arrived.add(delivery);
        wake.run();
    }

    /** Takes note of what was stored, and hands on what may go. */
    void turn() {
        for (Delivery one = arrived.poll(); one != null; one = arrived.poll()) {
            deliveries.stored(one);
            world.reports.report("stored");
        }
        for (String ifname = roomy.poll(); ifname != null; ifname = roomy.poll()) {
            deliveries.room(ifname);
        }
        for (Delivery next = deliveries.next(); next != null; next = deliveries.next()) {
            if (!world.router.offer(said(next), receipt(next))) {
                deliveries.held(next);
            }
        }
    }

    private static PluginMessage said(Delivery delivery) {
        if (delivery.report().said() instanceof PluginMessage message) {
            return Aging.later(message, delivery.age());
        }
        throw new IllegalStateException("what was rejected is not delivered");
    }

    private Receipt receipt(Delivery delivery) {
        String place = SenderPlaces.place(
                delivery.report().sequence(), world.clock.instant().getEpochSecond());
        return new Receipt(new ReadPlace(delivery.reader(), place), () -> arrived(delivery));
    }

    /** Whether so many wait that nothing more is to be read. */
    boolean isFull() {
        return waiting.waiting() >= mostWaiting;
    }

    /** Whether there is room again after it was full. */
    boolean hasRoom() {
        return waiting.waiting() < mostWaiting / 4 * 3;
    }

    /** How many reports wait. */
    int waiting() {
        return waiting.waiting();
    }

    /** How many are under way to the store. */
    int underWay() {
        return waiting.underWay();
    }
}
