package io.innkeeper;

import io.innkeeper.api.http.Route;
import io.innkeeper.api.http.Tr181Routes;
import io.innkeeper.api.http.UplinkRoutes;
import io.innkeeper.config.ConfigChange;
import io.innkeeper.config.LeaseMonitorClient;
import io.innkeeper.config.LeaseMonitorCompatibility;
import io.innkeeper.config.LeaseMonitorConfig;
import io.innkeeper.config.LeaseMonitorLimits;
import io.innkeeper.config.LeaseMonitorV2;
import io.innkeeper.feed.rdk.Compatibility;
import io.innkeeper.feed.rdk.InterfaceRouter;
import io.innkeeper.feed.rdk.InterfaceState;
import io.innkeeper.feed.rdk.LeaseMonitorService;
import io.innkeeper.feed.rdk.LeaseReceiver;
import io.innkeeper.feed.rdk.MonitorCounts;
import io.innkeeper.feed.rdk.RefusedMessages;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.ops.Metrics;
import io.innkeeper.service.Health;
import io.innkeeper.service.Service;
import io.innkeeper.service.Service.FailureListener;
import io.innkeeper.service.ServiceController;
import io.innkeeper.service.ServiceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease monitor as a part of the program: made where the configuration asks for it, kept in line with it. */
final class LeaseMonitor {
    /** The name of the service and of its section of the configuration. */
    static final String SERVICE = "lease-monitor";

    private static final Logger LOG = LoggerFactory.getLogger(LeaseMonitor.class);

    /** How long a start waits for the desk at most. */
    private static final int STORED_SECONDS = 5;

    private final AtomicBoolean ranBefore = new AtomicBoolean();
    private final Heart heart;
    private final ServiceController services;
    private final Metrics metrics;
    private final Supplier<@Nullable LeaseMonitorConfig> config;
    private final MonitorCounts counts = new MonitorCounts();
    private final Uplinks uplinks;
    private final RefusedMessages refused;
    private final LeaseReports reports;
    private volatile @Nullable LeaseMonitorService running;

    /**
     * Counts from now on, and hears nothing yet.
     *
     * @param config the section as it is now
     * @param dns takes records of the local domains
     */
    LeaseMonitor(
            Heart heart,
            ServiceController services,
            Metrics metrics,
            Supplier<@Nullable LeaseMonitorConfig> config,
            Consumer<UnaryOperator<List<String>>> dns) {
        this.heart = heart;
        this.services = services;
        this.metrics = metrics;
        this.config = config;
        this.uplinks = new Uplinks(heart, config, this::states, counts);
        this.refused = new RefusedMessages(counts, uplinks.log(), heart.clock);
        this.reports = new LeaseReports(heart, metrics, counts, refused, dns);
        metrics.counts(
                "innkeeper_lease_monitor_messages",
                "Messages of plugins, by interface and what became of them",
                counts::messages,
                "interface",
                "outcome");
        metrics.counts(
                "innkeeper_lease_monitor_connections",
                "Connections of plugins: accepted, and why they were closed",
                counts::connections,
                "what");
    }

    /** Adds its service where it is configured; call before services start. */
    void add() {
        if (config.get() != null) {
            services.add(SERVICE, this::fresh);
        }
    }

    private Service fresh() {
        LeaseMonitorService made = new LeaseMonitorService(this::open, counts, refused, UplinkCommands.of(uplinks));
        running = made;
        return made;
    }

    private List<InterfaceState> states() {
        LeaseMonitorService service = running;
        return service == null ? List.of() : service.states();
    }

    /** The routes of what it shows. */
    List<Route> routes() {
        List<Route> routes = new ArrayList<>(new UplinkRoutes(uplinks, heart.clock).routes());
        routes.addAll(new Tr181Routes(uplinks, heart.clock).routes());
        return routes;
    }

    /** Starts, stops or restarts it, as a change of the configuration asks. */
    void apply(ConfigChange change) {
        switch (change.step(SERVICE).kind()) {
            case START -> services.begin(SERVICE, this::fresh);
            case STOP -> {
                services.end(SERVICE);
                forgetUnwatched();
            }
            case ADJUST -> {
                if (!v2().map(reports::keys).orElse(false)) {
                    restart();
                }
            }
            case RESTART -> restart();
            case SAME, REFUSED -> {}
        }
    }

    private void restart() {
        services.restart(SERVICE, reason -> LOG.error("The lease monitor does not start: {}", reason));
    }

    private Optional<LeaseMonitorV2> v2() {
        return Optional.ofNullable(config.get()).map(LeaseMonitorConfig::v2);
    }

    /** Forgets senders that are silent for long. */
    void prune() {
        v2().map(LeaseMonitorV2::limits).ifPresent(reports::forget);
    }

    /** Where nobody listens, nobody hears that a lease ends: then its leases are not listed. Call when the desk has started. */
    void forgetUnwatched() {
        if (config.get() != null) {
            return;
        }
        try {
            for (String ifname : heart.leases.sources(LeaseSource.RDK)) {
                heart.desk.forget(LeaseSource.rdk(ifname));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private LeaseMonitorService.World open(FailureListener listener) throws ServiceException {
        LeaseMonitorConfig section = Objects.requireNonNull(config.get(), "lease-monitor is not configured");
        Opened opened = new Opened(section, listener);
        try {
            opened.listen(section.limits(), listener);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw new ServiceException("the lease monitor cannot listen at " + e.getMessage(), e);
        } catch (ServiceException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** What the store holds. What an earlier run handed to the desk may still be on its way there: then it is waited for. */
    private List<Lease> known() {
        if (ranBefore.getAndSet(true)) {
            CountDownLatch stored = new CountDownLatch(1);
            heart.desk.inTurn(stored::countDown);
            try {
                if (!stored.await(STORED_SECONDS, TimeUnit.SECONDS)) {
                    LOG.warn("The lease monitor starts on what the store holds; what was heard last may be missing");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return heart.leases.all(LeaseSource.RDK);
    }

    private static InterfaceRouter.Settings settings(LeaseMonitorConfig section) {
        return new InterfaceRouter.Settings(
                section.compatibility() == LeaseMonitorCompatibility.RDK ? Compatibility.RDK : Compatibility.NONE,
                section.limits().queue(),
                section.limits().interfaces(),
                section.clients().stream().map(LeaseMonitorClient::name).collect(Collectors.toSet()));
    }

    /** All that one run has open. */
    private final class Opened implements LeaseMonitorService.World {
        private final LeaseMonitorConfig section;
        private final InterfaceRouter router;
        private @Nullable LeaseReceiver receiver;
        private LeaseReports.@Nullable Running second;

        Opened(LeaseMonitorConfig section, FailureListener listener) {
            this.section = section;
            this.router = new InterfaceRouter(
                    settings(section),
                    new InterfaceRouter.World(
                            heart.desk,
                            new LeaseMonitorNews(metrics.leaseMonitor(), uplinks),
                            counts,
                            heart.clock,
                            listener::failed),
                    known());
        }

        void listen(LeaseMonitorLimits limits, FailureListener listener) throws IOException, ServiceException {
            LeaseReceiver made = new LeaseReceiver(
                    section.listen(),
                    new LeaseReceiver.Limits(
                            (int) limits.message().bytes(),
                            limits.connections(),
                            limits.handshake(),
                            limits.unfinished()),
                    router,
                    counts,
                    refused,
                    listener::failed);
            receiver = made;
            LeaseMonitorV2 v2 = section.v2();
            LeaseReports.Running reporting = v2 == null ? null : reports.open(v2, router, listener);
            second = reporting;
            router.onRoom(ifname -> {
                made.room(ifname);
                if (reporting != null) {
                    reporting.receiver().room(ifname);
                }
            });
        }

        @Override
        public void start() {
            receiver().start();
            if (second != null) {
                second.receiver().start();
            }
        }

        @Override
        public Optional<Health> v2() {
            return Optional.ofNullable(second).map(LeaseReports.Running::health);
        }

        @Override
        public LeaseReceiver receiver() {
            return Objects.requireNonNull(receiver, "not open");
        }

        @Override
        public InterfaceRouter router() {
            return router;
        }

        @Override
        public void close() {
            if (second != null) {
                second.close();
            }
            LeaseReceiver hearing = receiver;
            if (hearing != null) {
                hearing.close();
            }
            router.close();
        }
    }
}
