package io.innkeeper;

import io.innkeeper.config.Dhcp4Config;
import io.innkeeper.config.ListenAddress;
import io.innkeeper.desk.JournalFollower;
import io.innkeeper.desk.OwnLeases;
import io.innkeeper.dhcp.Answering;
import io.innkeeper.dhcp.Arrival;
import io.innkeeper.dhcp.Dhcp4Service;
import io.innkeeper.dhcp.DhcpEngine;
import io.innkeeper.dhcp.DhcpServer;
import io.innkeeper.dhcp.Eavesdropper;
import io.innkeeper.dhcp.LinuxDhcpPorts;
import io.innkeeper.dhcp.Mode;
import io.innkeeper.dhcp.PassThrough;
import io.innkeeper.dhcp.PassingOn;
import io.innkeeper.dhcp.Plan;
import io.innkeeper.dhcp.ProbeQueue;
import io.innkeeper.dhcp.Probes;
import io.innkeeper.dhcp.ServedLinks;
import io.innkeeper.dhcp.Shadow;
import io.innkeeper.dhcp.ShadowServer;
import io.innkeeper.dhcp.Watch;
import io.innkeeper.io.LinkChanges;
import io.innkeeper.io.LinkPort;
import io.innkeeper.io.LinuxAddressProbe;
import io.innkeeper.io.LinuxLinkPort;
import io.innkeeper.io.LinuxUdpPort;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.io.PacketFilter;
import io.innkeeper.io.ThreadNice;
import io.innkeeper.io.UdpPort;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.BindingStore;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.service.Service.FailureListener;
import io.innkeeper.service.ServiceException;
import io.innkeeper.store.StoreException;
import io.innkeeper.store.journal.JournalLimits;
import io.innkeeper.store.journal.LeaseJournal;
import io.innkeeper.store.journal.SegmentDisk;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that one run of our own DHCP server has open: ports, journal, what follows it, what listens. */
final class DhcpWorld implements Dhcp4Service.World {
    private static final Logger LOG = LoggerFactory.getLogger(DhcpWorld.class);
    private static final int SERVER_PORT = 67;
    private static final int USUAL_PROBE_MS = 500;

    /** Beside the database: {@code innkeeper.db-leases}. */
    static final String JOURNAL = "-leases";

    private final Heart heart;
    private final Dhcp4Config config;
    private final DhcpCounting counting;
    private final Installing installing;
    private final List<String> complaints = new ArrayList<>();
    private final Kept opened = new Kept("the DHCP server");
    private @Nullable ServedLinks links;
    private @Nullable LeaseJournal journal;
    private @Nullable JournalFollower follower;
    private volatile @Nullable Answering server;
    private @Nullable Watch watch;
    private @Nullable UdpPort udp;
    private volatile @Nullable Plan plan;
    private boolean closed;

    DhcpWorld(Heart heart, Dhcp4Config config, DhcpCounting counting, Installing installing) {
        this.heart = heart;
        this.config = config;
        this.counting = counting;
        this.installing = installing;
    }

    /** Opens everything in order; {@link #close} gives back what was opened, also where this throws. */
    void open(Plan first, FailureListener listener) throws IOException {
        plan = first;
        BindingBook book = new BindingBook(first.limits().offers(), new SecureRandom().nextLong());
        if (first.mode() == Mode.SHADOW) {
            openShadow(first, book, listener);
        } else {
            openServer(first, book, listener);
        }
    }

    private void openShadow(Plan first, BindingBook book, FailureListener listener) throws IOException {
        if (config.listen() != null) {
            throw new IOException("dhcp4.mode shadow hears what others say on 'interfaces'; it cannot with 'listen'");
        }
        DhcpEngine engine = new DhcpEngine(book, Shadow.scratch(first), heart.vendors::vendorOf);
        OwnLeases.bindings(heart.leases.all(LeaseSource.DNSMASQ)).forEach(book::restore);
        ServedLinks served = links(null);
        LinkPort port = opened.keep(LinuxLinkPort.open(PacketFilter.dhcp(), 0));
        server = new ShadowServer(port, served, engine, heart.clock, listener::failed);
    }

    private void openServer(Plan first, BindingBook book, FailureListener listener) throws IOException {
        DhcpEngine engine = new DhcpEngine(book, first, heart.vendors::vendorOf);
        LeaseJournal log = opened.keep(journal(book));
        journal = log;
        LOG.info("DHCP: {} leases known, {} of them running", book.size(), book.activeCount());
        DhcpNews news = opened.keep(new DhcpNews(heart, installing, counting::newsDropped));
        Watch watching = new Watch(news, first.rogue());
        watch = watching;
        LinuxDhcpPorts ports = opened.keep(ports(watching, listener));
        JournalFollower following = new JournalFollower(log, heart.desk, this::subnetOf, ThreadNice::lower);
        server = new DhcpServer(
                ports,
                engine,
                log,
                probes(first.probe()),
                passingOn(news, first),
                watching,
                counting,
                heart.clock,
                listener::failed);
        heart.desk.inTurn(ThreadNice::lower); // whoever waits for an answer goes before the book-keeping
        engine.own(Objects.requireNonNull(links).addresses());
        following.start();
        follower = opened.keep(following);
    }

    private LeaseJournal journal(BindingBook book) {
        JournalLimits limits = new JournalLimits(
                JournalLimits.DEFAULT.segmentOctets(),
                config.journal().max().bytes(),
                JournalLimits.DEFAULT.compactAtOctets());
        return LeaseJournal.open(
                Path.of(heart.database.file() + JOURNAL),
                limits,
                SegmentDisk.REAL,
                // Only a new journal asks for them: a million rows take seconds.
                () -> OwnLeases.bindings(heart.leases.all(LeaseSource.SERVER)).iterator(),
                into(book));
    }

    /** What a journal holds goes into a book. */
    static LeaseJournal.Restored into(BindingBook book) {
        return new LeaseJournal.Restored() {
            @Override
            public void expect(int atMost) {
                book.expect(atMost);
            }

            @Override
            public void take(Binding binding) {
                book.restore(binding);
            }
        };
    }

    private PassingOn passingOn(DhcpNews news, Plan first) {
        List<LeaseFact> learned =
                heart.leases.all(PassThrough.SOURCE).stream().map(Lease::fact).toList();
        ServedLinks served = Objects.requireNonNull(links);
        return new PassingOn(news, served::all, first.upstreams(), learned);
    }

    private LinuxDhcpPorts ports(Watch watching, FailureListener listener) throws IOException {
        ListenAddress listen = config.listen();
        if (listen != null) {
            int address = listen.isAny() ? 0 : bits(listen.host());
            links = ServedLinks.address(address);
            udp = LinuxUdpPort.open(address, listen.port());
            return new LinuxDhcpPorts(udp, null, links);
        }
        ServedLinks served = links(watching);
        udp = LinuxUdpPort.open(0, SERVER_PORT);
        LinuxDhcpPorts ports = new LinuxDhcpPorts(udp, frames(), served);
        if (config.rogue().watch()) {
            listenForOthers(served, watching, listener);
        }
        return ports;
    }

    /** The interfaces that are served, followed as they come and go. */
    private ServedLinks links(@Nullable Watch watching) throws IOException {
        ServedLinks served = ServedLinks.named(config.interfaces(), DhcpWorld::interfaces);
        Runnable look = () -> {
            served.refresh();
            if (watching != null) {
                watching.own(served.addresses());
            }
            Answering running = server;
            if (running != null) {
                tellOwn(running, served);
            }
        };
        opened.keep(LinkChanges.follow(look));
        look.run(); // what changed before it was followed
        links = served;
        return served;
    }

    /** No client may get an address of this machine. */
    private static void tellOwn(Answering running, ServedLinks served) {
        List<Integer> own = served.addresses();
        CompletableFuture<Boolean> _ = running.ask((engine, _) -> {
            engine.own(own);
            return Answering.Answer.of(true);
        });
    }

    private void listenForOthers(ServedLinks served, Watch watching, FailureListener listener) {
        try {
            LinkPort port = LinuxLinkPort.open(PacketFilter.dhcpReplies(), 0);
            Eavesdropper listening =
                    new Eavesdropper(port, served, watching::heard, nowMs -> {}, heart.clock, listener::failed);
            listening.start();
            opened.keep(listening);
        } catch (IOException e) {
            complaints.add("other DHCP servers are noticed only by what clients say: " + e.getMessage());
        }
    }

    private @Nullable LinkPort frames() {
        try {
            return LinuxLinkPort.open(PacketFilter.nothing(), 0);
        } catch (IOException e) {
            LOG.warn("Clients without an address are answered by broadcast: {}", e.getMessage());
            complaints.add("clients without an address are answered by broadcast: " + e.getMessage());
            return null;
        }
    }

    private Probes probes(Plan.Probe wanted) throws IOException {
        // Made where it is not wanted yet, too: the next configuration may want it.
        boolean asks = wanted.arp() || wanted.icmp();
        ProbeQueue queue = new ProbeQueue();
        LinuxAddressProbe probe = opened.keep(LinuxAddressProbe.start(
                asks ? (int) wanted.timeoutMs() : USUAL_PROBE_MS,
                () -> System.nanoTime() / 1_000_000,
                queue::answered));
        queue.through(probe);
        if (asks) {
            complaints.addAll(probe.problems());
        }
        return queue;
    }

    private static int bits(String host) throws IOException {
        return IpAddress.parse(host.equals("localhost") ? "127.0.0.1" : host)
                .filter(address -> !address.v6())
                .orElseThrow(() -> new IOException("dhcp4.listen: " + host + " is not an IPv4 address"))
                .v4Bits();
    }

    private static List<ServedLinks.Served> interfaces() {
        return LocalNetworks.read().byIndex().values().stream()
                .map(one ->
                        new ServedLinks.Served(new Arrival.Link(one.index(), one.name(), one.addresses4()), one.mac()))
                .toList();
    }

    private @Nullable Prefix subnetOf(IpAddress address) {
        Plan now = plan;
        int bits = address.v4Bits();
        for (Plan.Network network : now == null ? List.<Plan.Network>of() : now.networks()) {
            for (Plan.Subnet subnet : network.subnets()) {
                if (subnet.contains(bits)) {
                    return new Prefix(IpAddress.v4(subnet.network()), subnet.length());
                }
            }
        }
        return null;
    }

    @Override
    public Answering server() {
        return Objects.requireNonNull(server);
    }

    @Override
    public void adjusted(Plan next) {
        plan = next;
        Watch watching = watch;
        ServedLinks served = links;
        if (watching != null && served != null) {
            watching.known(next.rogue(), served.addresses());
        }
    }

    /** {@inheritDoc} Nobody else has the journal while the shadow runs: it is opened, asked and closed again. */
    @Override
    public synchronized <T> T aside(Answering.Question<T> question) throws ServiceException {
        Plan now = plan;
        if (now == null || closed) {
            throw new ServiceException("the DHCP server is about to stop; try again");
        }
        BindingBook book = new BindingBook(now.limits().offers(), new SecureRandom().nextLong());
        DhcpEngine engine = new DhcpEngine(book, now, heart.vendors::vendorOf);
        engine.own(Objects.requireNonNull(links).addresses());
        try (LeaseJournal log = journal(book)) {
            long nowMs = heart.clock.millis();
            List<BindingChange> changes = new ArrayList<>(engine.expire(nowMs, Integer.MAX_VALUE));
            Answering.Answer<T> answer = question.put(engine, nowMs);
            changes.addAll(answer.changes());
            if (!answer.changes().isEmpty()) {
                log.commit(changes);
            }
            return answer.value();
        } catch (StoreException | BindingStore.NotStoredException e) {
            throw new ServiceException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Map<Integer, Long> others() {
        Watch watching = watch;
        return watching == null ? Map.of() : watching.others(heart.clock.millis());
    }

    @Override
    public List<String> complaints() {
        List<String> all = new ArrayList<>(complaints);
        ServedLinks served = links;
        if (served != null) {
            served.missing().forEach(name -> all.add("there is no interface " + name + " with an IPv4 address"));
        }
        LeaseJournal log = journal;
        if (log != null && log.trouble() != null) {
            all.add("the lease journal: " + log.trouble());
        }
        JournalFollower following = follower;
        if (following != null && following.trouble() != null) {
            all.add("the database cannot follow the lease journal: " + following.trouble());
        }
        return all;
    }

    @Override
    public String summary() {
        String what = plan != null && plan.mode() == Mode.SHADOW ? "in the shadow of " : "serving ";
        return config.interfaces().isEmpty()
                ? "serving relayed requests on " + config.listen()
                : what + String.join(", ", config.interfaces());
    }

    @Override
    public Map<String, Object> numbers() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        LeaseJournal log = journal;
        JournalFollower following = follower;
        UdpPort port = udp;
        if (log != null && following != null && port != null) {
            numbers.put("journalOctets", log.octets());
            numbers.put("notYetInDatabase", following.lag());
            numbers.put("packetsDroppedByKernel", port.dropped());
            numbers.put("repliesNotSent", port.failed());
        }
        return numbers;
    }

    @Override
    public synchronized void close() {
        closed = true;
        opened.close();
    }
}
