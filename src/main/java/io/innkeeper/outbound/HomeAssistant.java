package io.innkeeper.outbound;

import io.innkeeper.event.Event;
import io.innkeeper.event.EventType;
import io.innkeeper.view.Json;
import io.innkeeper.wire.mqtt.MqttPublish;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Devices as device trackers of Home Assistant (MQTT discovery). What it publishes is retained, so that Home Assistant finds
 * it after a restart of its own. Remembers the trackers, for a broker that forgot them.
 */
final class HomeAssistant {
    /** The events it lives on. */
    static final Set<EventType> TYPES = Set.copyOf(EventType.named("device.*"));

    /** How many events of the past are read at the start. */
    static final int MAX_EVENTS = 10_000;

    /** How many trackers are remembered; the one that was silent longest goes first. */
    private static final int MAX_TRACKERS = 10_000;

    private static final String HOME = "home";
    private static final String AWAY = "not_home";

    /** What was last published of a device; the state is null as long as nobody said whether it is there. */
    private record Tracker(
            MqttPublish config,
            MqttPublish attributes,
            @Nullable MqttPublish state) {
        List<MqttPublish> messages() {
            List<MqttPublish> messages = new ArrayList<>(List.of(config, attributes));
            if (state != null) {
                messages.add(state);
            }
            return messages;
        }
    }

    private final String prefix;
    private final String topic;
    private final String statusTopic;
    private final Map<String, Tracker> trackers = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Without trackers.
     *
     * @param prefix the beginning of the topics that Home Assistant looks at
     * @param topic the beginning of ours
     * @param statusTopic where it stands whether we are there
     */
    HomeAssistant(String prefix, String topic, String statusTopic) {
        this.prefix = prefix;
        this.topic = topic;
        this.statusTopic = statusTopic;
    }

    /** What an event changes: discovery first, where it is new or other than before, then attributes, then the state. */
    List<MqttPublish> told(Event event) {
        JsonNode device = Json.MAPPER.readTree(event.json()).path("device");
        String mac = device.path("mac").asString("");
        if (mac.isEmpty()) {
            return List.of();
        }
        String id = "innkeeper_" + mac.replace(":", "");
        Tracker before = trackers.get(id);
        Tracker now =
                new Tracker(config(id, mac, device), attributes(id, mac, device), state(id, event.type(), before));
        trackers.put(id, now);
        if (trackers.size() > MAX_TRACKERS) {
            trackers.remove(trackers.keySet().iterator().next());
        }
        List<MqttPublish> messages = now.messages();
        if (before != null && before.config().equals(now.config())) {
            messages.removeFirst();
        }
        return messages;
    }

    /** All trackers that are remembered. */
    List<MqttPublish> all() {
        return trackers.values().stream()
                .flatMap(tracker -> tracker.messages().stream())
                .toList();
    }

    private @Nullable MqttPublish state(String id, EventType type, @Nullable Tracker before) {
        return switch (type) {
            case DEVICE_ONLINE, DEVICE_DISCOVERED -> new MqttPublish(stateTopic(id), HOME, true);
            case DEVICE_OFFLINE -> new MqttPublish(stateTopic(id), AWAY, true);
            default -> before == null ? null : before.state();
        };
    }

    private String stateTopic(String id) {
        return topic + "/devices/" + id + "/state";
    }

    private String attributesTopic(String id) {
        return topic + "/devices/" + id + "/attributes";
    }

    private MqttPublish config(String id, String mac, JsonNode device) {
        Map<String, Object> owner = new LinkedHashMap<>();
        owner.put("identifiers", List.of(id));
        owner.put("connections", List.of(List.of("mac", mac)));
        owner.put("name", name(mac, device));
        if (device.path("vendor").isString()) {
            owner.put("manufacturer", device.path("vendor").asString());
        }
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("name", null); // the entity is called as its device
        config.put("unique_id", id);
        config.put("object_id", id);
        config.put("source_type", "router");
        config.put("state_topic", stateTopic(id));
        config.put("payload_home", HOME);
        config.put("payload_not_home", AWAY);
        config.put("json_attributes_topic", attributesTopic(id));
        config.put("availability_topic", statusTopic);
        config.put("device", owner);
        config.put("origin", Map.of("name", "Innkeeper"));
        return new MqttPublish(prefix + "/device_tracker/" + id + "/config", Json.write(config), true);
    }

    private static String name(String mac, JsonNode device) {
        for (String field : List.of("name", "hostname")) {
            String text = device.path(field).asString("");
            if (!text.isEmpty()) {
                return text;
            }
        }
        return mac;
    }

    private MqttPublish attributes(String id, String mac, JsonNode device) {
        List<String> addresses = device.path("addresses")
                .valueStream()
                .filter(address -> address.path("current").asBoolean(false))
                .map(address -> address.path("address").asString())
                .toList();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("mac", mac);
        attributes.put("address", addresses.isEmpty() ? null : addresses.getFirst());
        attributes.put("addresses", addresses);
        attributes.put("hostname", device.path("hostname").asString(null));
        attributes.put("vendor", device.path("vendor").asString(null));
        return new MqttPublish(attributesTopic(id), Json.write(attributes), true);
    }
}
