package io.innkeeper;

import io.innkeeper.config.DnsConfig;
import io.innkeeper.config.DnsDnssec;
import io.innkeeper.config.ListenAddress;
import io.innkeeper.dns.Cookies;
import io.innkeeper.dns.DnsEngine;
import io.innkeeper.dns.DnsPlan;
import io.innkeeper.dns.DnsPlanBuilder;
import io.innkeeper.dns.DnsServer;
import io.innkeeper.dns.DnsService;
import io.innkeeper.dns.DnsStatus;
import io.innkeeper.dns.LeaseName;
import io.innkeeper.dns.StreamListener;
import io.innkeeper.dns.StreamSlots;
import io.innkeeper.dns.Transport;
import io.innkeeper.dns.block.BookSettings;
import io.innkeeper.dns.block.ListBook;
import io.innkeeper.dns.block.ListState;
import io.innkeeper.dns.block.RuleSet;
import io.innkeeper.dns.forward.ForValidator;
import io.innkeeper.dns.forward.Sending;
import io.innkeeper.dns.forward.SystemUpstreams;
import io.innkeeper.dns.forward.Transports;
import io.innkeeper.dns.forward.UpstreamAddress;
import io.innkeeper.dns.forward.Validator;
import io.innkeeper.dns.log.QueryRecorder;
import io.innkeeper.io.FolderWatch;
import io.innkeeper.io.LinuxQueryPort;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.service.Service.FailureListener;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that one run of the DNS server has open: ports, upstreams, block lists, what it learns of leases. */
final class DnsWorld implements DnsService.World {
    private static final Logger LOG = LoggerFactory.getLogger(DnsWorld.class);

    /** Beside the database: {@code innkeeper.db-dns-lists}. */
    private static final String LISTS = "-dns-lists";

    private final Heart heart;
    private final FolderWatch folders;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final ScheduledExecutorService everySecond = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().name("dns-housekeeping").daemon().unstarted(work));
    private final ToUpstreams outside = new ToUpstreams();
    private volatile DnsConfig config;
    private volatile RuleSet rules = RuleSet.EMPTY;
    private volatile List<ListState> lists = List.of();
    private volatile long[] listsOn;
    private volatile @Nullable DnsStatus status;
    private volatile String summary = "";
    private @Nullable DnsServer server;
    private @Nullable ListBook book;
    private @Nullable StreamSlots slots;

    DnsWorld(Heart heart, FolderWatch folders, DnsConfig config) {
        this.heart = heart;
        this.folders = folders;
        this.config = config;
        this.listsOn = DnsPlanBuilder.listsOn(config, people());
    }

    /** Opens everything in order; {@link #close} gives back what was opened, also where this throws. */
    void open(FailureListener listener) throws IOException {
        SecureRandom random = new SecureRandom();
        DnsPlan plan = plan(config);
        DnsEngine engine = new DnsEngine(plan, new Cookies(random.nextLong(), random.nextLong()), random::nextInt);
        LinuxQueryPort port = keep(LinuxQueryPort.open(places()));
        DnsServer made =
                new DnsServer(port, engine, outside, QueryRecorder.NONE, heart.clock, listenersOf, listener::failed);
        server = made;
        outside.to(carriers(plan, made), validator(config, made));
        keep(outside);
        keep(made);
        streams(made, port, listener);
        ListBook lists = new ListBook(
                BookSettings.usual(
                        Path.of(heart.database.file() + LISTS),
                        config.limits().listNames(),
                        config.limits().regexes()),
                heart.clock,
                folders,
                this::read);
        book = keep(lists);
        lists.configure(config.block(), config.rules());
        DnsNames names = keep(new DnsNames(heart, new Learning(made)));
        made.start();
        lists.start();
        names.start();
        Future<?> _ = everySecond.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
        keep(everySecond::shutdownNow);
        summary = "answering at " + String.join(", ", where(port));
    }

    private DnsPlan plan(DnsConfig of) throws IOException {
        Set<IpAddress> own = new HashSet<>();
        LocalNetworks networks = LocalNetworks.read();
        networks.byIndex().values().forEach(link -> link.addresses().forEach(one -> own.add(one.address())));
        boolean onPort53 =
                of.listen().stream().anyMatch(listen -> listen.address().port() == 53);
        List<UpstreamAddress> system = of.upstreams().isEmpty()
                ? SystemUpstreams.read(SystemUpstreams.RESOLV_CONF, address -> onPort53 && own.contains(address))
                : List.of();
        return DnsPlanBuilder.of(of, system, List.copyOf(networks.prefixes()));
    }

    private Transports carriers(DnsPlan plan, DnsServer made) throws IOException {
        try {
            return new Transports(plan.forward().upstreams(), SSLContext.getDefault(), made::received);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("no TLS in this Java: " + e.getMessage(), e);
        }
    }

    /** Now, by the clock on the wall here: schedules are for people. */
    private ZonedDateTime people() {
        return heart.clock.instant().atZone(ZoneId.systemDefault());
    }

    private static @Nullable Validator validator(DnsConfig of, DnsServer made) {
        return of.dnssec() == DnsDnssec.VALIDATE ? new Validator(List.of(), Clock.systemUTC(), made::received) : null;
    }

    private List<LinuxQueryPort.Place> places() {
        List<LinuxQueryPort.Place> places = new ArrayList<>();
        listenersOf.clear();
        for (int i = 0; i < config.listen().size(); i++) {
            ListenAddress listen = config.listen().get(i).address();
            for (IpAddress address : addresses(listen)) {
                places.add(new LinuxQueryPort.Place(address, listen.port()));
                listenersOf.add(i);
            }
        }
        return places;
    }

    /** Which listener of the configuration each socket belongs to: some have one for each family. */
    private final List<Integer> listenersOf = new ArrayList<>();

    private static List<IpAddress> addresses(ListenAddress listen) {
        IpAddress v4 = IpAddress.v4(0);
        IpAddress v6 = new IpAddress(true, 0, 0);
        return switch (listen.host()) {
            case ListenAddress.ANY -> List.of(v4, v6);
            case "localhost" -> List.of(IpAddress.v4(0x7f000001), new IpAddress(true, 0, 1));
            default -> List.of(IpAddress.parse(listen.host()).orElseThrow());
        };
    }

    private void streams(DnsServer made, LinuxQueryPort port, FailureListener listener) throws IOException {
        StreamSlots limits = new StreamSlots(
                config.limits().tcpConnections(), config.limits().tcpPerClient(), (int)
                        config.limits().tcpIdle().toMillis());
        slots = limits;
        List<LinuxQueryPort.Place> places = places();
        for (int i = 0; i < places.size(); i++) {
            if (i > 0 && isAny(places.get(i), true) && isAny(places.get(i - 1), false)) {
                // A Java socket at 0.0.0.0 is at [::] too.
                continue;
            }
            keep(new StreamListener(
                    places.get(i).address(),
                    port.localPort(i),
                    made,
                    listenersOf.get(i),
                    Transport.TCP,
                    socket -> socket,
                    limits,
                    listener::failed));
        }
    }

    private static boolean isAny(LinuxQueryPort.Place place, boolean v6) {
        IpAddress address = place.address();
        return address.v6() == v6 && address.high() == 0 && address.low() == 0;
    }

    private List<String> where(LinuxQueryPort port) {
        List<LinuxQueryPort.Place> places = places();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            texts.add(new ListenAddress(places.get(i).address().toString(), port.localPort(i)).toString());
        }
        return texts;
    }

    private <T extends AutoCloseable> T keep(T resource) {
        opened.push(resource);
        return resource;
    }

    /** What the block lists are now. */
    private void read(ListBook.Snapshot snapshot) {
        rules = snapshot.rules();
        lists = snapshot.lists();
        tellRules();
    }

    private void tellRules() {
        RuleSet now = rules;
        long[] on = listsOn;
        CompletableFuture<Boolean> _ = server().ask((engine, _) -> {
            engine.rules(now, on);
            return true;
        });
    }

    private void look() {
        try {
            long[] on = DnsPlanBuilder.listsOn(config, people());
            if (!Arrays.equals(on, listsOn)) {
                listsOn = on;
                tellRules();
            }
            CompletableFuture<DnsStatus> _ = server().ask((engine, _) -> engine.status())
                    .whenComplete((now, _) -> {
                        if (now != null) {
                            status = now;
                        }
                    });
        } catch (RuntimeException e) {
            LOG.error("The DNS server could not be looked after", e);
        }
    }

    @Override
    public DnsServer server() {
        return Objects.requireNonNull(server, "not open");
    }

    @Override
    public synchronized void adjust(DnsConfig next) {
        DnsConfig before = config;
        config = next;
        listsOn = DnsPlanBuilder.listsOn(next, people());
        Objects.requireNonNull(slots)
                .limits(next.limits().tcpConnections(), next.limits().tcpPerClient(), (int)
                        next.limits().tcpIdle().toMillis());
        if (!before.block().equals(next.block()) || !before.rules().equals(next.rules())) {
            Objects.requireNonNull(book).configure(next.block(), next.rules());
        }
        try {
            DnsPlan plan = plan(next);
            Transports carriers = carriers(plan, server());
            Validator validator = validator(next, server());
            CompletableFuture<Boolean> _ = server().plan(plan, () -> outside.to(carriers, validator))
                    .whenComplete((elsewhere, _) -> {
                        if (!Boolean.TRUE.equals(elsewhere)) {
                            carriers.close();
                            closeQuietly(validator);
                        }
                    });
            tellRules();
        } catch (IOException | RuntimeException e) {
            LOG.error("The DNS server goes on by its old configuration", e);
        }
    }

    @Override
    public int refresh(List<String> names) {
        List<String> all = names.isEmpty() ? lists.stream().map(ListState::name).toList() : names;
        Objects.requireNonNull(book).refresh(all);
        return all.size();
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
        lists.stream()
                .filter(list -> list.error() != null)
                .forEach(list -> complaints.add("the list " + list.name() + ": " + list.error()));
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
        numbers.put("blockedNames", rules.names());
        numbers.put("connections", Objects.requireNonNull(slots).open());
        return numbers;
    }

    @Override
    public void close() {
        for (AutoCloseable one : opened) {
            closeQuietly(one);
        }
        opened.clear();
    }

    private static void closeQuietly(@Nullable AutoCloseable one) {
        try {
            if (one != null) {
                one.close();
            }
        } catch (Exception e) {
            LOG.warn("Something of the DNS server could not be closed: {}", e.toString());
        }
    }

    /** What goes out of the loop; which upstreams there are changes on the loop's thread. */
    private static final class ToUpstreams implements DnsServer.Outside, AutoCloseable {
        private volatile @Nullable Transports carriers;
        private volatile @Nullable Validator validator;

        void to(Transports next, @Nullable Validator check) {
            Transports before = carriers;
            Validator checkBefore = validator;
            carriers = next;
            validator = check;
            Thread _ = Thread.ofVirtual().start(() -> {
                closeQuietly(before);
                closeQuietly(checkBefore);
            });
        }

        @Override
        public void send(Sending sending) {
            Transports now = carriers;
            if (now != null) {
                now.send(sending);
            }
        }

        @Override
        public void validate(ForValidator work) {
            Validator now = validator;
            if (now != null) {
                now.accept(work);
            }
        }

        @Override
        public void close() {
            closeQuietly(carriers);
            closeQuietly(validator);
        }
    }

    /** Brings what is learned of leases and devices to the loop. */
    private record Learning(DnsServer server) implements DnsNames.Listener {
        private static final int PATIENCE_S = 10;

        @Override
        public void all(List<LeaseName> leases, Map<IpAddress, MacAddress> devices) {
            tell(engine -> {
                engine.names().replace(leases);
                engine.devices(devices);
            });
        }

        @Override
        public void named(LeaseName lease) {
            tell(engine -> engine.names().put(lease));
        }

        @Override
        public void unnamed(IpAddress address, String source) {
            tell(engine -> engine.names().remove(address, source));
        }

        @Override
        public void device(IpAddress address, MacAddress mac) {
            tell(engine -> engine.device(address, mac));
        }

        @Override
        public void left(IpAddress address, MacAddress mac) {
            tell(engine -> engine.left(address, mac));
        }

        /** Waits until it is taken: thousands of leases at once would find no room otherwise, and be lost. */
        private void tell(Consumer<DnsEngine> news) {
            try {
                server.ask((engine, _) -> {
                            news.accept(engine);
                            return true;
                        })
                        .get(PATIENCE_S, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("News of leases did not reach the DNS server: {}", e.toString());
            }
        }
    }
}
