package io.innkeeper.dhcp;

import io.innkeeper.config.ConfigProblem;
import io.innkeeper.config.Dhcp4Config;
import io.innkeeper.config.Dhcp4Entry;
import io.innkeeper.config.Dhcp4EntryRead;
import io.innkeeper.config.Dhcp4EntryReader;
import io.innkeeper.view.ReservationView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The reservations that users make while the program runs: checked against the configuration and each other, kept, listed. One
 * that a later configuration has no place for rests until one has. Safe for any thread.
 */
public final class ReservationBook {
    /**
     * What became of a reservation.
     *
     * @param id its name; null where it was turned down
     * @param entry what it says; null where it was turned down
     * @param problems why it was turned down
     */
    public record Taken(@Nullable String id, @Nullable Dhcp4Entry entry, List<ConfigProblem> problems) {
        /** Copies the list. */
        public Taken {
            problems = List.copyOf(problems);
        }
    }

    private record Known(String id, Dhcp4EntryRead<Dhcp4Entry> read, List<ConfigProblem> clashes) {
        @Nullable
        String problem() {
            List<ConfigProblem> all = read.problems().isEmpty() ? clashes : read.problems();
            return all.isEmpty()
                    ? null
                    : all.getFirst().path() + ": " + all.getFirst().message();
        }
    }

    private final OwnDocuments store;
    private final Supplier<String> freshId;
    private final Function<String, String> whereOf;
    private final SequencedMap<String, String> documents = new LinkedHashMap<>();

    /** What the documents say beside this configuration: reading them is the slow part. */
    private final Map<String, Dhcp4EntryRead<Dhcp4Entry>> reads = new HashMap<>();

    private @Nullable Dhcp4Config readBeside;

    /**
     * What the store holds.
     *
     * @param freshId makes a name for a new one; asked again where it is taken
     * @param whereOf from a key of the configuration to the line where it was written
     */
    public ReservationBook(OwnDocuments store, Supplier<String> freshId, Function<String, String> whereOf) {
        this.store = store;
        this.freshId = freshId;
        this.whereOf = whereOf;
        store.all().forEach(one -> documents.put(one.id(), one.json()));
    }

    /** Those that have a place in this configuration, for its plan. */
    public synchronized List<OwnReservation> own(Dhcp4Config config) {
        List<OwnReservation> own = new ArrayList<>();
        for (Known known : known(config, keys(config))) {
            Dhcp4Entry entry = known.read().value();
            if (entry != null && known.clashes().isEmpty()) {
                own.add(OwnReservations.made(config, known.id(), entry));
            }
        }
        return own;
    }

    /** All of the configuration, then all of these; without a configuration these alone, at rest. */
    public synchronized List<ReservationView> listed(@Nullable Dhcp4Config config) {
        List<ReservationView> all = new ArrayList<>();
        if (config == null) {
            documents.forEach((id, json) -> all.add(ReservationViews.resting(id, "dhcp4 is not configured")));
            return all;
        }
        ReservationViews.configured(
                config,
                (path, entry) ->
                        all.add(ReservationViews.of(entry, null, whereOf.apply(path) + " (" + path + ")", null)));
        for (Known known : known(config, keys(config))) {
            Dhcp4Entry entry = known.read().value();
            all.add(
                    entry == null
                            ? ReservationViews.resting(known.id(), Objects.requireNonNull(known.problem()))
                            : ReservationViews.of(entry, known.id(), ReservationViews.API, known.problem()));
        }
        return all;
    }

    private ReservationKeys keys(Dhcp4Config config) {
        ReservationKeys keys = new ReservationKeys(config);
        ReservationViews.configured(config, (path, entry) -> keys.add(entry, whereOf.apply(path) + " (" + path + ")"));
        return keys;
    }

    private List<Known> known(Dhcp4Config config, ReservationKeys keys) {
        Dhcp4EntryReader reader = new Dhcp4EntryReader(config);
        if (!config.equals(readBeside)) {
            reads.clear();
            readBeside = config;
        }
        reads.keySet().retainAll(new HashSet<>(documents.values()));
        List<Known> all = new ArrayList<>();
        documents.forEach((id, json) -> {
            Dhcp4EntryRead<Dhcp4Entry> read = reads.computeIfAbsent(json, reader::reservation);
            Dhcp4Entry entry = read.value();
            List<ConfigProblem> clashes = entry == null ? List.of() : keys.clashes(entry);
            if (entry != null && clashes.isEmpty()) {
                keys.add(
                        entry,
                        id
                                + (entry.reservation().name() == null
                                        ? ""
                                        : " (" + entry.reservation().name() + ")"));
            }
            all.add(new Known(id, read, clashes));
        });
        return all;
    }

    /** The document of a reservation, as it was given; empty where there is none. */
    public synchronized Optional<String> document(String id) {
        return Optional.ofNullable(documents.get(id));
    }

    /**
     * Takes a reservation.
     *
     * @param id the one that it replaces, which there must be; null for a new one
     * @param json what it says
     * @param who for the audit
     * @throws IllegalArgumentException if there is no such one
     */
    public synchronized Taken put(Dhcp4Config config, @Nullable String id, String json, String who) {
        if (id != null && !documents.containsKey(id)) {
            throw new IllegalArgumentException("no reservation " + id);
        }
        String before = id == null ? null : documents.remove(id);
        try {
            ReservationKeys keys = keys(config);
            known(config, keys);
            Taken taken = read(new Dhcp4EntryReader(config), keys, json, id);
            if (taken.id() != null) {
                store.change(List.of(new OwnDocuments.Document(taken.id(), json)), List.of(), who);
                documents.put(taken.id(), json);
            }
            return taken;
        } finally {
            if (before != null) {
                documents.putIfAbsent(id, before);
            }
        }
    }

    private Taken read(Dhcp4EntryReader reader, ReservationKeys keys, String json, @Nullable String id) {
        Dhcp4EntryRead<Dhcp4Entry> read = reader.reservation(json);
        Dhcp4Entry entry = read.value();
        List<ConfigProblem> problems = entry == null ? read.problems() : keys.clashes(entry);
        if (entry == null || !problems.isEmpty()) {
            return new Taken(null, null, problems);
        }
        String name = id;
        while (name == null || (id == null && documents.containsKey(name))) {
            name = freshId.get();
        }
        keys.add(entry, name);
        return new Taken(name, entry, List.of());
    }

    /**
     * Takes several, all or none.
     *
     * @param jsons what they say
     * @param dryRun true to find out only
     * @return one for each, in the same order; where one was turned down, or on a dry run, nothing was stored
     */
    public synchronized List<Taken> putAll(Dhcp4Config config, List<String> jsons, boolean dryRun, String who) {
        ReservationKeys keys = keys(config);
        known(config, keys);
        Dhcp4EntryReader reader = new Dhcp4EntryReader(config);
        List<Taken> all = new ArrayList<>();
        Map<String, String> fresh = new HashMap<>();
        for (String json : jsons) {
            Taken taken = read(reader, keys, json, null);
            while (taken.id() != null && fresh.containsKey(taken.id())) {
                taken = new Taken(freshId.get(), taken.entry(), List.of());
            }
            if (taken.id() != null) {
                fresh.put(taken.id(), json);
            }
            all.add(taken);
        }
        if (!dryRun && fresh.size() == jsons.size()) {
            List<OwnDocuments.Document> put = fresh.entrySet().stream()
                    .map(one -> new OwnDocuments.Document(one.getKey(), one.getValue()))
                    .toList();
            store.change(put, List.of(), who);
            documents.putAll(fresh);
        }
        return all;
    }

    /**
     * Removes a reservation.
     *
     * @return it, as it was; empty where there is none of that name
     */
    public synchronized Optional<ReservationView> remove(Dhcp4Config config, String id, String who) {
        Optional<ReservationView> before = view(config, id);
        if (before.isPresent()) {
            store.change(List.of(), List.of(id), who);
            documents.remove(id);
        }
        return before;
    }

    /** One of these as it is listed; empty where there is none of that name. */
    public synchronized Optional<ReservationView> view(Dhcp4Config config, String id) {
        return listed(config).stream().filter(one -> id.equals(one.id())).findFirst();
    }
}
