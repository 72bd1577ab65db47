package io.innkeeper;

import io.innkeeper.arp.ArpStatistics;
import io.innkeeper.arp.Hearing;
import io.innkeeper.ops.ArpMetrics;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Carries what the scanner counts into the metrics. For its thread. */
final class ArpCounting implements ArpStatistics {
    private final ArpMetrics metrics;
    private final Map<Hearing.Kind, String> names = new EnumMap<>(Hearing.Kind.class);

    ArpCounting(ArpMetrics metrics) {
        this.metrics = metrics;
        for (Hearing.Kind kind : Hearing.Kind.values()) {
            names.put(kind, kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    @Override
    public void sent(int sent, int failed) {
        metrics.questions(sent, failed);
    }

    @Override
    public void heard(Hearing.Kind kind) {
        metrics.heard(names.getOrDefault(kind, "other"));
    }

    @Override
    public void malformed() {
        metrics.malformed();
    }
}
