package io.innkeeper.dhcp;

import io.innkeeper.config.ConfigProblem;
import io.innkeeper.config.Dhcp4Config;
import io.innkeeper.config.Dhcp4EntryRead;
import io.innkeeper.config.Dhcp4EntryReader;
import io.innkeeper.config.Dhcp4Exception;
import io.innkeeper.config.Dhcp4Match;
import io.innkeeper.view.ExceptionView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The access rules for a time that users make while the program runs. They end by themselves, and are forgotten then. Safe for
 * any thread.
 */
public final class ExceptionBook {
    /** Who forgets what is over, for the audit. */
    private static final String ITSELF = "Innkeeper";

    /**
     * What became of an exception.
     *
     * @param view as it is listed; null where it was turned down
     * @param problems why it was turned down
     */
    public record Taken(@Nullable ExceptionView view, List<ConfigProblem> problems) {
        /** Copies the list. */
        public Taken {
            problems = List.copyOf(problems);
        }
    }

    private final OwnDocuments store;
    private final Supplier<String> freshId;
    private final InstantSource clock;
    private final Function<String, String> whereOf;
    private final SequencedMap<String, String> documents = new LinkedHashMap<>();

    /**
     * What the store holds.
     *
     * @param freshId makes a name for a new one; asked again where it is taken
     * @param whereOf from a key of the configuration to the line where it was written
     */
    public ExceptionBook(
            OwnDocuments store, Supplier<String> freshId, InstantSource clock, Function<String, String> whereOf) {
        this.store = store;
        this.freshId = freshId;
        this.clock = clock;
        this.whereOf = whereOf;
        store.all().forEach(one -> documents.put(one.id(), one.json()));
    }

    /** Those that hold now, for the plan. */
    public synchronized List<OwnException> own(Dhcp4Config config) {
        return read(config).values().stream()
                .map(one -> new OwnException(
                        PlanAccess.match(one.match()), one.allow(), one.until().toEpochMilli()))
                .toList();
    }

    private SequencedMap<String, Dhcp4Exception> read(Dhcp4Config config) {
        Dhcp4EntryReader reader = new Dhcp4EntryReader(config);
        Instant now = clock.instant();
        SequencedMap<String, Dhcp4Exception> read = new LinkedHashMap<>();
        documents.forEach((id, json) -> {
            Dhcp4Exception one = reader.exception(json, now).value();
            if (one != null) {
                read.put(id, one);
            }
        });
        return read;
    }

    /** All that hold now: these, then those of the configuration. */
    public synchronized List<ExceptionView> listed(Dhcp4Config config) {
        List<ExceptionView> all = new ArrayList<>();
        read(config).forEach((id, one) -> all.add(view(id, one, ReservationViews.API)));
        List<Dhcp4Exception> configured = config.access().exceptions();
        for (int i = 0; i < configured.size(); i++) {
            String path = "dhcp4.access.exceptions[" + i + "]";
            if (configured.get(i).until().isAfter(clock.instant())) {
                all.add(view(null, configured.get(i), whereOf.apply(path) + " (" + path + ")"));
            }
        }
        return all;
    }

    private static ExceptionView view(@Nullable String id, Dhcp4Exception one, String where) {
        return new ExceptionView(id, one.name(), fields(one.match()), one.allow(), one.until(), where);
    }

    private static Map<String, Object> fields(Dhcp4Match match) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "mac", match.mac().stream().map(Object::toString).toList());
        put(fields, "clientId", match.clientId());
        put(fields, "vendor", match.vendor());
        put(fields, "vendorClass", match.vendorClass());
        put(fields, "userClass", match.userClass());
        put(fields, "hostname", match.hostname());
        put(fields, "circuitId", match.circuitId());
        put(fields, "remoteId", match.remoteId());
        put(fields, "relay", match.relay().stream().map(Object::toString).toList());
        put(fields, "architecture", match.architecture());
        put(fields, "random", match.random());
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
            boolean plain = value instanceof List<?> || value instanceof Boolean;
            fields.put(name, plain ? value : value.toString());
        }
    }

    /**
     * Takes an exception.
     *
     * @param json what it says
     * @param who for the audit
     */
    public synchronized Taken add(Dhcp4Config config, String json, String who) {
        Dhcp4EntryRead<Dhcp4Exception> read = new Dhcp4EntryReader(config).exception(json, clock.instant());
        Dhcp4Exception one = read.value();
        if (one == null) {
            return new Taken(null, read.problems());
        }
        String id = freshId.get();
        while (documents.containsKey(id)) {
            id = freshId.get();
        }
        store.change(List.of(new OwnDocuments.Document(id, json)), List.of(), who);
        documents.put(id, json);
        return new Taken(view(id, one, ReservationViews.API), List.of());
    }

    /**
     * Ends an exception.
     *
     * @return it, as it was; empty where there is none of that name
     */
    public synchronized Optional<ExceptionView> remove(Dhcp4Config config, String id, String who) {
        Dhcp4Exception one = read(config).get(id);
        if (one == null) {
            return Optional.empty();
        }
        store.change(List.of(), List.of(id), who);
        documents.remove(id);
        return Optional.of(view(id, one, ReservationViews.API));
    }

    /** Forgets what is over. */
    public synchronized void prune(Dhcp4Config config) {
        SequencedMap<String, Dhcp4Exception> holding = read(config);
        List<String> over = documents.keySet().stream()
                .filter(id -> !holding.containsKey(id))
                .toList();
        if (!over.isEmpty()) {
            store.change(List.of(), over, ITSELF);
            over.forEach(documents::remove);
        }
    }
}
