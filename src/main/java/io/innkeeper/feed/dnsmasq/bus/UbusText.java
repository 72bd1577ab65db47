package io.innkeeper.feed.dnsmasq.bus;

import io.innkeeper.wire.dnsmasq.ScriptNotice;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the program {@code ubus} prints: a JSON object a line. Never throws. */
final class UbusText {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What the bus tells of an object that appears on it. */
    private static final String OBJECT_ADDED = "ubus.object.add";

    private UbusText() {}

    private static Optional<JsonNode> object(String text) {
        try {
            JsonNode read = JSON.readTree(text);
            return read != null && read.isObject() ? Optional.of(read) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** What came of a line. */
    sealed interface Line {
        /** A lease came, stays or goes. */
        record Lease(ScriptNotice notice) implements Line {}

        /** An object of this name appeared on the bus. */
        record Added(String path) implements Line {}

        /** Something of no account, such as what dnsmasq tells of connection marks. */
        record Other() implements Line {}

        /** Not what a bus says. */
        record Garbage() implements Line {}
    }

    /**
     * Reads a line of {@code ubus subscribe} or {@code ubus listen}, such as
     * <pre>{ "dhcp.ack": {"mac":"02:00:00:00:00:01","ip":"192.168.1.9","name":"laptop","interface":"br-lan"} }</pre>
     */
    static Line read(String text, String source) {
        Optional<JsonNode> object = object(text);
        if (object.isEmpty() || object.get().properties().size() != 1) {
            return new Line.Garbage();
        }
        Map.Entry<String, JsonNode> only = object.get().properties().iterator().next();
        JsonNode body = only.getValue();
        return switch (only.getKey()) {
            case "dhcp.ack" -> lease("add", body, source);
            case "dhcp.release" -> lease("del", body, source);
            case OBJECT_ADDED -> new Line.Added(body.path("path").asString(""));
            default -> new Line.Other();
        };
    }

    private static Line lease(String action, JsonNode body, String source) {
        String device = body.path("interface").asString("");
        return LeaseSignal.notice(
                        action,
                        body.path("ip").asString(""),
                        body.path("mac").asString(""),
                        body.path("name").asString(""),
                        device.isEmpty() ? Map.of() : Map.of("DNSMASQ_INTERFACE", device),
                        source)
                .<Line>map(Line.Lease::new)
                .orElseGet(Line.Garbage::new);
    }

    /** The counters in what {@code ubus call dnsmasq metrics} prints; empty for anything else. */
    static SortedMap<String, Long> counters(String text) {
        SortedMap<String, Long> counters = new TreeMap<>();
        object(text)
                .ifPresent(told -> told.properties().forEach(entry -> {
                    if (entry.getValue().isIntegralNumber()) {
                        // ubus prints 32 bits with a sign.
                        long value = entry.getValue().asLong();
                        counters.put(
                                entry.getKey(), value < 0 && value >= Integer.MIN_VALUE ? value & 0xffff_ffffL : value);
                    }
                }));
        return counters;
    }
}
