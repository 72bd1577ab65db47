package io.innkeeper.feed.dnsmasq.bus;

import io.innkeeper.lease.LeaseFact;
import io.innkeeper.service.ArgumentProblem;
import io.innkeeper.service.ArgumentSpec;
import io.innkeeper.service.ArgumentType;
import io.innkeeper.service.Arguments;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.service.CommandSpec;
import io.innkeeper.service.OwnCommand;
import io.innkeeper.wire.dnsmasq.LeaseFile;
import io.innkeeper.wire.dnsmasq.LeaseFileContent;
import io.innkeeper.wire.dnsmasq.LeaseLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command {@code restore}: a dnsmasq that lost its lease file is given its leases back, by its method {@code AddDhcpLease}.
 * Without that it would give addresses to newcomers that others still use.
 */
public final class Restore {
    private static final Logger LOG = LoggerFactory.getLogger(Restore.class);
    private static final CommandSpec SPEC = CommandSpec.of(
                    "restore",
                    "Gives a dnsmasq that lost its lease file its leases back, over D-Bus.",
                    "source, done, restored, stands, left, failed; leases: address, mac, hostname, expiresAt, outcome,"
                            + " reason of each")
            .taking(
                    ArgumentSpec.optional(
                            "source", ArgumentType.TEXT, "The name of the dnsmasq, where several are watched."),
                    ArgumentSpec.optional("dry_run", ArgumentType.BOOLEAN, "Only says what would be done.")
                            .otherwise("false"),
                    ArgumentSpec.optional(
                            "since",
                            ArgumentType.TIME,
                            "Leases that the file lost since then are given back too; without it, since a day ago."));

    private static final Duration SINCE = Duration.ofDays(1);

    /** How often a lease file that is being written is read again, and how long to wait in between. */
    private static final int LOOKS = 20;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

    /**
     * A dnsmasq that is watched.
     *
     * @param bus where it is called; null where no bus is configured
     * @param leases its lease file; null where that is not watched
     */
    public record Target(
            BusListener.@Nullable Settings bus, @Nullable Path leases) {}

    /** What is known of the leases of a dnsmasq. */
    @FunctionalInterface
    public interface Memory {
        /** Those that stand, and those that its lease file lost since then. */
        List<KnownLease> of(String source, Instant since);
    }

    private final Supplier<SequencedMap<String, Target>> targets;
    private final Memory memory;
    private final InstantSource clock;

    /** @param targets what is watched now, by name */
    public Restore(Supplier<SequencedMap<String, Target>> targets, Memory memory, InstantSource clock) {
        this.targets = targets;
        this.memory = memory;
        this.clock = clock;
    }

    /** The command, for the service {@code dnsmasq}. */
    public OwnCommand own() {
        return new OwnCommand(SPEC, this::run);
    }

    private CommandResponse run(Arguments arguments) {
        Instant now = clock.instant();
        boolean dry = arguments.find("dry_run", Boolean.class).orElse(false);
        Instant since = arguments.find("since", Instant.class).orElse(now.minus(SINCE));
        Optional<String> wanted = arguments.find("source", String.class);
        SequencedMap<String, Target> all = targets.get();
        if (all.isEmpty()) {
            return CommandResponse.serviceError("no dnsmasq is watched");
        }
        String source = wanted.orElse(all.firstEntry().getKey());
        Target target = all.get(source);
        if (target == null || (wanted.isEmpty() && all.size() > 1)) {
            return CommandResponse.wrong(List.of(new ArgumentProblem(
                    "source", "must be the name of a dnsmasq that is watched: " + String.join(", ", all.keySet()))));
        }
        if (target.bus() == null) {
            return CommandResponse.serviceError("leases are given back over D-Bus: dnsmasq '" + source
                    + "' needs enable-dbus in its configuration, and dnsmasq.dbus in ours");
        }
        return restore(source, target, target.bus(), since, dry);
    }

    /** One at a time: two would each see a file without what the other gives. */
    private synchronized CommandResponse restore(
            String source, Target target, BusListener.Settings address, Instant since, boolean dry) {
        try (BusConnection bus = BusConnection.open(address.address(), () -> {})) {
            DnsmasqOnBus dnsmasq = new DnsmasqOnBus(bus, address.service());
            if (bus.owner(address.service()).isEmpty()) {
                return CommandResponse.networkError("dnsmasq '" + source
                        + "' is not on the bus: it does not run, or its" + " configuration lacks enable-dbus");
            }
            List<LeaseLine> lines = target.leases() == null ? List.of() : lines(target.leases());
            List<RestoreStep> plan = RestorePlan.of(memory.of(source, since), lines, clock.instant());
            List<RestoreStep> done = dry ? plan : apply(dnsmasq, plan);
            LOG.info("dnsmasq '{}' {}: {}", source, dry ? "could be given back" : "was given back", counts(done));
            return CommandResponse.success(answer(source, !dry, done));
        } catch (BusException e) {
            return CommandResponse.networkError(
                    e.isRefused()
                            ? "the bus does not let this user call dnsmasq; docs/watching.md shows the policy that does"
                            : e.text());
        } catch (IOException e) {
            return CommandResponse.serviceError(
                    "the lease file " + target.leases() + " cannot be read: " + e.getMessage());
        }
    }

    private static List<RestoreStep> apply(DnsmasqOnBus dnsmasq, List<RestoreStep> plan) throws BusException {
        List<RestoreStep> done = new ArrayList<>(plan.size());
        for (RestoreStep step : plan) {
            done.add(step.outcome() == RestoreStep.Outcome.RESTORED ? give(dnsmasq, step) : step);
        }
        return done;
    }

    /** What is refused for one is refused for all; other failures are of this lease. */
    private static RestoreStep give(DnsmasqOnBus dnsmasq, RestoreStep step) throws BusException {
        LeaseFact fact = step.lease().fact();
        boolean v6 = fact.address().v6();
        Long iaid = fact.iaid();
        try {
            dnsmasq.addLease(
                    fact.address(),
                    v6 ? null : fact.mac(),
                    name(fact.hostname()),
                    fact.clientId(),
                    step.seconds(),
                    iaid == null ? 0 : iaid,
                    v6 && fact.temporary());
            return step;
        } catch (BusException e) {
            if (e.isRefused() || e.isUnknownMethod() || !dnsmasq.bus().isOpen()) {
                throw e;
            }
            return step.failed(e.getMessage());
        }
    }

    /** A name that dnsmasq takes as it is; others were made readable by us, and are no names. */
    private static @Nullable String name(@Nullable String hostname) {
        return hostname != null && hostname.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,254}") ? hostname : null;
    }

    /** The file as it is when nobody writes it: dnsmasq cuts it and writes it anew at each change. */
    private static List<LeaseLine> lines(Path file) throws IOException {
        byte[] before = new byte[0];
        for (int i = 0; i < LOOKS; i++) {
            byte[] bytes = read(file);
            LeaseFileContent content = LeaseFile.parse(bytes);
            if (i > 0 && Arrays.equals(before, bytes) && !content.partial()) {
                return content.leases();
            }
            before = bytes;
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        throw new IOException("it is written all the time; try again");
    }

    private static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    private static Map<String, Integer> counts(List<RestoreStep> steps) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (RestoreStep.Outcome outcome : RestoreStep.Outcome.values()) {
            counts.put(outcome.text(), (int)
                    steps.stream().filter(step -> step.outcome() == outcome).count());
        }
        return counts;
    }

    private static Map<String, Object> answer(String source, boolean done, List<RestoreStep> steps) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("source", source);
        answer.put("done", done);
        answer.putAll(counts(steps));
        answer.put("leases", steps.stream().map(Restore::lease).toList());
        return answer;
    }

    private static Map<String, Object> lease(RestoreStep step) {
        LeaseFact fact = step.lease().fact();
        Map<String, Object> lease = new LinkedHashMap<>();
        lease.put("address", fact.address().toString());
        put(lease, "mac", fact.mac());
        put(lease, "clientId", fact.clientId());
        put(lease, "hostname", fact.hostname());
        put(lease, "expiresAt", fact.expiry().at());
        lease.put("outcome", step.outcome().text());
        put(lease, "reason", step.reason());
        return lease;
    }

    private static void put(Map<String, Object> lease, String name, @Nullable Object value) {
        lease.put(name, value == null ? null : value.toString());
    }
}
