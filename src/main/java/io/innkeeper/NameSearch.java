package io.innkeeper;

import io.innkeeper.config.DeviceNames;
import io.innkeeper.device.HostLabel;
import io.innkeeper.device.NamePlan;
import io.innkeeper.device.NameWay;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.io.NameServers;
import io.innkeeper.store.StoreException;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.ReverseQuestion;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the names of devices that have none, as long as the roll call runs: the loop around {@link NamePlan}. Only those that
 * the roll call asks itself are asked for: nothing leaves the networks that it was told to look at but what goes to name servers.
 */
final class NameSearch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NameSearch.class);

    /** How often it is looked who has no name. */
    private static final long LOOK_MS = 5_000;

    private static final int MOST_AT_A_LOOK = 10_000;
    private static final int DNS_PORT = 53;
    private static final long TURN_MS = 250;
    private static final long JOIN_MS = 2_000;

    private final Heart heart;
    private final Supplier<DeviceNames> settings;
    private final Predicate<IpAddress> reaches;
    private final ReverseLookups lookups;
    private final SecureRandom random = new SecureRandom();
    private final Thread thread;
    private final NamePlan plan;
    private List<IpAddress> servers = List.of();
    private LocalNetworks networks = LocalNetworks.read();
    private volatile boolean closed;

    private NameSearch(Heart heart, Supplier<DeviceNames> settings, Predicate<IpAddress> reaches) throws IOException {
        this.heart = heart;
        this.settings = settings;
        this.reaches = reaches;
        this.plan = new NamePlan(plan(settings.get()));
        this.lookups = new ReverseLookups();
        this.thread = Thread.ofPlatform().name("names").daemon().unstarted(this::run);
    }

    /**
     * Begins to ask.
     *
     * @param settings asked anew now and then
     * @param reaches true for the addresses that may be asked for
     * @throws IOException if the system gives no sockets
     */
    static NameSearch start(Heart heart, Supplier<DeviceNames> settings, Predicate<IpAddress> reaches)
            throws IOException {
        NameSearch made = new NameSearch(heart, settings, reaches);
        made.thread.start();
        return made;
    }

    private static NamePlan.Settings plan(DeviceNames names) {
        List<NameWay> ways = new ArrayList<>();
        if (names.mdns()) {
            ways.add(NameWay.MDNS_LINK);
            ways.add(NameWay.MDNS_DEVICE);
        }
        if (names.reverseDns()) {
            ways.add(NameWay.REVERSE_DNS);
        }
        return new NamePlan.Settings(ways, names.rate(), names.again().toMillis());
    }

    private void run() {
        long lookMs = nowMs();
        while (!closed) {
            try {
                if (nowMs() - lookMs >= 0) {
                    lookMs = nowMs() + LOOK_MS;
                    look();
                }
                plan.next(nowMs()).ifPresent(this::ask);
                lookups.await(TURN_MS, System.nanoTime()).forEach(this::answered);
            } catch (IOException e) {
                LOG.warn("Names of devices are not asked for any more: {}", e.getMessage());
                return;
            } catch (RuntimeException e) {
                if (!closed) {
                    LOG.error("Names of devices are not asked for any more", e);
                }
                return;
            }
        }
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void look() {
        DeviceNames now = settings.get();
        plan.settings(plan(now));
        servers = now.servers().isEmpty() ? NameServers.read() : now.servers();
        networks = LocalNetworks.read();
        try {
            plan.look(
                    heart.presences.unnamed(MOST_AT_A_LOOK).stream()
                            .filter(one -> reaches.test(one.address()))
                            .map(one -> new NamePlan.Nameless(one.mac(), one.address()))
                            .toList(),
                    nowMs());
        } catch (StoreException e) {
            LOG.debug("Who has no name cannot be read: {}", e.getMessage());
        }
    }

    private void ask(NamePlan.Question question) {
        ReverseQuestion reverse =
                new ReverseQuestion(random.nextInt(1 << 16), question.address(), question.way() != NameWay.REVERSE_DNS);
        long nowNanos = System.nanoTime();
        try {
            switch (question.way()) {
                case MDNS_LINK -> {
                    OptionalInt link = linkOf(question.address());
                    if (link.isPresent()) {
                        boolean _ = lookups.askLink(reverse, link.getAsInt(), question, nowNanos);
                    }
                }
                case MDNS_DEVICE -> askAt(question.address(), ReverseLookups.MDNS_PORT, reverse, question, nowNanos);
                case REVERSE_DNS -> {
                    if (!servers.isEmpty()) {
                        IpAddress server = servers.get(question.attempt() % servers.size());
                        askAt(server, DNS_PORT, reverse, question, nowNanos);
                    }
                }
            }
        } catch (IOException e) {
            LOG.debug("The name of {} cannot be asked for: {}", question.address(), e.getMessage());
        }
    }

    private void askAt(IpAddress whom, int port, ReverseQuestion reverse, NamePlan.Question question, long nowNanos)
            throws IOException {
        InetSocketAddress at = new InetSocketAddress(ReverseLookups.inet(whom), port);
        boolean _ = lookups.ask(reverse, at, question, nowNanos);
    }

    private OptionalInt linkOf(IpAddress address) {
        return networks.byIndex().values().stream()
                .filter(each -> !each.loopback()
                        && each.addresses().stream()
                                .anyMatch(own -> new Prefix(own.address(), own.prefixLength()).contains(address)))
                .mapToInt(LocalNetworks.Interface::index)
                .findFirst();
    }

    private void answered(ReverseLookups.Answer answer) {
        NamePlan.Question question = (NamePlan.Question) answer.subject();
        DnsName name = answer.name();
        String label = name == null
                ? null
                : HostLabel.of(name.text(), question.address()).orElse(null);
        boolean taken = label != null
                && heart.desk.named(
                        question.mac(),
                        question.address(),
                        label,
                        question.way().source());
        plan.answered(question.mac(), taken, nowMs());
    }

    @Override
    public void close() throws IOException {
        closed = true;
        lookups.wake();
        try {
            boolean _ = thread.join(Duration.ofMillis(JOIN_MS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lookups.close();
    }
}
