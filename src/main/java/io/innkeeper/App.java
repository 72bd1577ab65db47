package io.innkeeper;

import io.innkeeper.api.http.Answer;
import io.innkeeper.api.http.ConfigRoutes;
import io.innkeeper.api.http.DeviceRoutes;
import io.innkeeper.api.http.DnsOverHttps;
import io.innkeeper.api.http.DnsRoutes;
import io.innkeeper.api.http.DnsmasqRoutes;
import io.innkeeper.api.http.EventRoutes;
import io.innkeeper.api.http.HttpService;
import io.innkeeper.api.http.LeaseRoutes;
import io.innkeeper.api.http.OpenApi;
import io.innkeeper.api.http.Route;
import io.innkeeper.api.http.RouteTable;
import io.innkeeper.api.http.ServiceRoutes;
import io.innkeeper.api.http.StatusRoutes;
import io.innkeeper.api.sse.SseStreams;
import io.innkeeper.config.Config;
import io.innkeeper.config.ConfigChange;
import io.innkeeper.config.ConfigProblem;
import io.innkeeper.config.ConfigResult;
import io.innkeeper.config.ConfigSources;
import io.innkeeper.config.DnsmasqSource;
import io.innkeeper.config.ListenAddress;
import io.innkeeper.config.RunningConfig;
import io.innkeeper.event.EventType;
import io.innkeeper.feed.dnsmasq.DnsmasqPlaces;
import io.innkeeper.feed.dnsmasq.DnsmasqService;
import io.innkeeper.io.FileChanges;
import io.innkeeper.io.FolderWatch;
import io.innkeeper.ops.LogSetup;
import io.innkeeper.ops.Metrics;
import io.innkeeper.security.AccessGate;
import io.innkeeper.service.Service;
import io.innkeeper.service.ServiceController;
import io.innkeeper.service.ServiceException;
import io.innkeeper.service.ServiceStatus;
import io.innkeeper.store.Database;
import io.innkeeper.store.Settings;
import io.innkeeper.store.StoreException;
import io.innkeeper.view.EventBodies;
import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds everything, starts it in order, stops it in reverse. All wiring is here. */
public final class App implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(App.class);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);
    private static final Duration CONFIG_POLL = Duration.ofSeconds(2);
    private static final String API = "api";
    private static final String DNSMASQ = "dnsmasq";

    /** Milliseconds are what the API shows and the store keeps. */
    private final InstantSource clock = () -> Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private final ConfigSources sources;
    private final boolean demo;
    private final LogSetup logSetup;
    private final Metrics metrics = new Metrics();
    private final Counting counting = new Counting(metrics);
    private final Heart heart;
    private final FolderWatch folders;
    private final RunningConfig running;
    private final ServiceController services;
    private final Installing installing;
    private final OwnDhcp dhcp4;
    private final RollCall rollCall;
    private final OwnDns dns;
    private final LeaseMonitor leaseMonitor;
    private final Outbound outbound;
    private final DnsmasqQueries queries;
    private final DnsmasqBuses buses;
    private final OwnGrpc grpc;
    private final ScheduledExecutorService housekeeping = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().name("housekeeping").daemon().unstarted(work));
    private final List<String> runtimeProblems = new ArrayList<>();
    private final Config withoutRuntime;
    private volatile Config wanted;
    private volatile AccessGate gate;
    private volatile @Nullable DnsmasqService dnsmasq;
    private volatile @Nullable HttpService http;
    private @Nullable FileChanges configFile;

    /**
     * Reads the configuration and opens the store; nothing runs yet.
     *
     * @param demo true where the network is simulated, which the page then says
     * @throws StartException if the configuration is wrong or the store cannot be opened
     */
    public App(ConfigSources sources, boolean demo, LogSetup logSetup) throws StartException {
        this.sources = sources;
        this.demo = demo;
        this.logSetup = logSetup;
        ConfigResult.Valid base = valid(sources.load(null));
        logSetup.apply(LogMapping.settings(base.config().log()));
        Database database = open(base.config().store());
        Optional<String> layer = new Settings(database).get(Settings.RUNTIME_CONFIG);
        ConfigResult layered = sources.load(layer.orElse(null));
        if (layered instanceof ConfigResult.Invalid invalid) {
            runtimeProblems.addAll(texts(invalid.errors()));
        }
        this.withoutRuntime = base.config();
        ConfigResult.Valid first = layered instanceof ConfigResult.Valid valid ? valid : base;
        this.wanted = first.config();
        this.gate = gate(wanted);
        logSetup.apply(LogMapping.settings(wanted.log()));
        this.folders = folderWatch();
        this.heart = heart(database);
        this.services = new ServiceController(
                clock,
                (type, service, message) -> heart.tell(EventBodies.service(type, clock.instant(), service, message)),
                STOP_DEADLINE,
                ServiceController.BackOff.USUAL);
        this.running = new RunningConfig(
                sources, first, new RuntimeLayerStore(heart.settings, clock), this::apply, new Told());
        this.installing =
                new Installing(heart, () -> wanted, key -> running.result().where(key));
        this.dhcp4 = new OwnDhcp(
                heart,
                services,
                new DhcpCounting(metrics.dhcp()),
                () -> wanted.dhcp4(),
                key -> running.result().where(key),
                installing);
        this.rollCall = new RollCall(
                heart,
                services,
                metrics.arp(),
                () -> wanted.arp(),
                () -> wanted.devices().names());
        this.dns = new OwnDns(heart, folders, services, metrics.dns(), () -> wanted.dns());
        this.leaseMonitor = new LeaseMonitor(heart, services, metrics, () -> wanted.leaseMonitor(), dns::announce);
        this.outbound = new Outbound(heart, services, running, metrics, () -> wanted.outbound());
        this.grpc = new OwnGrpc(heart, services, running, metrics, () -> wanted.api());
        this.queries = new DnsmasqQueries(heart, () -> wanted.dns());
        this.buses = new DnsmasqBuses(heart, this::wantedDnsmasqs, () -> Optional.ofNullable(dnsmasq), metrics);
    }

    private static ConfigResult.Valid valid(ConfigResult result) throws StartException {
        return switch (result) {
            case ConfigResult.Valid valid -> valid;
            case ConfigResult.Invalid invalid -> throw new StartException(invalid.text());
        };
    }

    private static List<String> texts(List<ConfigProblem> problems) {
        return problems.stream().map(ConfigProblem::text).toList();
    }

    private static Database open(String store) throws StartException {
        try {
            return Database.open(Path.of(store.substring("sqlite:".length())));
        } catch (StoreException e) {
            throw new StartException("error: store: " + e.getMessage());
        }
    }

    private Heart heart(Database database) throws StartException {
        try {
            return new Heart(database, clock, counting, () -> wanted.devices(), wanted.limits());
        } catch (StoreException e) {
            database.close();
            throw new StartException("error: store: " + e.getMessage());
        }
    }

    private static FolderWatch folderWatch() throws StartException {
        try {
            return new FolderWatch();
        } catch (IOException e) {
            throw new StartException(
                    "error: the system gives no more file watches (fs.inotify.max_user_instances): " + e.getMessage());
        }
    }

    private static AccessGate gate(Config config) {
        return new AccessGate(
                config.api().allowedHosts(), config.api().cors(), config.api().notifyFrom());
    }

    /**
     * Starts everything; returns when the page can be reached.
     *
     * @throws StartException if the page cannot be served; call {@link #close} then, as always
     */
    public void start() throws StartException {
        heart.desk.start();
        leaseMonitor.forgetUnwatched();
        RouteTable routes = routes();
        services.add(DNSMASQ, this::dnsmasqService);
        if (wanted.dhcp4() != null) {
            services.add(OwnDhcp.SERVICE, dhcp4::fresh);
        }
        dhcp4.list();
        leaseMonitor.add();
        installing.start(dhcp4::installsChanged);
        ControlSocket.add(services, () -> wanted);
        services.add(API, () -> httpService(routes));
        new Gauges(metrics).show(heart, services, this::followers, () -> wanted.metrics());
        new DnsmasqLines(() -> Optional.ofNullable(dnsmasq)).measure(metrics);
        services.start();
        if (!apiRuns() && !withoutRuntime.api().listen().equals(wanted.api().listen())) {
            setRuntimeAside();
        }
        if (!apiRuns()) {
            throw new StartException("error: " + apiStatus().message());
        }
        grpc.begin(); // the page does not wait for it
        watchConfiguration();
        Future<?> _ = housekeeping.scheduleWithFixedDelay(installing::tick, 5, 5, TimeUnit.SECONDS);
        Future<?> _ = housekeeping.scheduleWithFixedDelay(this::prune, 60, 60, TimeUnit.SECONDS);
        running.result().warnings().forEach(warning -> LOG.warn("{}", warning.text()));
        if (!runtimeProblems.isEmpty()) {
            new Told().rejected("run-time settings of the store", runtimeProblems);
        }
    }

    private ServiceStatus apiStatus() {
        return services.status(API).orElseThrow();
    }

    private boolean apiRuns() {
        return apiStatus().state().equals("running");
    }

    /** An address set through the API that cannot be had must not keep the program, and so the API, from starting. */
    private void setRuntimeAside() {
        runtimeProblems.add("api.listen: " + apiStatus().message()
                + "; all run-time settings are set aside until the next start or change");
        running.setAside("without run-time settings");
    }

    private void prune() {
        heart.prune(wanted.events().keep(), wanted.history().keep());
        dhcp4.prune();
        leaseMonitor.prune();
    }

    private void watchConfiguration() {
        Path file = sources.file();
        if (file != null) {
            configFile = new FileChanges(file, folders, CONFIG_POLL, () -> running.reload("file"));
            if (runtimeProblems.isEmpty()) {
                running.reload("file"); // it may have changed between the first reading and the watch
            }
        }
    }

    /** Reads file and environment again, as after SIGHUP. */
    public void reload() {
        running.reload("SIGHUP");
    }

    private Service dnsmasqService() {
        DnsmasqService service = new DnsmasqService(
                new DnsmasqFeeds(heart, folders, queries::of),
                this::wantedDnsmasqs,
                wanted.dnsmasq() == null,
                List.of(buses.restore()),
                clock);
        dnsmasq = service;
        return service;
    }

    private List<DnsmasqService.Wanted> wantedDnsmasqs() {
        DnsmasqWays ways = new DnsmasqWays(folders, clock);
        List<DnsmasqSource> configured = wanted.dnsmasq();
        return configured == null
                ? new DnsmasqPlaces(Path.of("/"))
                        .find().stream().map(ways::found).toList()
                : configured.stream().map(ways::wanted).toList();
    }

    private Service httpService(RouteTable routes) {
        ListenAddress listen = wanted.api().listen();
        String host = listen.host().equals(ListenAddress.ANY) ? "" : listen.host();
        SseStreams streams = new SseStreams(
                heart.log,
                heart.events,
                () -> wanted.api().maxSseClients(),
                () -> wanted.api().sseBuffer(),
                SseStreams.HEARTBEAT,
                counting);
        HttpService service = new HttpService(
                new HttpService.Listen(host, listen.port(), heart.limits.httpThreads()),
                () -> gate,
                routes,
                streams,
                new DnsOverHttps(dns),
                HttpService.IDLE,
                counting);
        http = service;
        return service;
    }

    private RouteTable routes() {
        String version = Version.text();
        List<Route> routes = new ArrayList<>();
        routes.addAll(new LeaseRoutes(heart.leases, dhcp4, heart.audit, clock).routes());
        routes.addAll(dhcp4.routes(metrics.dhcp(), () -> Optional.ofNullable(dnsmasq)));
        routes.addAll(new DeviceRoutes(heart.devices, heart.presences, heart.desk, heart.audit, clock).routes());
        routes.addAll(installing.routes());
        routes.addAll(Neighbourhood.routes(heart, dhcp4));
        routes.addAll(new DnsRoutes(dns, queries, heart.devices, running, clock).routes());
        routes.addAll(buses.routes());
        routes.addAll(leaseMonitor.routes());
        routes.addAll(new EventRoutes(heart.events).routes());
        routes.addAll(new ServiceRoutes(services).routes());
        routes.addAll(new ConfigRoutes(running, heart.leases).routes());
        routes.addAll(new DnsmasqRoutes(
                        () -> gate,
                        () -> Optional.ofNullable(dnsmasq)
                                .map(DnsmasqService::names)
                                .orElse(List.of()),
                        notice -> Optional.ofNullable(dnsmasq).flatMap(service -> service.tell(notice)))
                .routes());
        routes.addAll(new StatusRoutes(
                        version,
                        demo,
                        clock,
                        heart.leases,
                        heart.devices,
                        heart.events,
                        heart.log,
                        services,
                        heart.desk::trouble,
                        metrics::text)
                .routes());
        routes.add(Route.get(
                "/openapi.json",
                "This document",
                Object.class,
                call -> Answer.json(OpenApi.write(new RouteTable(routes), version))));
        return new RouteTable(routes);
    }

    private double followers() {
        HttpService service = http;
        return service == null ? 0 : service.followers();
    }

    /** Brings the parts in line with a new configuration; see {@link RunningConfig.Applier}. */
    private void apply(Config old, Config next, ConfigChange change) throws RunningConfig.RefusedException {
        wanted = next;
        gate = gate(next);
        try {
            applyLog(old, next);
            if (!old.api().listen().equals(next.api().listen())) {
                moveListener(old, next);
            }
        } catch (RunningConfig.RefusedException e) {
            wanted = old;
            gate = gate(old);
            logSetup.apply(LogMapping.settings(old.log()));
            throw e;
        }
        dhcp4.apply(change.step(OwnDhcp.SERVICE).kind());
        ControlSocket.apply(services, old, () -> wanted);
        grpc.apply(old.api());
        rollCall.apply(change);
        dns.apply(change);
        leaseMonitor.apply(change);
        outbound.apply(change);
        try {
            applyDnsmasq(old, next);
        } catch (StoreException e) {
            LOG.error("The sources could not follow the configuration, starting them anew: {}", e.getMessage());
            services.restart(DNSMASQ, reason -> LOG.error("The service dnsmasq does not start: {}", reason));
        }
    }

    private void applyLog(Config old, Config next) throws RunningConfig.RefusedException {
        if (old.log().equals(next.log())) {
            return;
        }
        List<String> problems = logSetup.apply(LogMapping.settings(next.log()));
        if (!problems.isEmpty()) {
            throw new RunningConfig.RefusedException("log: " + String.join("; ", problems));
        }
    }

    /**
     * A new listener is tried before the old one closes. Where the two cannot stand side by side it has to be the other way
     * round, and a change that fails is taken back.
     */
    private void moveListener(Config old, Config next) throws RunningConfig.RefusedException {
        if (apiRuns() && excludeEachOther(old.api().listen(), next.api().listen())) {
            services.restart(
                    API, reason -> housekeeping.execute(() -> running.takeBack(next, "api.listen: " + reason)));
            return;
        }
        HttpService before = http;
        try {
            services.replace(API);
        } catch (ServiceException e) {
            http = before;
            throw new RunningConfig.RefusedException("api.listen: " + e.getMessage());
        }
    }

    /** True where both take the same port of the same address, as far as is sure. */
    private static boolean excludeEachOther(ListenAddress one, ListenAddress other) {
        boolean differ = IpAddress.parse(one.host()).isPresent()
                && IpAddress.parse(other.host()).isPresent()
                && !one.isAny()
                && !other.isAny()
                && !one.host().equals(other.host());
        return one.port() != 0 && one.port() == other.port() && !differ;
    }

    private void applyDnsmasq(Config old, Config next) {
        boolean searched = old.dnsmasq() == null;
        boolean searches = next.dnsmasq() == null;
        DnsmasqService service = dnsmasq;
        if (searched != searches) {
            services.restart(DNSMASQ, reason -> LOG.error("The service dnsmasq does not start: {}", reason));
        } else if (service != null) {
            service.adjust();
        }
    }

    /** Tells what became of a change of the configuration: log and event. */
    private final class Told implements RunningConfig.Listener {
        @Override
        public void applied(String from, ConfigChange change) {
            Map<String, String> changes = RunningConfig.summary(change);
            LOG.info("New configuration ({}): {}", from, changes);
            dhcp4.applied(change);
            installing.applied(change);
            heart.tell(EventBodies.config(
                    EventType.CONFIG_APPLIED, clock.instant(), Map.of("from", from, "changes", changes)));
        }

        @Override
        public void rejected(String from, List<String> problems) {
            problems.forEach(problem -> LOG.error("The configuration ({}) was rejected: {}", from, problem));
            heart.tell(EventBodies.config(
                    EventType.CONFIG_REJECTED, clock.instant(), Map.of("from", from, "problems", problems)));
        }
    }

    /** Where the page is. */
    public URI uri() {
        HttpService service = http;
        if (service == null) {
            throw new IllegalStateException("not started");
        }
        return service.uri();
    }

    /** Stops everything in reverse order. */
    @Override
    public void close() {
        FileChanges watch = configFile;
        if (watch != null) {
            watch.close();
        }
        services.close();
        queries.close();
        housekeeping.shutdownNow();
        installing.close();
        heart.close();
        folders.close();
    }
}
