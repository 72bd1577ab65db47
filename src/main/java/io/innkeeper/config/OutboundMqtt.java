package io.innkeeper.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code outbound.mqtt}.
 *
 * @param broker {@code mqtt://host:port}, or {@code mqtts://} for TLS
 * @param events which events are published
 * @param topic the beginning of our topics
 * @param clientId who we are to the broker; null for a name made of the store's
 * @param user to log in with; null for none
 * @param password to log in with; null for none
 * @param caFile certificates to trust; null for those of Java
 * @param keepAlive how often the broker hears from us at least
 * @param timeout how long the broker may take to answer
 * @param homeAssistant device trackers; null for none
 */
@Doc(
        "An MQTT 3.1.1 broker. Events are published with QoS 1 under `<topic>/events/<type>`; `<topic>/status` is `online` or"
                + " `offline`.")
public record OutboundMqtt(
        @Doc("Where it is: `mqtt://host`, `mqtt://host:1883`, or `mqtts://host:8883` for TLS.")
        @Matches(
                pattern = "^mqtts?://([A-Za-z0-9_.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?$",
                words = "a broker such as mqtt://host:1883 or mqtts://host:8883")
        String broker,

        @Doc("Which events are published: names and families such as `[\"lease.*\", device.online]`.")
        @Default("*")
        @OneOrMany
        List<String> events,

        @Doc("The beginning of our topics.")
        @Default("innkeeper")
        @Matches(
                pattern = "^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$",
                words = "a topic of letters, digits, '_', '.', '-' and '/'")
        String topic,

        @Doc("The client id; unique at the broker. Without it, one is made of the identity of the store.")
        @Nullable
        @Matches(pattern = "^[A-Za-z0-9_-]{1,64}$", words = "a client id of 1 to 64 letters, digits, '_' or '-'")
        String clientId,

        @Doc("The user to log in with.") @Nullable String user,

        @Doc("The password to log in with: a text, `file:/path` or `env:NAME`.") @Nullable
        SecretText password,

        @Doc("A file of certificates (PEM) to trust instead of those that Java trusts.") @Nullable
        Path caFile,

        @Doc("How often the broker hears from us at least.") @Default("30s") @Range(min = "1s", max = "10m")
        Duration keepAlive,

        @Doc("How long the broker may take to answer.") @Default("10s") @Range(min = "100ms", max = "2m")
        Duration timeout,

        @Doc("Device trackers for Home Assistant, by MQTT discovery. `off` for none.") @Default("on") @Nullable
        OutboundHomeAssistant homeAssistant) {

    /** Copies the list. */
    public OutboundMqtt {
        events = List.copyOf(events);
    }

    /** True where the connection is encrypted. */
    public boolean isTls() {
        return broker.startsWith("mqtts:");
    }
}
