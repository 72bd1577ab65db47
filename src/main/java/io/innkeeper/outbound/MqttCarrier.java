package io.innkeeper.outbound;

import io.innkeeper.config.OutboundHomeAssistant;
import io.innkeeper.config.OutboundMqtt;
import io.innkeeper.config.SecretText;
import io.innkeeper.event.Event;
import io.innkeeper.event.EventType;
import io.innkeeper.store.EventQueries;
import io.innkeeper.wire.mqtt.MqttConnect;
import io.innkeeper.wire.mqtt.MqttPublish;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events at a broker, with QoS 1: PUBACK is the acknowledgement. A few dozen messages are on the way at a time.
 * Each connection begins with the status and all trackers, since a broker may have forgotten what it kept.
 */
final class MqttCarrier implements Carrier {
    private static final int ON_THE_WAY = 64;
    private static final String ONLINE = "online";
    private static final String OFFLINE = "offline";

    private final OutboundMqtt config;
    private final EventKey keys;
    private final EventQueries events;
    private final Map<String, String> environment;
    private final Set<EventType> published;
    private final @Nullable HomeAssistant home;
    private final Duration keepAlive;
    private @Nullable MqttConnection connection;
    private long lastHeardNanos;

    /**
     * To a broker.
     *
     * @param events what is known of devices is read from them
     * @param environment where secrets may stand
     */
    MqttCarrier(OutboundMqtt config, EventKey keys, EventQueries events, Map<String, String> environment) {
        this.config = config;
        this.keys = keys;
        this.events = events;
        this.environment = environment;
        this.published = types(config.events());
        OutboundHomeAssistant wanted = config.homeAssistant();
        this.home = wanted == null ? null : new HomeAssistant(wanted.prefix(), config.topic(), statusTopic());
        this.keepAlive = config.keepAlive();
    }

    /** The types that patterns name. */
    static Set<EventType> types(List<String> patterns) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        patterns.forEach(pattern -> types.addAll(EventType.named(pattern)));
        return types;
    }

    /** The types that matter to it: those to publish, and those that trackers live on. */
    static Set<EventType> wanted(OutboundMqtt config) {
        Set<EventType> types = types(config.events());
        if (config.homeAssistant() != null) {
            types.addAll(HomeAssistant.TYPES);
        }
        return types;
    }

    @Override
    public void begin(long after) {
        if (home != null) {
            events.recent(HomeAssistant.TYPES, HomeAssistant.MAX_EVENTS).stream()
                    .filter(event -> event.number() <= after)
                    .forEach(home::told);
        }
    }

    @Override
    public Delivery deliver(List<Event> batch) {
        List<MqttPublish> messages = new ArrayList<>();
        List<Integer> ends = new ArrayList<>(); // after how many messages each event is done
        try {
            MqttConnection open = connected();
            for (Event event : batch) {
                messages.addAll(messages(event));
                ends.add(messages.size());
                if (messages.size() >= ON_THE_WAY) {
                    break;
                }
            }
            open.publish(messages);
            heard();
            return Delivery.of(ends.size());
        } catch (MqttCutException e) {
            drop();
            int done =
                    (int) ends.stream().filter(end -> end <= e.acknowledged()).count();
            return new Delivery(done, trouble(e));
        } catch (IOException e) {
            drop();
            return Delivery.failed(trouble(e));
        }
    }

    private List<MqttPublish> messages(Event event) {
        List<MqttPublish> messages = new ArrayList<>();
        if (published.contains(event.type())) {
            String topic = config.topic() + "/events/" + event.type().text();
            // MQTT 3.1.1 has no place for a key beside the payload.
            String payload =
                    "{\"key\":\"" + keys.of(event) + "\"," + event.json().substring(1);
            messages.add(new MqttPublish(topic, payload, false));
        }
        if (home != null && HomeAssistant.TYPES.contains(event.type())) {
            messages.addAll(home.told(event));
        }
        return messages;
    }

    private static Trouble trouble(IOException e) {
        return new Trouble.Later(
                Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName()));
    }

    @Override
    public Delivery idle() {
        try {
            MqttConnection open = connected();
            if (System.nanoTime() - lastHeardNanos
                    >= Duration.ofMillis(idleMs()).toNanos()) {
                open.ping();
                heard();
            }
            return Delivery.WELL;
        } catch (IOException e) {
            drop();
            return Delivery.failed(trouble(e));
        }
    }

    @Override
    public long idleMs() {
        return keepAlive.toMillis() / 2;
    }

    private void heard() {
        lastHeardNanos = System.nanoTime();
    }

    private MqttConnection connected() throws IOException {
        MqttConnection open = connection;
        if (open == null) {
            open = MqttConnection.open(config, hello());
            connection = open;
            introduce(open);
            heard();
        }
        return open;
    }

    private MqttConnect hello() throws IOException {
        SecretText password = config.password();
        String clientId = config.clientId();
        return new MqttConnect(
                clientId != null ? clientId : "innkeeper-" + keys.store().substring(0, 8),
                (int) Math.max(1, keepAlive.toSeconds()),
                new MqttPublish(statusTopic(), OFFLINE, true),
                config.user(),
                password == null ? null : password.reveal(environment));
    }

    private String statusTopic() {
        return config.topic() + "/status";
    }

    private void introduce(MqttConnection open) throws IOException {
        List<MqttPublish> messages = new ArrayList<>();
        messages.add(new MqttPublish(statusTopic(), ONLINE, true));
        if (home != null) {
            messages.addAll(home.all());
        }
        for (int from = 0; from < messages.size(); from += ON_THE_WAY) {
            open.publish(messages.subList(from, Math.min(messages.size(), from + ON_THE_WAY)));
        }
    }

    private void drop() {
        MqttConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    /** A polite leave keeps the broker from publishing the will, so what it says is said before. */
    @Override
    public void close() {
        MqttConnection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.publish(List.of(new MqttPublish(statusTopic(), OFFLINE, true)));
            } catch (IOException e) {
                // The will says the same.
            }
            open.leave();
        }
    }
}
