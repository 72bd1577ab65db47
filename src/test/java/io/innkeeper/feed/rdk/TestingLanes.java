package io.innkeeper.feed.rdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.feed.MsgType;
import io.innkeeper.wire.rdk.PluginMessage;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Real lanes before a sink that can be held up. */
public final class TestingLanes implements ClientNews, AutoCloseable {
    /** What came out. */
    public final TestingSink sink = new TestingSink();

    /** What was counted. */
    public final MonitorCounts counts = new MonitorCounts();

    /** The lanes. */
    public final InterfaceRouter router;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    /** @param known the interfaces that are heard; empty for any three */
    public TestingLanes(int queue, Set<String> known) {
        router = new InterfaceRouter(
                new InterfaceRouter.Settings(Compatibility.NONE, queue, 3, known),
                new InterfaceRouter.World(sink, this, counts, () -> Instant.EPOCH, failures::add),
                List.of());
    }

    /** Takes failures of others too. */
    public void failed(Throwable failure) {
        failures.add(failure);
    }

    @Override
    public void told4(String ifname, MsgType type, Dhcpv4Client.Shown shown, Instant at) {
        assertThat(ifname).isNotEmpty();
    }

    @Override
    public void told6(String ifname, MsgType type, Dhcpv6Client.Shown shown, Instant at) {
        assertThat(ifname).isNotEmpty();
    }

    @Override
    public void heard(PluginMessage message, String outcome, int version, Instant at) {
        assertThat(version).isEqualTo(2);
    }

    @Override
    public void processed(long nanos) {
        assertThat(nanos).isNotNegative();
    }

    @Override
    public void close() {
        router.close();
        assertThat(failures).isEmpty();
    }
}
