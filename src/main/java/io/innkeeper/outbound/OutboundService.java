package io.innkeeper.outbound;

import io.innkeeper.config.OutboundConfig;
import io.innkeeper.config.OutboundConfiguration;
import io.innkeeper.config.OutboundMqtt;
import io.innkeeper.config.OutboundNeighbour;
import io.innkeeper.config.OutboundWebhook;
import io.innkeeper.event.EventLog;
import io.innkeeper.service.ArgumentSpec;
import io.innkeeper.service.ArgumentType;
import io.innkeeper.service.Arguments;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.service.CommandSpec;
import io.innkeeper.service.Health;
import io.innkeeper.service.OwnCommand;
import io.innkeeper.service.Service;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.Outbox;
import io.innkeeper.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service {@code outbound}: runs a {@link TargetWorker} for each target that is configured. */
public final class OutboundService implements Service {
    private static final CommandSpec RETRY = CommandSpec.of(
                    "retry", "Tries again now, without waiting.", "retried: names of targets")
            .taking(ArgumentSpec.optional("target", ArgumentType.TEXT, "One target; otherwise all."));

    /** The name of the service and of its section of the configuration. */
    public static final String NAME = "outbound";

    private static final Logger LOG = LoggerFactory.getLogger(OutboundService.class);
    private static final String MQTT = "mqtt";

    /** So long a loss of events makes the service look bad. */
    private static final Duration LOSS_SHOWS = Duration.ofDays(1);

    private final Supplier<OutboundConfig> config;
    private final TargetWorker.World world;
    private final Map<String, String> environment;
    private final KnownSystems systems;
    private final SequencedMap<String, TargetWorker> workers = new LinkedHashMap<>();
    private @Nullable FailureListener listener;

    /**
     * Not started.
     *
     * @param config the section as it is now; asked at start and at each {@link #adjust}
     * @param environment where secrets may stand
     * @param systems what neighbours are told of
     * @param atOnce how many events a target takes from the stream in one go, at least 1
     */
    public OutboundService(
            Supplier<OutboundConfig> config,
            EventLog log,
            EventQueries events,
            Outbox outbox,
            InstantSource clock,
            OutboundStatistics statistics,
            Map<String, String> environment,
            KnownSystems systems,
            int atOnce) {
        this(
                config,
                new TargetWorker.World(
                        log, events, outbox, clock, RandomGenerator.getDefault(), BackOff.USUAL, statistics, atOnce),
                environment,
                systems);
    }

    OutboundService(
            Supplier<OutboundConfig> config,
            TargetWorker.World world,
            Map<String, String> environment,
            KnownSystems systems) {
        this.systems = systems;
        this.config = config;
        this.world = world;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public synchronized void start(FailureListener told) {
        listener = told;
        adjust();
    }

    /**
     * Takes the configuration as it is now. A target that did not change goes on undisturbed; one that changed goes on from
     * where it was; the place of one that is gone is forgotten.
     */
    public synchronized void adjust() {
        FailureListener told = listener;
        if (told == null) {
            return; // not started, or closed
        }
        SequencedMap<String, Target> wanted = targets(config.get());
        List<TargetWorker> leaving = workers.values().stream()
                .filter(worker ->
                        !isSame(worker.target(), wanted.get(worker.target().name())))
                .toList();
        leaving.forEach(TargetWorker::stop);
        leaving.forEach(TargetWorker::join);
        leaving.forEach(worker -> workers.remove(worker.target().name()));
        forgetAllBut(wanted);
        wanted.forEach((name, target) -> {
            if (!workers.containsKey(name)) {
                TargetWorker worker = new TargetWorker(target, world, told::failed);
                workers.put(name, worker);
                worker.start();
            }
        });
    }

    private static boolean isSame(Target one, @Nullable Target other) {
        return other != null && one.config().equals(other.config());
    }

    private void forgetAllBut(SequencedMap<String, Target> wanted) {
        try {
            world.outbox().retain(wanted.keySet());
        } catch (StoreException e) {
            LOG.warn("Targets that are no longer configured could not be forgotten: {}", e.getMessage());
        }
    }

    private SequencedMap<String, Target> targets(OutboundConfig section) {
        SequencedMap<String, Target> targets = new LinkedHashMap<>();
        EventKey keys = new EventKey(world.outbox().identity());
        for (OutboundWebhook webhook : section.webhooks()) {
            String name = "webhook:" + webhook.name();
            targets.put(
                    name,
                    new Target(
                            name,
                            MqttCarrier.types(webhook.events()),
                            webhook,
                            () -> new WebhookCarrier(webhook, keys, world.clock(), environment)));
        }
        OutboundMqtt mqtt = section.mqtt();
        if (mqtt != null) {
            targets.put(
                    MQTT,
                    new Target(
                            MQTT,
                            MqttCarrier.wanted(mqtt),
                            mqtt,
                            () -> new MqttCarrier(mqtt, keys, world.events(), environment)));
        }
        neighbours(section, keys, targets);
        return targets;
    }

    private void neighbours(OutboundConfig section, EventKey keys, SequencedMap<String, Target> targets) {
        OutboundNeighbour database = section.database();
        if (database != null) {
            String name = DatabaseCarrier.NAME;
            targets.put(
                    name,
                    new Target(
                            name,
                            NeighbourCarrier.TYPES,
                            database,
                            () -> new DatabaseCarrier(database, systems, keys)));
        }
        OutboundConfiguration configuration = section.configuration();
        if (configuration != null) {
            String name = ConfigurationCarrier.NAME;
            targets.put(
                    name,
                    new Target(
                            name,
                            NeighbourCarrier.TYPES,
                            configuration,
                            () -> new ConfigurationCarrier(configuration, systems, keys)));
        }
    }

    private synchronized List<TargetWorker> running() {
        return new ArrayList<>(workers.values());
    }

    /** Events that each target has not looked at yet. */
    public Map<List<String>, Double> waiting() {
        Map<List<String>, Double> waiting = new LinkedHashMap<>();
        running().forEach(worker -> {
            Outbox.Place place = worker.status().place();
            if (place != null) {
                waiting.put(List.of(worker.target().name()), (double) after(place));
            }
        });
        return waiting;
    }

    private long after(Outbox.Place place) {
        return Math.max(0, world.log().newest() - place.number());
    }

    @Override
    public Health health() {
        Map<String, Object> detail = new LinkedHashMap<>();
        List<String> complaints = new ArrayList<>();
        for (TargetWorker worker : running()) {
            TargetStatus status = worker.status();
            detail.put(worker.target().name(), detail(status));
            complain(worker.target().name(), status, complaints);
        }
        return complaints.isEmpty()
                ? new Health(Health.Level.OK, "delivers to " + detail.size() + " targets", detail)
                : new Health(Health.Level.DEGRADED, String.join("; ", complaints), detail);
    }

    private Map<String, Object> detail(TargetStatus status) {
        Map<String, Object> detail = new LinkedHashMap<>();
        Outbox.Place place = status.place();
        detail.put("delivered", status.delivered());
        if (place != null) {
            detail.put("waiting", after(place));
            detail.put("lastNumber", place.number());
            detail.put("attempts", place.attempts());
            detail.put("refused", place.refused());
            detail.put("lost", place.lost());
        }
        putIf(detail, "trouble", status.trouble());
        putIf(detail, "lastFailure", status.failure());
        putIf(detail, "lastFailureAt", status.failedAt());
        putIf(detail, "nextTryAt", status.nextTryAt());
        return detail;
    }

    private static void putIf(Map<String, Object> detail, String key, @Nullable Object value) {
        if (value != null) {
            detail.put(key, value.toString());
        }
    }

    private void complain(String name, TargetStatus status, List<String> complaints) {
        String trouble = status.trouble();
        if (trouble != null) {
            String next = status.gone()
                    ? "; not tried again until its configuration changes"
                    : status.nextTryAt() == null ? "" : "; next try at " + status.nextTryAt();
            complaints.add(name + ": " + trouble + next);
        }
        if (status.lostAt() != null
                && status.lostAt().plus(LOSS_SHOWS).isAfter(world.clock().instant())) {
            complaints.add(name + ": events were removed before they could be delivered (events.keep)");
        }
    }

    @Override
    public List<OwnCommand> commands() {
        return List.of(new OwnCommand(RETRY, this::retry));
    }

    private CommandResponse retry(Arguments arguments) {
        Optional<String> name = arguments.find("target", String.class);
        List<TargetWorker> meant = running().stream()
                .filter(worker -> name.isEmpty() || worker.target().name().equals(name.get()))
                .toList();
        if (meant.isEmpty()) {
            return CommandResponse.commandError(name.map(given -> "there is no target '" + given + "'; ")
                            .orElse("") + "retry without target= means all, get_status names them");
        }
        meant.forEach(TargetWorker::tryAgain);
        return CommandResponse.success(Map.of(
                "retried", meant.stream().map(worker -> worker.target().name()).toList()));
    }

    @Override
    public synchronized void close() {
        listener = null;
        workers.values().forEach(TargetWorker::stop);
        workers.values().forEach(TargetWorker::join);
    }
}
