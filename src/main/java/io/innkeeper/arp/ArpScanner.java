package io.innkeeper.arp;

import io.innkeeper.config.ArpConfig;
import io.innkeeper.io.FrameBatch;
import io.innkeeper.io.Neighbor;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop around {@link ScanPlan} and {@link ArpWatch}: hears what there is, sends what the plan says, tells what it heard.
 * Its thread owns both; others put their wishes into its queue.
 */
public final class ArpScanner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArpScanner.class);

    /** How many wishes of other threads may wait. */
    private static final int WISHES = 8_192;

    /** How many full batches are heard before something is sent. */
    private static final int BATCHES_A_TURN = 16;

    private static final int VERIFY_TRIES = 2;
    private static final long LONGEST_REST_MS = 1_000;
    private static final long MS = 1_000_000L;
    private static final long TOLD_EVERY = 250 * MS;
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

    private final ScanWorld world;
    private final HearingSink sink;
    private final Consumer<ArpFinding> findings;
    private final ArpStatistics statistics;
    private final Consumer<Throwable> broken;
    private final Thread thread;
    private final BlockingQueue<Runnable> wishes = new ArrayBlockingQueue<>(WISHES);
    /** Not among the wishes, of which one may be refused: a change must not be lost. */
    private final AtomicReference<@Nullable ArpConfig> wanted = new AtomicReference<>();

    private final AtomicBoolean lookAgain = new AtomicBoolean();
    private final ScanPlan plan;
    private final ArpWatch watch = new ArpWatch();
    private final Roster roster = new Roster();
    private final Questioner questioner = new Questioner();
    private final FrameBatch incoming = new FrameBatch();
    private final FrameBatch outgoing = new FrameBatch();
    private final List<Hearing> heard = new ArrayList<>();
    private final Set<Questions.Subject> verifying = new HashSet<>();
    /** Written by the loop only. */
    private volatile ArpConfig config;
    /** Written by the loop only. */
    private volatile Scope scope = Scope.NONE;

    private long kernelAt = Long.MIN_VALUE;
    private long toldAt = Long.MIN_VALUE;
    private long sent;
    private boolean more;
    private volatile ScanStatus status = ScanStatus.NONE;
    private volatile boolean closed;

    /**
     * A scanner that owns its port from {@link #start} on.
     *
     * @param findings told of what should not be; by this object's thread, must return at once
     * @param broken told when the loop cannot go on
     */
    public ArpScanner(
            ScanWorld world,
            ArpConfig config,
            HearingSink sink,
            Consumer<ArpFinding> findings,
            ArpStatistics statistics,
            Consumer<Throwable> broken) {
        this.world = world;
        this.config = config;
        this.sink = sink;
        this.findings = findings;
        this.statistics = statistics;
        this.broken = broken;
        this.plan = new ScanPlan(settings(config));
        this.thread = Thread.ofPlatform().name("arp").unstarted(this::loop);
    }

    private static ScanPlan.Settings settings(ArpConfig config) {
        return new ScanPlan.Settings(
                config.rate(), config.interval().toNanos(), config.sweep().toNanos(), config.tries(), config.ipv6());
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** How it is; at most a second old. */
    public ScanStatus status() {
        return status;
    }

    /** Interfaces or addresses of this machine changed: looks at them again. From any thread. */
    public void linksChanged() {
        lookAgain.set(true);
        wake();
    }

    /** Another configuration from now on. From any thread. */
    public void config(ArpConfig next) {
        wanted.set(next);
        wake();
    }

    /**
     * Asks a device, it alone, whether it still has an address. An answer is a {@link Hearing} as any; silence comes as
     * {@link HearingSink#silent}; where it could not be asked, as on no link of ours, neither comes. From any thread, never
     * waits.
     *
     * @param tries how often to ask, 1 to 8; with 1 s, 2 s, 4 s, … between
     * @return false where nobody asks: it is closed, paused, or has too much to do
     */
    public boolean ask(MacAddress mac, IpAddress address, int tries) {
        return !status.paused()
                && wish(() -> {
                    verifying.remove(new Questions.Subject(mac, address));
                    int link = linkOf(address);
                    if (link != 0 && !plan.ask(link, mac, address, tries)) {
                        LOG.debug("Too many questions to ask {} for {}", mac, address);
                    }
                });
    }

    /** True where an address is on a link that is asked on now: only there silence means something. From any thread; quick. */
    public boolean reaches(IpAddress address) {
        return !status.paused()
                && (config.ipv6() || !address.v6())
                && scope.links().values().stream().anyMatch(link -> link.reaches(address));
    }

    /** The link where an address is; 0 for none. */
    private int linkOf(IpAddress address) {
        int known = address.v6() ? plan.linkOf(address) : 0;
        return known != 0
                ? known
                : scope.links().values().stream()
                        .filter(link -> link.reaches(address))
                        .mapToInt(ScanLink::index)
                        .findFirst()
                        .orElse(0);
    }

    /** Everybody who was heard. From any thread. */
    public CompletableFuture<List<Roster.Entry>> roster() {
        return wish(plan -> roster.entries());
    }

    /**
     * Does something with the plan between two batches. From any thread; the answer comes as a failure where it is closed or
     * has too much to do.
     */
    public <T> CompletableFuture<T> wish(Function<ScanPlan, T> what) {
        CompletableFuture<T> future = new CompletableFuture<>();
        boolean taken = wish(() -> {
            try {
                future.complete(what.apply(plan));
            } catch (RuntimeException e) {
                future.completeExceptionally(e);
            }
        });
        if (!taken) {
            future.completeExceptionally(new IllegalStateException(
                    closed ? "the scanner is closed" : "the scanner has too much to do; try again"));
        }
        return future;
    }

    private boolean wish(Runnable what) {
        boolean taken = !closed && wishes.offer(what);
        if (taken) {
            wake();
        }
        return taken;
    }

    private void wake() {
        if (!closed) {
            world.port().wake();
        }
    }

    /** How many questions of its own wait for an answer. By its thread, such as in {@link #wish}. */
    int verifications() {
        return verifying.size();
    }

    /** The time for {@link #wish}. */
    public long nowNanos() {
        return world.nanos().getAsLong();
    }

    private void loop() {
        try {
            look();
            while (!closed) {
                turn(world.port().receive(incoming, restMs()));
            }
        } catch (IOException | RuntimeException | Error e) {
            broken.accept(e);
        } finally {
            closed = true;
            for (Runnable wish = wishes.poll(); wish != null; wish = wishes.poll()) {
                wish.run();
            }
            world.port().close();
        }
    }

    private int restMs() {
        long now = world.nanos().getAsLong();
        long at = Math.min(plan.nextAt(now), kernelAt);
        long ms = at == Long.MIN_VALUE ? 0 : Math.ceilDiv(Math.max(0, at - now), MS);
        return more ? 0 : (int) Math.min(LONGEST_REST_MS, ms);
    }

    private void turn(int frames) throws IOException {
        long now = world.nanos().getAsLong();
        long nowMs = world.clock().millis();
        hear(frames, now, nowMs);
        for (int batch = 1; more && batch < BATCHES_A_TURN; batch++) {
            hear(world.port().receive(incoming, 0), now, nowMs);
        }
        takeChanges();
        for (int most = wishes.size(); most > 0; most--) {
            Runnable wish = wishes.poll();
            if (wish != null) {
                wish.run();
            }
        }
        if (now >= kernelAt) {
            readKernel(now, nowMs);
        }
        ask();
        tell(now);
    }

    private void takeChanges() {
        ArpConfig next = wanted.getAndSet(null);
        if (next != null) {
            config = next;
            plan.settings(settings(next));
        }
        if (lookAgain.getAndSet(false) || next != null) {
            look();
        }
    }

    private void hear(int frames, long now, long nowMs) {
        more = frames == FrameBatch.CAPACITY;
        for (int i = 0; i < frames; i++) {
            ScanLink link = scope.links().get(incoming.interfaceIndex(i));
            if (link != null && incoming.kind(i) != FrameBatch.Kind.OUTGOING) {
                Claims.of(incoming.bytes(i), incoming.length(i))
                        .ifPresentOrElse(claims -> hear(link, claims, now, nowMs), statistics::malformed);
            }
        }
    }

    private void hear(ScanLink link, Claims claims, long now, long nowMs) {
        IpAddress address = claims.address();
        boolean v6 = claims.kind() == Hearing.Kind.NDP_ADVERTISEMENT || claims.kind() == Hearing.Kind.NDP_SOLICITATION;
        if (scope.ownMacs().contains(claims.mac()) || (v6 && !config.ipv6())) {
            return;
        }
        statistics.heard(claims.kind());
        boolean answers = address != null && plan.heard(link.index(), address, claims.mac(), now);
        if (address != null && answers) {
            verifying.remove(new Questions.Subject(claims.mac(), address));
        }
        Hearing hearing = new Hearing(claims.mac(), address, claims.kind(), link.name(), nowMs);
        if (claims.itself()) {
            look(hearing, link);
        }
        boolean proxy = config.proxies().contains(claims.mac());
        if (roster.note(claims.mac(), proxy ? null : address, nowMs, answers)) {
            // What a proxy answers for is not its own.
            heard.add(proxy ? new Hearing(claims.mac(), null, claims.kind(), link.name(), nowMs) : hearing);
        }
    }

    private void look(Hearing hearing, ScanLink link) {
        ArpFinding finding = watch.look(hearing);
        if (finding != null) {
            findings.accept(finding);
        }
        for (ArpWatch.Verify one : watch.toVerify()) {
            if (plan.ask(link.index(), one.mac(), one.address(), VERIFY_TRIES)) {
                verifying.add(new Questions.Subject(one.mac(), one.address()));
            }
        }
    }

    /** Whom the kernel had to do with just now needs not be asked. */
    private void readKernel(long now, long nowMs) {
        kernelAt = now + plan.settings().interval();
        readGateways(); // a default route may come after the address it goes by
        try {
            for (Neighbor one : world.kernel().read()) {
                ScanLink link = scope.links().get(one.interfaceIndex());
                boolean wanted = link != null
                        && one.reachable()
                        && (config.ipv6() || !one.address().v6());
                if (link != null && wanted && !scope.ownMacs().contains(one.mac()) && Claims.isHost(one.address())) {
                    statistics.heard(Hearing.Kind.KERNEL);
                    boolean answers = plan.heard(link.index(), one.address(), one.mac(), now);
                    if (answers) {
                        verifying.remove(new Questions.Subject(one.mac(), one.address()));
                    }
                    if (roster.note(one.mac(), one.address(), nowMs, answers)) {
                        heard.add(new Hearing(one.mac(), one.address(), Hearing.Kind.KERNEL, link.name(), nowMs));
                    }
                }
            }
        } catch (IOException e) {
            LOG.warn("The kernel's neighbour table could not be read: {}", e.getMessage());
        }
    }

    /** Sends what is due, one batch at most: in between it must hear, or answers get lost. */
    private void ask() {
        long now = world.nanos().getAsLong();
        for (Asking one = plan.next(now); one != null; one = outgoing.isFull() ? null : plan.next(now)) {
            ScanLink link = scope.links().get(one.interfaceIndex());
            if (link != null) {
                questioner.add(one, link, outgoing);
            }
            if (outgoing.isFull()) {
                break;
            }
        }
        int count = outgoing.count();
        if (count > 0) {
            int left = world.port().send(outgoing);
            sent += left;
            statistics.sent(left, count - left);
            plan.sent(world.nanos().getAsLong());
        }
        for (Questions.Subject one = plan.pollSilent(); one != null; one = plan.pollSilent()) {
            if (!verifying.remove(one)) {
                sink.silent(one.mac(), one.address());
            }
        }
    }

    private void tell(long now) {
        if (!heard.isEmpty()) {
            sink.heard(List.copyOf(heard));
            heard.clear();
        }
        if (now - toldAt >= TOLD_EVERY || toldAt == Long.MIN_VALUE) {
            toldAt = now;
            status = statusNow(now);
        }
    }

    private ScanStatus statusNow(long now) {
        List<String> complaints = new ArrayList<>(scope.complaints());
        if (plan.rate() < plan.settings().rate() && !plan.progress(now).running()) {
            complaints.add("many answers get lost, so only " + plan.rate() + " packets a second are sent");
        }
        return new ScanStatus(
                scope.links().values().stream().map(ScanLink::name).sorted().toList(),
                plan.addresses(),
                plan.known(),
                plan.rate(),
                plan.settings().interval() / MS,
                plan.isPaused(),
                sent,
                plan.lost(),
                plan.progress(now),
                complaints);
    }

    /** Looks at the interfaces. */
    private void look() {
        Scope before = scope;
        scope = Scope.of(config, world.networks().get());
        long now = world.nanos().getAsLong();
        plan.targets(scope.targets(), scope.ownAddresses(), now);
        readGateways();
        kernelAt = Long.MIN_VALUE;
        told(scope.complaints(), before.complaints());
        scope.links().keySet().stream()
                .filter(index -> config.ipv6() && !before.links().containsKey(index))
                .forEach(world.port()::hearGroups);
    }

    private void readGateways() {
        Set<IpAddress> gateways = new HashSet<>(config.gateways());
        gateways.addAll(world.gateways().get());
        watch.known(new ArpWatch.Known(scope.ownMacs(), Set.copyOf(config.proxies()), gateways));
    }

    private static void told(Collection<String> complaints, Collection<String> before) {
        complaints.stream().filter(one -> !before.contains(one)).forEach(one -> LOG.warn("Roll call: {}", one));
    }

    /** Stops, and gives the port back. */
    @Override
    public void close() {
        closed = true;
        world.port().wake();
        try {
            thread.join(CLOSE_DEADLINE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
