package io.innkeeper.api.http;

import io.innkeeper.dns.log.QueryStatistics;
import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.dns.log.StatisticsWindow;
import io.innkeeper.dns.log.StepCounts;
import io.innkeeper.dns.log.TopEntry;
import io.innkeeper.view.DnsStatisticsView;
import io.innkeeper.wire.dns.DnsName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How far back statistics look, and how fine. */
enum DnsWindow {
    HOUR(StatisticsWindow.HOUR, Duration.ofHours(1), Duration.ofMinutes(1)),
    DAY(StatisticsWindow.DAY, Duration.ofDays(1), Duration.ofMinutes(15));

    private final StatisticsWindow window;
    private final long lengthS;
    private final long slotS;

    DnsWindow(StatisticsWindow window, Duration length, Duration slot) {
        this.window = window;
        this.lengthS = length.toSeconds();
        this.slotS = slot.toSeconds();
    }

    static Optional<DnsWindow> parse(String text) {
        return switch (text) {
            case "hour" -> Optional.of(HOUR);
            case "day" -> Optional.of(DAY);
            default -> Optional.empty();
        };
    }

    DnsStatisticsView view(QueryStatistics statistics, Instant now, int limit, DnsDevices names) {
        Instant to = slot(now).plusSeconds(slotS);
        Instant from = to.minusSeconds(lengthS);
        return new DnsStatisticsView(
                this == HOUR ? "hour" : "day",
                from,
                to,
                slotS,
                series(statistics.minutes(from), from),
                top(statistics.topNames(window, limit)),
                top(statistics.topBlocked(window, limit)),
                statistics.topClients(window, limit).stream()
                        .map(entry -> new DnsStatisticsView.DnsTopClient(
                                DnsDevices.text(entry.key().device()),
                                names.name(entry.key().device()),
                                DnsDevices.text(entry.key().address()),
                                entry.count(),
                                entry.error()))
                        .toList(),
                statistics.times(window).stream()
                        .map(time -> new DnsStatisticsView.DnsTimes(
                                time.step().text(), time.count(), time.averageMicros(), time.p99Micros()))
                        .toList());
    }

    private Instant slot(Instant at) {
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), slotS) * slotS);
    }

    private List<DnsStatisticsView.DnsSlot> series(List<StepCounts> minutes, Instant from) {
        Map<Instant, Map<String, Long>> slots = new TreeMap<>();
        for (StepCounts minute : minutes) {
            Map<String, Long> slot = slots.computeIfAbsent(slot(minute.from()), _ -> new LinkedHashMap<>());
            for (Map.Entry<QueryStep, Long> count : minute.counts().entrySet()) {
                slot.merge(count.getKey().text(), count.getValue(), Long::sum);
            }
        }
        return slots.entrySet().stream()
                .filter(slot -> !slot.getKey().isBefore(from))
                .map(slot -> new DnsStatisticsView.DnsSlot(slot.getKey(), slot.getValue()))
                .toList();
    }

    private static List<DnsStatisticsView.DnsTopName> top(List<TopEntry<DnsName>> entries) {
        return entries.stream()
                .map(entry -> new DnsStatisticsView.DnsTopName(entry.key().text(), entry.count(), entry.error()))
                .toList();
    }
}
