package io.innkeeper.config;

/**
 * The section {@code outbound.mqtt.home-assistant}.
 *
 * @param prefix the beginning of the topics that Home Assistant looks at
 */
@Doc("Device trackers for Home Assistant, by MQTT discovery. `off` for none.")
public record OutboundHomeAssistant(
        @Doc("The discovery prefix that Home Assistant is set to.")
        @Default("homeassistant")
        @Matches(
                pattern = "^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$",
                words = "a topic of letters, digits, '_', '.', '-' and '/'")
        String prefix) {}
