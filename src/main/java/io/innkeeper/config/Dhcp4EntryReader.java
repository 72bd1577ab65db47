package io.innkeeper.config;

import io.innkeeper.config.ConfigNode.Mapping;
import io.innkeeper.wire.dhcp4.OptionRegistry;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads reservations and exceptions that come as JSON through the API. They have the keys of the configuration, written as the
 * API writes them ({@code clientId} for {@code client-id}), and are checked by the same rules, everything at once.
 */
public final class Dhcp4EntryReader {
    /** In front of the paths while a document is read; cut off at the end. */
    private static final String RESERVATION = "reservation";

    private static final String EXCEPTION = "exception";
    private static final Origin API = new Origin("API", 0);
    private static final Shape.Section ENTRY = Shape.of(Dhcp4Entry.class, Shape.Naming.KEBAB);
    private static final Shape.Section EXCEPTIONS = Shape.of(OneException.class, Shape.Naming.KEBAB);

    /** So that its keys have a path, as everything that is checked. */
    private record OneException(Dhcp4Exception exception) {}

    private final Dhcp4Config config;
    private final OptionRegistry registry;

    /** For entries beside this configuration. */
    public Dhcp4EntryReader(Dhcp4Config config) {
        this.config = config;
        this.registry = Dhcp4OptionValues.registryOf(config);
    }

    /** Reads a reservation: a JSON object with the keys of {@link Dhcp4Reservation}, and {@code subnet}. */
    public Dhcp4EntryRead<Dhcp4Entry> reservation(String json) {
        Problems problems = new Problems();
        Mapping read = kebab(TokenReader.json(API.source(), json, problems));
        SequencedMap<String, ConfigNode> fields = new LinkedHashMap<>(read.entries());
        ConfigNode subnet = fields.remove("subnet");
        SequencedMap<String, ConfigNode> root = new LinkedHashMap<>();
        if (subnet != null) {
            root.put("subnet", subnet);
        }
        root.put(RESERVATION, new Mapping(fields, API));
        if (problems.isUnreadable()) {
            return read(RESERVATION, null, problems);
        }
        Binder binder = new Binder(ENTRY, problems);
        Map<String, @Nullable Object> values = binder.bind(new Mapping(root, API));
        if (values.get(RESERVATION) instanceof Dhcp4Reservation reservation) {
            ConfigPlaces places = new ConfigPlaces(binder.provenance(), binder.gaps(), problems);
            check(places, reservation, (Prefix) values.get("subnet"));
        }
        return read(
                RESERVATION,
                problems.none() ? (Dhcp4Entry) Binder.construct(Dhcp4Entry.class, values) : null,
                problems);
    }

    private void check(ConfigPlaces places, Dhcp4Reservation reservation, @Nullable Prefix wanted) {
        IpAddress address = reservation.address();
        Prefix prefix = address == null ? wanted : Dhcp4Subnets.prefixOf(config, address);
        if (wanted != null
                && config.allSubnets().stream().noneMatch(one -> one.prefix().equals(wanted))) {
            places.error(
                    "subnet",
                    wanted + " is not a subnet of the configuration; there are: " + Dhcp4Subnets.names(config));
        }
        if (address != null && prefix == null) {
            places.error(
                    RESERVATION + ".address",
                    address + " is in no subnet of the configuration; there are: " + Dhcp4Subnets.names(config));
        } else if (address != null && prefix != null && wanted != null && !wanted.equals(prefix)) {
            places.error(RESERVATION + ".address", address + " is not in the subnet " + wanted);
        }
        Dhcp4ReservationCheck alone = new Dhcp4ReservationCheck(places, Objects.requireNonNullElse(prefix, EVERYWHERE));
        alone.check(RESERVATION, List.of(reservation));
        new Dhcp4LevelCheck(places, registry, false)
                .check(RESERVATION, reservation.level(), Dhcp4Subnets.lifetimes(config, prefix));
    }

    private static final Prefix EVERYWHERE = new Prefix(IpAddress.v4(0), 0);

    /** Reads an exception: a JSON object with the keys of {@link Dhcp4Exception}. */
    public Dhcp4EntryRead<Dhcp4Exception> exception(String json, Instant now) {
        Problems problems = new Problems();
        Mapping read = kebab(TokenReader.json(API.source(), json, problems));
        if (problems.isUnreadable()) {
            return read(EXCEPTION, null, problems);
        }
        Binder binder = new Binder(EXCEPTIONS, problems);
        Map<String, @Nullable Object> values =
                binder.bind(new Mapping(new LinkedHashMap<>(Map.of(EXCEPTION, read)), API));
        ConfigPlaces places = new ConfigPlaces(binder.provenance(), binder.gaps(), problems);
        boolean names = read.entries().keySet().stream().anyMatch(key -> !NO_MATCH.contains(key));
        if (!names) {
            places.error(EXCEPTION, "names nobody: write mac, vendor-class or another key; mac: \"*\" is everybody");
        }
        if (!(values.get(EXCEPTION) instanceof Dhcp4Exception exception)) {
            return read(EXCEPTION, null, problems);
        }
        if (!exception.until().isAfter(now)) {
            places.error(EXCEPTION + ".until", "is over already: " + exception.until());
        }
        return read(EXCEPTION, problems.none() ? exception : null, problems);
    }

    private static final List<String> NO_MATCH = List.of("name", "allow", "until");

    private static Mapping kebab(Mapping mapping) {
        SequencedMap<String, ConfigNode> fields = new LinkedHashMap<>();
        mapping.entries().forEach((key, node) -> {
            String name = key.equals("macs") ? "mac" : Shape.Naming.KEBAB.key(key);
            fields.put(name, name.equals("boot") && node instanceof Mapping boot ? kebab(boot) : node);
        });
        return new Mapping(fields, mapping.origin());
    }

    private static <T> Dhcp4EntryRead<T> read(String root, @Nullable T value, Problems problems) {
        return new Dhcp4EntryRead<>(
                value,
                problems.errors().stream()
                        .map(one -> new ConfigProblem(
                                field(root, one.path()), one.origin(), one.message(), one.suggestion()))
                        .toList());
    }

    /** {@code reservation.client-id} → {@code clientId}; names of options stay as they are. */
    private static String field(String root, String path) {
        String inside = path.equals(root) || path.isEmpty()
                ? "body"
                : path.startsWith(root + ".") ? path.substring(root.length() + 1) : path;
        if (inside.startsWith("options.")) {
            return inside;
        }
        StringBuilder camel = new StringBuilder();
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            boolean hyphen = c == '-' && i + 1 < inside.length();
            camel.append(hyphen ? Character.toUpperCase(inside.charAt(++i)) : c);
        }
        return camel.toString();
    }
}
