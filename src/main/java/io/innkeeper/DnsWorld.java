package io.innkeeper;

import io.innkeeper.config.DnsConfig;
import io.innkeeper.config.ListenAddress;
import io.innkeeper.config.UpstreamAddress;
import io.innkeeper.dns.CacheFile;
import io.innkeeper.dns.Cookies;
import io.innkeeper.dns.DnsEngine;
import io.innkeeper.dns.DnsPlan;
import io.innkeeper.dns.DnsPlanBuilder;
import io.innkeeper.dns.DnsServer;
import io.innkeeper.dns.DnsService;
import io.innkeeper.dns.DnsStatus;
import io.innkeeper.dns.ReplyTo;
import io.innkeeper.dns.block.BlockException;
import io.innkeeper.dns.block.Exceptions;
import io.innkeeper.dns.block.ListSearch;
import io.innkeeper.dns.block.ListState;
import io.innkeeper.dns.forward.SystemUpstreams;
import io.innkeeper.dns.log.LogWorld;
import io.innkeeper.dns.log.QueryLog;
import io.innkeeper.dns.log.QueryTape;
import io.innkeeper.io.FolderWatch;
import io.innkeeper.io.LinuxQueryPort;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.service.Service.FailureListener;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that one run of the DNS server has open: ports, upstreams, block lists, what it learns of leases. */
final class DnsWorld implements DnsService.World {
    private static final Logger LOG = LoggerFactory.getLogger(DnsWorld.class);

    /** Beside the database: {@code innkeeper.db-dns-queries}. */
    private static final String QUERIES = "-dns-queries";

    /** Beside the database: {@code innkeeper.db-dns-cache}. */
    private static final String CACHE = "-dns-cache";

    private final Heart heart;
    private final FolderWatch folders;
    private final Kept opened = new Kept("the DNS server");
    private final ScheduledExecutorService everySecond = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().name("dns-housekeeping").daemon().unstarted(work));
    private final DnsCarriers carriers = new DnsCarriers();
    private final List<Integer> listenersOf = new ArrayList<>();
    private final UnaryOperator<List<String>> announced;
    private volatile DnsConfig config;
    private volatile @Nullable DnsStatus status;
    private volatile String summary = "";
    private @Nullable DnsServer server;
    private @Nullable DnsLists lists;
    private @Nullable QueryLog log;
    private @Nullable DnsDoors doors;

    /** @param announced the records that this program announces of itself in these domains */
    DnsWorld(Heart heart, FolderWatch folders, DnsConfig config, UnaryOperator<List<String>> announced) {
        this.announced = announced;
        this.heart = heart;
        this.folders = folders;
        this.config = config;
    }

    /** Opens everything in order; {@link #close} gives back what was opened, also where this throws. */
    void open(FailureListener listener) throws IOException {
        SecureRandom random = new SecureRandom();
        DnsPlan plan = plan(config);
        DnsEngine engine = new DnsEngine(plan, new Cookies(random.nextLong(), random.nextLong()), random::nextInt);
        QueryTape tape = new QueryTape();
        List<LinuxQueryPort.Place> places = places();
        LinuxQueryPort port = opened.keep(LinuxQueryPort.open(places));
        DnsServer made = new DnsServer(port, engine, carriers, tape, heart.clock, listenersOf, listener::failed);
        server = made;
        carriers.open(config, plan, made::received);
        opened.keep(carriers);
        DnsLearning learning = new DnsLearning(made);
        log = log(tape, learning, listener);
        opened.keep(made);
        List<LinuxQueryPort.Place> taken = taken(places, port);
        DnsDoors opening = opened.keep(new DnsDoors(config, made, listener));
        doors = opening;
        opening.open(taken, listenersOf);
        DnsLists blocking = opened.keep(new DnsLists(heart, folders, config, made));
        lists = blocking;
        DnsNames names = opened.keep(new DnsNames(heart, learning));
        opened.keep(new DnsMemory(
                        new CacheFile(Path.of(heart.database.file() + CACHE)), made, () -> config.cache(), everySecond))
                .start();
        made.start();
        blocking.start();
        names.start();
        Future<?> _ = everySecond.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
        opened.keep(everySecond::shutdownNow);
        summary = "answering at " + String.join(", ", where(taken));
    }

    private QueryLog log(QueryTape tape, DnsLearning learning, FailureListener listener) throws IOException {
        LogWorld world = new LogWorld(
                heart.clock, learning::deviceOf, seen -> DnsLearning.tell(heart.desk, seen), listener::failed);
        QueryLog made = opened.keep(new QueryLog(Path.of(heart.database.file() + QUERIES), tape, world, config.log()));
        made.start();
        return made;
    }

    private DnsPlan plan(DnsConfig of) throws IOException {
        Set<IpAddress> here = new HashSet<>();
        LocalNetworks networks = LocalNetworks.read();
        networks.byIndex().values().forEach(link -> link.addresses().forEach(one -> here.add(one.address())));
        boolean onPort53 =
                of.listen().stream().anyMatch(listen -> listen.address().port() == 53);
        List<UpstreamAddress> system = of.upstreams().isEmpty()
                ? SystemUpstreams.read(SystemUpstreams.RESOLV_CONF, address -> onPort53 && here.contains(address))
                : List.of();
        List<String> own = announced.apply(of.local().domains());
        return DnsPlanBuilder.of(of, system, List.copyOf(networks.prefixes()), own);
    }

    private List<LinuxQueryPort.Place> places() {
        List<LinuxQueryPort.Place> places = new ArrayList<>();
        for (int i = 0; i < config.listen().size(); i++) {
            ListenAddress listen = config.listen().get(i).address();
            for (IpAddress address : DnsDoors.addresses(listen)) {
                places.add(new LinuxQueryPort.Place(address, listen.port()));
                listenersOf.add(i);
            }
        }
        return places;
    }

    /** The places with the ports that the system chose for them. */
    private static List<LinuxQueryPort.Place> taken(List<LinuxQueryPort.Place> places, LinuxQueryPort port) {
        List<LinuxQueryPort.Place> taken = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            taken.add(new LinuxQueryPort.Place(places.get(i).address(), port.localPort(i)));
        }
        return taken;
    }

    private static List<String> where(List<LinuxQueryPort.Place> places) {
        return places.stream()
                .map(place -> new ListenAddress(place.address().toString(), place.port()).toString())
                .toList();
    }

    private void look() {
        try {
            blocking().look();
            doors().look();
            CompletableFuture<DnsStatus> _ = server().ask((engine, _) -> engine.status())
                    .whenComplete((now, _) -> {
                        if (now != null) {
                            status = now;
                            tellNames();
                        }
                    });
        } catch (RuntimeException e) {
            LOG.error("The DNS server could not be looked after", e);
        }
    }

    /** Which lists and upstreams the query log means. */
    private void tellNames() {
        DnsStatus now = status;
        if (now != null) {
            log().names(
                            blocking().listNames(),
                            now.upstreams().stream()
                                    .map(upstream -> upstream.address().text())
                                    .toList());
        }
    }

    private DnsLists blocking() {
        return Objects.requireNonNull(lists, "not open");
    }

    private DnsDoors doors() {
        return Objects.requireNonNull(doors, "not open");
    }

    @Override
    public boolean ask(byte[] query, IpAddress client, ReplyTo replyTo) {
        return doors().ask(query, client, replyTo);
    }

    @Override
    public List<ListState> lists() {
        return blocking().states();
    }

    @Override
    public int blockedNames() {
        return blocking().names();
    }

    @Override
    public List<ListSearch.Found> find(DnsName name) {
        return blocking().find(name);
    }

    @Override
    public Exceptions exceptions() {
        return blocking().exceptions();
    }

    @Override
    public boolean add(BlockException one, String who) {
        return blocking().add(one, who);
    }

    @Override
    public boolean remove(String id, String who) {
        return blocking().remove(id, who);
    }

    @Override
    public QueryLog log() {
        return Objects.requireNonNull(log, "not open");
    }

    @Override
    public DnsServer server() {
        return Objects.requireNonNull(server, "not open");
    }

    @Override
    public synchronized void adjust(DnsConfig next) {
        config = next;
        doors().limits(next.limits());
        log().configure(next.log());
        try {
            carriers.change(next, plan(next), server());
            blocking().adjust(next);
        } catch (IOException | RuntimeException e) {
            LOG.error("The DNS server goes on by its old configuration", e);
        }
    }

    @Override
    public int refresh(List<String> names) {
        return blocking().refresh(names);
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        DnsStatus now = status;
        if (now != null) {
            if (now.upstreams().isEmpty()) {
                complaints.add(
                        "there is no upstream: names that are not known here cannot be answered; set dns.upstreams");
            }
            now.upstreams().stream()
                    .filter(upstream -> !upstream.healthy())
                    .forEach(upstream -> complaints.add("the upstream " + upstream.address() + " does not answer"));
        }
        lists().stream()
                .filter(list -> list.error() != null)
                .forEach(list -> complaints.add("the list " + list.name() + ": " + list.error()));
        complaints.addAll(doors().complaints(heart.clock.instant()));
        return complaints;
    }

    @Override
    public Map<String, Object> numbers() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        DnsStatus now = status;
        if (now != null) {
            numbers.put("answered", now.answered());
            numbers.put("cached", now.cached());
            numbers.put("cacheBytes", now.cacheBytes());
            numbers.put("names", now.names());
            numbers.put("clients", now.clients());
        }
        numbers.put("blockedNames", blockedNames());
        numbers.put("connections", doors().connections());
        return numbers;
    }

    @Override
    public void close() {
        opened.close();
    }
}
