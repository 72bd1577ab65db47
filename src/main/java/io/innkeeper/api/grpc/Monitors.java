package io.innkeeper.api.grpc;

import com.google.rpc.Code;
import innkeeper.v1.DhcpMessages;
import innkeeper.v1.MonitoredSource;
import innkeeper.v1.MonitoredSourceChange;
import innkeeper.v1.Monitoring;
import innkeeper.v1.UpdateMonitoringRequest;
import innkeeper.v1.WatchWay;
import innkeeper.v1.WatchWayKind;
import innkeeper.v1.WatchWaySwitch;
import io.innkeeper.config.Config;
import io.innkeeper.config.DnsmasqSource;
import io.innkeeper.config.DurationText;
import io.innkeeper.service.ServiceStatus;
import io.innkeeper.view.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How the network is watched: the section {@code dnsmasq} and what its service says, in the words of the contract. */
final class Monitors {
    private static final String DNSMASQ = "dnsmasq";
    private static final String WAY = "WATCH_WAY_KIND_";
    private static final String MESSAGES = "DHCP_MESSAGES_";

    private final GrpcWorld world;

    Monitors(GrpcWorld world) {
        this.world = world;
    }

    /** How it is watched now. */
    Monitoring read() {
        Monitoring.Builder monitoring = Monitoring.newBuilder().setNaming(Namings.of(world.running()));
        JsonNode seen = seen();
        List<DnsmasqSource> configured = world.running().config().dnsmasq();
        if (configured == null) {
            seen.forEach(source -> monitoring.addSources(found(source)));
        } else {
            configured.forEach(source -> monitoring.addSources(configured(source, named(seen, source.name()))));
        }
        return monitoring.build();
    }

    /** What the service says of each instance. */
    private JsonNode seen() {
        Object sources = world.services()
                .status(DNSMASQ)
                .map(ServiceStatus::detail)
                .map(detail -> detail.get("sources"))
                .orElse(List.of());
        return Json.MAPPER.valueToTree(sources);
    }

    private static JsonNode named(JsonNode sources, String name) {
        return sources.valueStream()
                .filter(source -> source.path("name").asString("").equals(name))
                .findFirst()
                .orElseGet(Json.MAPPER::createObjectNode);
    }

    private static MonitoredSource found(JsonNode seen) {
        MonitoredSource.Builder source = MonitoredSource.newBuilder()
                .setName(seen.path("name").asString(""))
                .setFound(true);
        ways(seen).values().forEach(source::addWays);
        if (source.getWaysCount() == 0) {
            source.addWays(file(seen));
        }
        return source.build();
    }

    private static MonitoredSource configured(DnsmasqSource config, JsonNode seen) {
        MonitoredSource.Builder source = MonitoredSource.newBuilder()
                .setName(config.name())
                .setDhcpMessages(
                        DhcpMessages.valueOf(MESSAGES + config.messages().name()))
                .setPoll(Times.of(config.poll()))
                .setGather(Times.of(config.gather()));
        Map<WatchWayKind, WatchWay> ways = ways(seen);
        if (config.leases() != null) {
            ways.putIfAbsent(WatchWayKind.WATCH_WAY_KIND_FILE, file(seen));
        }
        switches(config).forEach((kind, enabled) -> {
            WatchWay.Builder way =
                    ways.getOrDefault(kind, WatchWay.newBuilder().setKind(kind).build()).toBuilder();
            ways.put(kind, way.setEnabled(enabled).build());
        });
        return source.addAllWays(ways.values()).build();
    }

    /** The ways that can be switched and are configured, and whether they are on. */
    private static Map<WatchWayKind, Boolean> switches(DnsmasqSource config) {
        Map<WatchWayKind, Boolean> switches = new EnumMap<>(WatchWayKind.class);
        Optional.ofNullable(config.log())
                .ifPresent(way -> switches.put(WatchWayKind.WATCH_WAY_KIND_LOG, way.enabled()));
        Optional.ofNullable(config.syslog())
                .ifPresent(way -> switches.put(WatchWayKind.WATCH_WAY_KIND_SYSLOG, way.enabled()));
        Optional.ofNullable(config.journal())
                .ifPresent(way -> switches.put(WatchWayKind.WATCH_WAY_KIND_JOURNAL, way.enabled()));
        Optional.ofNullable(config.dbus())
                .ifPresent(way -> switches.put(WatchWayKind.WATCH_WAY_KIND_DBUS, way.enabled()));
        Optional.ofNullable(config.ubus())
                .ifPresent(way -> switches.put(WatchWayKind.WATCH_WAY_KIND_UBUS, way.enabled()));
        return switches;
    }

    private static WatchWay file(JsonNode seen) {
        WatchWay.Builder way =
                WatchWay.newBuilder().setKind(WatchWayKind.WATCH_WAY_KIND_FILE).setEnabled(true);
        way.setSubject(seen.path("leaseFile").asString(""));
        way.setMessage(seen.path("message").asString(""));
        return way.setState(
                        switch (seen.path("state").asString("")) {
                            case "watching" -> "listening";
                            case "" -> "";
                            case "unreadable" -> "failing";
                            default -> "waiting";
                        })
                .build();
    }

    private static Map<WatchWayKind, WatchWay> ways(JsonNode seen) {
        Map<WatchWayKind, WatchWay> ways = new EnumMap<>(WatchWayKind.class);
        seen.path("listeners")
                .forEach(listener ->
                        kind(listener.path("way").asString("")).ifPresent(kind -> ways.put(kind, way(kind, listener))));
        return ways;
    }

    private static Optional<WatchWayKind> kind(String witness) {
        try {
            return Optional.of(WatchWayKind.valueOf(WAY + witness.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static WatchWay way(WatchWayKind kind, JsonNode listener) {
        String state = listener.path("state").asString("").toLowerCase(Locale.ROOT);
        WatchWay.Builder way = WatchWay.newBuilder()
                .setKind(kind)
                .setEnabled(!state.equals("off"))
                .setState(state)
                .setSubject(listener.path("what").asString(""))
                .setMessage(listener.path("message").asString(""))
                .setTaken(listener.path("taken").asLong(0));
        ifTime(listener.path("since").asString(""), at -> way.setSince(Times.of(at)));
        return way.build();
    }

    private static void ifTime(String text, Consumer<Instant> setter) {
        try {
            setter.accept(Instant.parse(text));
        } catch (DateTimeParseException e) {
            // It does not say since when.
        }
    }

    /** The patch of the configuration that a request asks for; ends the call where it makes no sense. */
    ObjectNode patch(UpdateMonitoringRequest request) {
        ObjectNode patch = Json.MAPPER.createObjectNode();
        Refusal.Fields fields = new Refusal.Fields();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < request.getSourcesCount(); i++) {
            String field = "sources[" + i + "]";
            MonitoredSourceChange change = request.getSources(i);
            if (!names.add(change.getName())) {
                fields.wrong(field + ".name", "comes twice");
            }
            source(change.getName(), field, fields)
                    .ifPresent(source ->
                            patch.withObject("/" + DNSMASQ).set(source.name(), changes(change, source, field, fields)));
        }
        if (request.hasNaming()) {
            Namings.patch(patch, request.getNaming(), "naming", fields);
        }
        fields.check();
        return patch;
    }

    private Optional<DnsmasqSource> source(String name, String field, Refusal.Fields fields) {
        List<DnsmasqSource> configured = world.running().config().dnsmasq();
        if (configured == null) {
            throw Refusal.of(
                    Code.FAILED_PRECONDITION,
                    "NOT_CONFIGURED",
                    "what is watched was found by a search; write the section dnsmasq to change how",
                    Map.of());
        }
        Optional<DnsmasqSource> source =
                configured.stream().filter(one -> one.name().equals(name)).findFirst();
        if (source.isEmpty()) {
            fields.wrong(
                    field + ".name",
                    "no dnsmasq is called so; there are: "
                            + String.join(
                                    ", ",
                                    configured.stream().map(DnsmasqSource::name).toList()));
        }
        return source;
    }

    private static ObjectNode changes(
            MonitoredSourceChange change, DnsmasqSource source, String field, Refusal.Fields fields) {
        ObjectNode changes = Json.MAPPER.createObjectNode();
        for (int i = 0; i < change.getWaysCount(); i++) {
            way(changes, change.getWays(i), source, field + ".ways[" + i + "]", fields);
        }
        DhcpMessages messages = change.getDhcpMessages();
        if (messages == DhcpMessages.UNRECOGNIZED) {
            fields.wrong(field + ".dhcp_messages", "is not known to this version");
        } else if (messages != DhcpMessages.DHCP_MESSAGES_UNSPECIFIED) {
            changes.put("messages", messages.name().substring(MESSAGES.length()).toLowerCase(Locale.ROOT));
        }
        if (change.hasPoll()) {
            duration(changes, "poll", change.getPoll(), field, fields);
        }
        if (change.hasGather()) {
            duration(changes, "gather", change.getGather(), field, fields);
        }
        return changes;
    }

    private static void duration(
            ObjectNode changes, String key, com.google.protobuf.Duration length, String field, Refusal.Fields fields) {
        Times.millis(length)
                .ifPresentOrElse(
                        ms -> changes.put(key, DurationText.write(Duration.ofMillis(ms))),
                        () -> fields.wrong(field + "." + key, "is out of range"));
    }

    private static void way(
            ObjectNode changes, WatchWaySwitch wanted, DnsmasqSource source, String field, Refusal.Fields fields) {
        WatchWayKind kind = wanted.getKind();
        if (kind == WatchWayKind.UNRECOGNIZED || kind == WatchWayKind.WATCH_WAY_KIND_UNSPECIFIED) {
            fields.wrong(field + ".kind", "says no way of watching");
            return;
        }
        String key = kind.name().substring(WAY.length()).toLowerCase(Locale.ROOT);
        if (switches(source).containsKey(kind)) {
            changes.withObject("/" + key).put("enabled", wanted.getEnabled());
        } else if (kind == WatchWayKind.WATCH_WAY_KIND_FILE || kind == WatchWayKind.WATCH_WAY_KIND_SCRIPT) {
            fields.wrong(field + ".kind", "cannot be switched; log, syslog, journal, dbus and ubus can");
        } else {
            fields.wrong(
                    field + ".kind",
                    source.name() + " is not watched so: configure " + DNSMASQ + "." + source.name() + "." + key
                            + " first");
        }
    }

    /** The names of the instances of a configuration. */
    static List<String> names(Config config) {
        List<DnsmasqSource> sources = config.dnsmasq();
        return sources == null
                ? List.of()
                : sources.stream().map(DnsmasqSource::name).toList();
    }
}
