package io.innkeeper;

import io.innkeeper.dhcp.DhcpStatistics;
import io.innkeeper.dhcp.Outcome.Verdict;
import io.innkeeper.ops.DhcpMetrics;
import io.innkeeper.ops.DhcpMetrics.Tally;
import io.innkeeper.wire.dhcp4.Malformed;
import io.innkeeper.wire.dhcp4.MessageType;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries what the DHCP server counts into the metrics. For the thread of the server. */
final class DhcpCounting implements DhcpStatistics {
    private final DhcpMetrics metrics;
    private final Map<MessageType, Map<Verdict, Tally>> byType = new EnumMap<>(MessageType.class);
    private final Map<Verdict, Tally> withoutType = new EnumMap<>(Verdict.class);

    DhcpCounting(DhcpMetrics metrics) {
        this.metrics = metrics;
        for (MessageType type : MessageType.values()) {
            byType.put(type, new EnumMap<>(Verdict.class));
        }
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public void decided(@Nullable MessageType type, Verdict verdict) {
        Map<Verdict, Tally> tallies = type == null ? withoutType : byType.getOrDefault(type, withoutType);
        Tally tally = tallies.get(verdict);
        if (tally == null) {
            tally = metrics.packets(type == null ? "bootp" : text(type), text(verdict));
            tallies.put(verdict, tally);
        }
        tally.add();
    }

    @Override
    public void malformed(Malformed reason) {
        metrics.malformed(text(reason));
    }

    @Override
    public void foreignInterface() {
        metrics.foreign();
    }

    @Override
    public void handled(int packets, long nanos) {
        metrics.handled(nanos);
    }

    @Override
    public void committed(int changes, long nanos) {
        metrics.committed(changes, nanos);
    }

    @Override
    public void commitFailed() {
        metrics.commitFailed();
    }

    @Override
    public void sent(int replies, int failed) {
        metrics.replies(replies, failed);
    }

    @Override
    public void fault() {
        metrics.fault();
    }

    /** A piece of news was lost; by any thread. */
    void newsDropped() {
        metrics.newsDropped();
    }
}
