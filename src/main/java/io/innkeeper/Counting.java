package io.innkeeper;

import io.innkeeper.api.http.HttpStatistics;
import io.innkeeper.api.sse.SseStreams;
import io.innkeeper.desk.DeskStatistics;
import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventType;
import io.innkeeper.ops.Metrics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Carries what the parts count into the metrics. */
final class Counting implements DeskStatistics, HttpStatistics, SseStreams.Statistics {
    private final Metrics metrics;

    Counting(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void reportTaken() {
        metrics.reports.inc();
    }

    @Override
    public void committed(long nanos, List<EventDraft> events) {
        metrics.commitSeconds.observe(Metrics.seconds(nanos));
        Map<EventType, Integer> byType = new EnumMap<>(EventType.class);
        events.forEach(event -> byType.merge(event.type(), 1, Integer::sum));
        byType.forEach((type, count) -> metrics.events.labelValues(type.text()).inc(count));
    }

    @Override
    public void together(int words) {
        metrics.leaseMonitor().together(words);
    }

    @Override
    public void commitFailed() {
        metrics.commitFailures.inc();
    }

    @Override
    public void workFailed() {
        metrics.workFailures.inc();
    }

    @Override
    public void sightingsDropped(int count) {
        metrics.sightingsDropped.inc(count);
    }

    @Override
    public void answered(String route, int status) {
        metrics.httpRequests.labelValues(route, String.valueOf(status)).inc();
    }

    @Override
    public void refused() {
        metrics.httpRefused.inc();
    }

    @Override
    public void sent(int events) {
        metrics.sseSent.inc(events);
    }

    @Override
    public void cut() {
        metrics.sseCut.inc();
    }

    @Override
    public void reset() {
        metrics.sseResets.inc();
    }
}
