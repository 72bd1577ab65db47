package io.innkeeper.feed.rdk;

import io.innkeeper.feed.ClientEvent;
import io.innkeeper.feed.ClientReport;
import io.innkeeper.feed.MsgType;
import io.innkeeper.feed.ReadPlace;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.PluginMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One interface: its queue, its two clients, and the thread that hands on what they decide. */
final class InterfaceLane {
    /** How many waiting messages make one run. */
    private static final int RUN = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String ifname;
    private final LeaseSource source;
    private final InterfaceRouter.World world;
    private final Dhcpv4Client v4;
    private final Dhcpv6Client v6;
    private final LaneQueue queue;
    private final Consumer<String> room;
    private final Thread thread;
    private volatile Dhcpv4Client.Shown shown4;
    private volatile Dhcpv6Client.Shown shown6;
    private volatile @Nullable Instant lastAt;

    /**
     * A lane that is not started.
     *
     * @param known what the store holds of this interface
     * @param room told where there is room again after somebody was turned away
     */
    InterfaceLane(
            String ifname,
            InterfaceRouter.Settings settings,
            InterfaceRouter.World world,
            List<Lease> known,
            Consumer<String> room) {
        this.ifname = ifname;
        this.source = LeaseSource.rdk(ifname);
        this.world = world;
        this.room = room;
        this.queue = new LaneQueue(settings.queue());
        this.v4 = new Dhcpv4Client(settings.compatibility());
        this.v6 = new Dhcpv6Client(settings.compatibility());
        restore(known);
        this.shown4 = v4.shown();
        this.shown6 = v6.shown();
        this.thread = Thread.ofVirtual().name("lease-monitor-" + ifname).unstarted(this::loop);
    }

    private void restore(List<Lease> known) {
        Instant now = world.clock().instant();
        known.stream()
                .map(Lease::fact)
                .filter(fact -> !fact.address().v6())
                .findFirst()
                .ifPresent(fact -> v4.restore(ifname, fact, now));
        Stream<LeaseFact> six =
                known.stream().map(Lease::fact).filter(fact -> fact.address().v6());
        List<LeaseFact> all = six.toList();
        v6.restore(ifname, of(all, false).orElse(null), of(all, true).orElse(null), now);
    }

    private static Optional<LeaseFact> of(List<LeaseFact> facts, boolean prefix) {
        return facts.stream()
                .filter(fact -> fact.details().containsKey(LeaseDetails.PREFIX) == prefix)
                .findFirst();
    }

    void start() {
        thread.start();
    }

    /** Takes a message; false where too many wait. */
    boolean offer(PluginMessage message, @Nullable Receipt receipt) {
        return queue.offer(new LaneQueue.Heard(message, receipt, System.nanoTime()));
    }

    private void loop() {
        try {
            while (!queue.isDone()) {
                turn(queue.take(RUN, untilNext()));
                if (queue.turnedAway()) {
                    room.accept(ifname);
                }
            }
        } catch (InterruptedException e) {
            // close() interrupts where the desk takes nothing; the sender's lease is then told by its next message.
        } catch (RuntimeException | Error e) {
            world.onFailure().accept(e);
        }
    }

    private long untilNext() {
        Instant now = world.clock().instant();
        return LaneQueue.atMostNanos(Stream.of(v4.nextAt(), v6.nextAt())
                .flatMap(Optional::stream)
                .map(next -> Duration.between(now, next))
                .min(Duration::compareTo)
                .map(wait -> wait.compareTo(Duration.ofDays(1)) > 0 ? Long.MAX_VALUE : wait.toMillis())
                .orElse(Long.MAX_VALUE));
    }

    private void turn(List<LaneQueue.Heard> run) throws InterruptedException {
        v4.beginRun();
        Instant now = world.clock().instant();
        LaneBatch batch = new LaneBatch(world.news());
        took4(v4.tick(now), null, now, batch);
        took6(v6.tick(now), null, now, batch);
        for (LaneQueue.Heard heard : run) {
            lastAt = now;
            switch (heard.message()) {
                case Dhcpv4PluginMessage said -> took4(v4.hear(said, now), heard, now, batch);
                case Dhcpv6PluginMessage said -> took6(v6.hear(said, now), heard, now, batch);
            }
        }
        batch.handTo(world.sink());
    }

    private void took4(Outcome outcome, LaneQueue.@Nullable Heard heard, Instant now, LaneBatch batch) {
        Dhcpv4Client.Shown shown = v4.shown();
        shown4 = shown;
        List<ClientEvent> events = new ArrayList<>();
        for (MsgType type : outcome.told()) {
            events.add(new ClientEvent(type, now, ifname, 4, LeaseInfo.of(type, shown)));
            batch.tell(() -> world.news().told4(ifname, type, shown, now));
        }
        took(outcome, heard, events, batch, now);
    }

    private void took6(Outcome outcome, LaneQueue.@Nullable Heard heard, Instant now, LaneBatch batch) {
        Dhcpv6Client.Shown shown = v6.shown();
        shown6 = shown;
        List<ClientEvent> events = new ArrayList<>();
        for (MsgType type : outcome.told()) {
            events.add(new ClientEvent(type, now, ifname, 6, LeaseInfo.of(type, shown)));
            batch.tell(() -> world.news().told6(ifname, type, shown, now));
        }
        took(outcome, heard, events, batch, now);
    }

    private void took(
            Outcome outcome, LaneQueue.@Nullable Heard heard, List<ClientEvent> events, LaneBatch batch, Instant now) {
        LeaseReport leases = new LeaseReport(source, outcome.seen(), outcome.gone(), heard == null ? "time" : "plugin");
        Receipt receipt = heard == null ? null : heard.receipt();
        List<ReadPlace> places = receipt == null ? List.of() : List.of(receipt.place());
        batch.add(new ClientReport(source, List.of(leases), events, places), heard);
        if (heard != null) {
            String became = outcome.ignored() == null ? "taken" : outcome.ignored();
            world.counts().message(ifname, became);
            world.news().heard(heard.message(), became, receipt == null ? 1 : 2, now);
        }
    }

    /** How it stands now. */
    InterfaceState state() {
        return new InterfaceState(ifname, shown4, shown6, queue.size(), lastAt);
    }

    /** Ends when what waits was dealt with, or the desk takes nothing for two seconds. */
    void close() {
        queue.close();
        try {
            if (!thread.join(PATIENCE)) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
