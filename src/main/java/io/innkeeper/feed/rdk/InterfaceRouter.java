package io.innkeeper.feed.rdk;

import io.innkeeper.feed.LeaseSink;
import io.innkeeper.lease.Lease;
import io.innkeeper.wire.rdk.PluginMessage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each interface a lane of its own, so that what holds up one does not hold up another. */
public final class InterfaceRouter implements Inbox, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InterfaceRouter.class);

    /**
     * How messages are dealt with.
     *
     * @param compatibility whose behaviour counts
     * @param queue how many messages of an interface may wait
     * @param interfaces how many interfaces there may be
     * @param known the interfaces whose clients are known; empty for any
     */
    public record Settings(Compatibility compatibility, int queue, int interfaces, Set<String> known) {
        /** Copies the set. */
        public Settings {
            known = Set.copyOf(known);
        }
    }

    /**
     * What lanes need of the world.
     *
     * @param sink takes the leases
     * @param news hears what the manager would publish
     * @param counts counts messages
     * @param clock the wall's time
     * @param onFailure told of failures of our own
     */
    public record World(
            LeaseSink sink,
            ClientNews news,
            MonitorCounts counts,
            InstantSource clock,
            Consumer<Throwable> onFailure) {}

    private final Settings settings;
    private final World world;
    private final Map<String, InterfaceLane> lanes = new ConcurrentHashMap<>();
    private volatile Consumer<String> room = _ -> {};

    /** @param known the leases that the store holds of plugins */
    public InterfaceRouter(Settings settings, World world, List<Lease> known) {
        this.settings = settings;
        this.world = world;
        Map<String, List<Lease>> byInterface = known.stream()
                .collect(Collectors.groupingBy(lease -> lease.source().name()));
        byInterface.forEach(this::open);
    }

    /** Who is told by name of an interface that has room again. */
    public void onRoom(Consumer<String> listener) {
        room = listener;
    }

    private InterfaceLane open(String ifname, List<Lease> known) {
        InterfaceLane lane = new InterfaceLane(ifname, settings, world, known, name -> room.accept(name));
        lanes.put(ifname, lane);
        lane.start();
        return lane;
    }

    /** {@inheritDoc} Safe for several threads; what one thread offers stays in its order. */
    @Override
    public boolean offer(PluginMessage message) {
        return offer(message, null);
    }

    /**
     * Takes a message of a sender who wants to know when it is stored.
     *
     * @param receipt whom to tell; null for nobody. Where the message is of an interface that is not heard, nobody is told
     * @return false where the queue of its interface is full
     */
    public boolean offer(PluginMessage message, @Nullable Receipt receipt) {
        InterfaceLane lane = isHeard(message.ifname()) ? lane(message.ifname()) : null;
        if (lane == null) {
            dropped(message, receipt == null ? 1 : 2);
            return true;
        }
        return lane.offer(message, receipt);
    }

    /**
     * Why a message of a sender who wants to know is not taken, as a name for counters; it is counted then. Null where it would
     * be taken.
     */
    public @Nullable String refusal(PluginMessage message) {
        boolean heard = isHeard(message.ifname()) && lane(message.ifname()) != null;
        return heard ? null : dropped(message, 2);
    }

    private boolean isHeard(String ifname) {
        return settings.known.isEmpty() || settings.known.contains(ifname);
    }

    private @Nullable InterfaceLane lane(String ifname) {
        InterfaceLane known = lanes.get(ifname);
        return known == null ? firstTime(ifname) : known;
    }

    private synchronized @Nullable InterfaceLane firstTime(String ifname) {
        InterfaceLane known = lanes.get(ifname);
        if (known != null || lanes.size() >= settings.interfaces) {
            return known;
        }
        LOG.info("The lease monitor hears of interface {} for the first time", ifname);
        return open(ifname, List.of());
    }

    private String dropped(PluginMessage message, int version) {
        String why = isHeard(message.ifname()) ? "too-many-interfaces" : "unknown-interface";
        world.counts.message(MonitorCounts.OTHERS, why);
        world.news.heard(message, why, version, world.clock.instant());
        LOG.debug("A message about interface {} is not taken: {}", message.ifname(), why);
        return why;
    }

    /** How the interfaces stand, by name. */
    public List<InterfaceState> states() {
        return lanes.values().stream()
                .map(InterfaceLane::state)
                .sorted(Comparator.comparing(InterfaceState::ifname))
                .toList();
    }

    /** Ends when what waits was dealt with; the receiver must have ended before. */
    @Override
    public void close() {
        List<Thread> closing = new ArrayList<>();
        for (InterfaceLane lane : lanes.values()) {
            closing.add(Thread.ofVirtual().start(lane::close));
        }
        try {
            for (Thread one : closing) {
                one.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
