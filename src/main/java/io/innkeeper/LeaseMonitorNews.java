package io.innkeeper;

import io.innkeeper.feed.MsgType;
import io.innkeeper.feed.rdk.ClientNews;
import io.innkeeper.feed.rdk.Dhcpv4Client;
import io.innkeeper.feed.rdk.Dhcpv6Client;
import io.innkeeper.ops.LeaseMonitorMetrics;
import io.innkeeper.wire.rdk.PluginMessage;
import java.time.Instant;

/** What becomes of that which the lease monitor tells of clients. */
final class LeaseMonitorNews implements ClientNews {
    private static final String V4 = "4";
    private static final String V6 = "6";

    private final LeaseMonitorMetrics metrics;
    private final Uplinks uplinks;

    LeaseMonitorNews(LeaseMonitorMetrics metrics, Uplinks uplinks) {
        this.metrics = metrics;
        this.uplinks = uplinks;
    }

    @Override
    public void told4(String ifname, MsgType type, Dhcpv4Client.Shown shown, Instant at) {
        metrics.told(V4, type.text());
        uplinks.heardOf(ifname);
    }

    @Override
    public void told6(String ifname, MsgType type, Dhcpv6Client.Shown shown, Instant at) {
        metrics.told(V6, type.text());
        uplinks.heardOf(ifname);
    }

    @Override
    public void heard(PluginMessage message, String outcome, int version, Instant at) {
        uplinks.log().add(message, outcome, version, at);
    }

    @Override
    public void processed(long nanos) {
        metrics.processed(nanos);
    }

    @Override
    public void stored(long nanos) {
        metrics.stored(nanos);
    }
}
