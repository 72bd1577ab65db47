package io.innkeeper.bench.rdk;

import io.innkeeper.feed.ClientReport;
import io.innkeeper.feed.MsgType;
import io.innkeeper.feed.rdk.ClientNews;
import io.innkeeper.feed.rdk.Compatibility;
import io.innkeeper.feed.rdk.Dhcpv4Client;
import io.innkeeper.feed.rdk.Dhcpv6Client;
import io.innkeeper.feed.rdk.Inbox;
import io.innkeeper.feed.rdk.InterfaceRouter;
import io.innkeeper.feed.rdk.LeaseReceiver;
import io.innkeeper.feed.rdk.MessageLog;
import io.innkeeper.feed.rdk.MonitorCounts;
import io.innkeeper.feed.rdk.RefusedMessages;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.SpAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Innkeeper's receiver without the rest of it: hears and checks messages, and counts them; with handlers also decides what they mean
 * for the leases, and forgets that.
 */
final class LeasePull implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int CONNECTIONS = 20_000;

    private final MonitorCounts counts = new MonitorCounts();
    private final LongAdder heard = new LongAdder();
    private final LongAdder decided = new LongAdder();
    private final LeaseReceiver receiver;
    private final @Nullable InterfaceRouter router;

    /**
     * Hears at once, at a port that the system chooses.
     *
     * @param handlers whether it is decided what the messages mean
     */
    LeasePull(boolean handlers) throws IOException {
        router = handlers ? router() : null;
        Inbox inbox = router == null ? _ -> count() : router;
        receiver = new LeaseReceiver(
                List.of(new SpAddress(SpAddress.Transport.TCP, "127.0.0.1", 0, "")),
                new LeaseReceiver.Limits(1 << 20, CONNECTIONS, LONG, LONG),
                inbox,
                counts,
                new RefusedMessages(counts, new MessageLog(), () -> Instant.EPOCH),
                LeasePull::fail);
        if (router != null) {
            router.onRoom(receiver::room);
        }
        receiver.start();
    }

    private boolean count() {
        heard.increment();
        return true;
    }

    private InterfaceRouter router() {
        return new InterfaceRouter(
                new InterfaceRouter.Settings(Compatibility.NONE, 1_000, 64, Set.of()),
                new InterfaceRouter.World(
                        new CountingSink(), new Deaf(), counts, InstantSource.system(), LeasePull::fail),
                List.of());
    }

    private static void fail(Throwable failure) {
        failure.printStackTrace();
        System.exit(1);
    }

    int port() {
        return receiver.addresses().getFirst().port();
    }

    int connections() {
        return receiver.connections();
    }

    /** How many messages were taken. */
    long taken() {
        return router == null ? heard.sum() : decided.sum();
    }

    /** How many messages were not taken, by why. */
    Map<List<String>, Double> outcomes() {
        return counts.messages();
    }

    @Override
    public void close() {
        receiver.close();
        if (router != null) {
            router.close();
        }
    }

    /** Takes what becomes of the leases, and counts it. */
    private final class CountingSink extends NoSink {
        @Override
        public void clients(ClientReport report, Runnable stored) {
            decided.increment();
            stored.run();
        }
    }

    private static final class Deaf implements ClientNews {
        @Override
        public void told4(String ifname, MsgType type, Dhcpv4Client.Shown shown, Instant at) {}

        @Override
        public void told6(String ifname, MsgType type, Dhcpv6Client.Shown shown, Instant at) {}

        @Override
        public void heard(PluginMessage message, String outcome, int version, Instant at) {}

        @Override
        public void processed(long nanos) {}
    }
}
