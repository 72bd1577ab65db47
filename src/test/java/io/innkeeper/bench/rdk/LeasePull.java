package io.innkeeper.bench.rdk;

import io.innkeeper.feed.rdk.Inbox;
import io.innkeeper.feed.rdk.LeaseReceiver;
import io.innkeeper.feed.rdk.MonitorCounts;
import io.innkeeper.feed.rdk.RefusedMessages;
import io.innkeeper.wire.rdk.SpAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Innkeeper's receiver alone: hears and reads messages, and counts them; nothing is decided or stored. */
final class LeasePull implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final MonitorCounts counts = new MonitorCounts();
    private final LeaseReceiver receiver;

    LeasePull(Inbox inbox) throws IOException {
        receiver = new LeaseReceiver(
                List.of(new SpAddress(SpAddress.Transport.TCP, "127.0.0.1", 0, "")),
                new LeaseReceiver.Limits(1 << 20, 20_000, LONG, LONG),
                inbox,
                counts,
                new RefusedMessages(counts, () -> Instant.EPOCH),
                failure -> {
                    failure.printStackTrace();
                    System.exit(1);
                });
    }
}
