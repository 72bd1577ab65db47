package io.innkeeper;

import io.innkeeper.config.ConfigChange;
import io.innkeeper.config.OutboundConfig;
import io.innkeeper.config.RunningConfig;
import io.innkeeper.ops.Metrics;
import io.innkeeper.ops.OutboundMetrics;
import io.innkeeper.outbound.OutboundService;
import io.innkeeper.outbound.OutboundStatistics;
import io.innkeeper.service.Service;
import io.innkeeper.service.ServiceController;
import io.innkeeper.store.Outbox;
import io.innkeeper.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Webhooks and MQTT as a part of the program: made where the configuration asks for it, kept in line with it. */
final class Outbound {
    private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);

    private final Heart heart;
    private final ServiceController services;
    private final RunningConfig running;
    private final Metrics metrics;
    private final Supplier<@Nullable OutboundConfig> config;
    private volatile @Nullable OutboundService service;
    private boolean measured;

    /**
     * Adds the service where it is configured; it starts with the others.
     *
     * @param config the section as it is now
     */
    Outbound(
            Heart heart,
            ServiceController services,
            RunningConfig running,
            Metrics metrics,
            Supplier<@Nullable OutboundConfig> config) {
        this.heart = heart;
        this.services = services;
        this.running = running;
        this.metrics = metrics;
        this.config = config;
        if (config.get() != null) {
            services.add(OutboundService.NAME, this::fresh);
        } else {
            forget();
        }
    }

    private synchronized Service fresh() {
        if (!measured) {
            measured = true;
            metrics.gauges(
                    "innkeeper_outbound_waiting",
                    "Events that a target has not looked at yet",
                    this::waiting,
                    "target");
        }
        OutboundService made = new OutboundService(
                () -> Objects.requireNonNullElse(config.get(), new OutboundConfig(List.of(), null, null, null)),
                heart.log,
                heart.events,
                new Outbox(heart.database),
                heart.clock,
                new Counted(metrics.outbound()),
                System.getenv(),
                new SystemsOfOurs(heart, running),
                heart.limits.outboundEvents());
        service = made;
        return made;
    }

    private Map<List<String>, Double> waiting() {
        OutboundService running = service;
        return running == null ? Map.of() : running.waiting();
    }

    /** Starts, stops or adjusts the service, as a change of the configuration asks. */
    void apply(ConfigChange change) {
        switch (change.step(OutboundService.NAME).kind()) {
            case START -> services.begin(OutboundService.NAME, this::fresh);
            case STOP -> {
                adjust(); // to no targets: their places are forgotten
                service = null;
                services.end(OutboundService.NAME);
            }
            case ADJUST, RESTART -> adjust();
            case SAME, REFUSED -> {}
        }
    }

    private void adjust() {
        OutboundService running = service;
        if (running != null) {
            try {
                running.adjust();
            } catch (StoreException e) {
                LOG.error("The targets could not follow the configuration, starting them anew: {}", e.getMessage());
                services.restart(OutboundService.NAME, reason -> LOG.error("outbound does not start: {}", reason));
            }
        }
    }

    /** Who is no longer told begins anew when told again. */
    private void forget() {
        try {
            new Outbox(heart.database).retain(List.of());
        } catch (StoreException e) {
            LOG.warn("Targets that are no longer configured could not be forgotten: {}", e.getMessage());
        }
    }

    /** Carries what targets count into the metrics. */
    private record Counted(OutboundMetrics metrics) implements OutboundStatistics {
        @Override
        public void delivered(String target, int events) {
            metrics.delivered(target, events);
        }

        @Override
        public void failed(String target) {
            metrics.failed(target);
        }

        @Override
        public void refused(String target) {
            metrics.refused(target);
        }

        @Override
        public void lost(String target, long events) {
            metrics.lost(target, events);
        }
    }
}
