package io.innkeeper.feed.rdk;

import io.innkeeper.service.ArgumentSpec;
import io.innkeeper.service.ArgumentType;
import io.innkeeper.service.Arguments;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.service.CommandSpec;
import io.innkeeper.service.Health;
import io.innkeeper.service.OwnCommand;
import io.innkeeper.service.Service;
import io.innkeeper.service.ServiceException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The service {@code lease-monitor}: hears the plugins of DHCP clients. */
public final class LeaseMonitorService implements Service {
    private static final String ON = "on";
    private static final CommandSpec DUMP = CommandSpec.of(
                    "dump",
                    "Keeps messages that are not taken, in hex, and tells those that were kept; or ends that.",
                    "keeping: whether they are kept; messages: at, ifname, reason, detail, length, hex of each, the newest"
                            + " first")
            .taking(ArgumentSpec.optional(
                            "keep",
                            ArgumentType.CHOICE,
                            "on keeps them from now on, off forgets them; without it, only tells.")
                    .choices(ON, "off"));

    /** Makes what the service needs of the world. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens a monitor that hears nothing yet.
         *
         * @throws ServiceException if an address cannot be had; the message says what to do
         */
        World open(FailureListener listener) throws ServiceException;
    }

    /** What was opened. */
    public interface World extends AutoCloseable {
        /** What hears. */
        LeaseReceiver receiver();

        /** What decides. */
        InterfaceRouter router();

        /** Begins to hear. */
        void start();

        /** How version 2 of the protocol is; empty where it is not spoken. */
        Optional<Health> v2();

        /** Closes all. */
        @Override
        void close();
    }

    /**
     * An interface, as JSON.
     *
     * @param name its name
     * @param dhcp4 where its DHCPv4 client stands
     * @param dhcp6 where its DHCPv6 client stands
     * @param waiting messages that wait
     * @param lastAt when the newest message was dealt with; null for none since the start
     * @param messages how many, by what became of them
     */
    public record InterfaceStatus(
            String name,
            String dhcp4,
            String dhcp6,
            int waiting,
            @Nullable Instant lastAt,
            Map<String, Long> messages) {}

    private final List<OwnCommand> toClients;
    private final Opener opener;
    private final MonitorCounts counts;
    private final RefusedMessages refused;
    private volatile @Nullable World world;

    /**
     * A service that is not started.
     *
     * @param toClients commands to clients, which it only lists
     */
    public LeaseMonitorService(
            Opener opener, MonitorCounts counts, RefusedMessages refused, List<OwnCommand> toClients) {
        this.toClients = toClients;
        this.opener = opener;
        this.counts = counts;
        this.refused = refused;
    }

    @Override
    public void start(FailureListener listener) throws ServiceException {
        World opened = opener.open(listener);
        world = opened;
        opened.start();
    }

    /** How the interfaces stand; none where it does not run. */
    public List<InterfaceState> states() {
        World running = world;
        return running == null ? List.of() : running.router().states();
    }

    @Override
    public Health health() {
        World running = world;
        if (running == null) {
            return new Health(Health.Level.FAILED, "does not run", Map.of());
        }
        List<String> addresses =
                running.receiver().addresses().stream().map(Object::toString).toList();
        List<InterfaceStatus> interfaces =
                running.router().states().stream().map(this::status).toList();
        long bound = running.router().states().stream()
                .filter(state -> state.v4().lease() != null || state.v6().lease() != null)
                .count();
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("listeners", addresses);
        detail.put("connections", running.receiver().connections());
        detail.put("peers", counts.fates());
        detail.put("interfaces", interfaces);
        detail.put("others", counts.ofInterface(MonitorCounts.OTHERS));
        detail.put("dumps", refused.isKeeping());
        Optional<Health> v2 = running.v2();
        v2.ifPresent(second -> detail.put("v2", second.detail()));
        return new Health(
                v2.map(Health::level).orElse(Health.Level.OK),
                "listens at " + String.join(", ", addresses)
                        + v2.map(second -> "; " + second.message()).orElse("") + "; " + bound + " of "
                        + interfaces.size() + " interfaces have a lease",
                detail);
    }

    private InterfaceStatus status(InterfaceState state) {
        return new InterfaceStatus(
                state.ifname(),
                state.v4().phase().text(),
                state.v6().phase().text(),
                state.waiting(),
                state.lastAt(),
                counts.ofInterface(state.ifname()));
    }

    @Override
    public List<OwnCommand> commands() {
        return Stream.concat(Stream.of(new OwnCommand(DUMP, this::dump)), toClients.stream())
                .toList();
    }

    private CommandResponse dump(Arguments arguments) {
        arguments.find("keep", String.class).ifPresent(keep -> refused.keep(keep.equals(ON)));
        return CommandResponse.success(Map.of("keeping", refused.isKeeping(), "messages", refused.kept()));
    }

    @Override
    public void close() {
        World running = world;
        world = null;
        if (running != null) {
            running.close();
        }
    }
}
