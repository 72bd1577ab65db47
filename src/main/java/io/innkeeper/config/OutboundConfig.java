package io.innkeeper.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code outbound}.
 *
 * @param webhooks HTTP receivers
 * @param mqtt the broker; null for none
 */
@Doc(
        "Who is told of events. Each target has its own place in the stream of events, which lasts over restarts; a new one"
                + " begins with what comes next.")
public record OutboundConfig(
        @Doc("HTTP receivers: each event is a signed POST.") @ByName
        List<OutboundWebhook> webhooks,

        @Doc("An MQTT broker, with device trackers for Home Assistant.") @Nullable
        OutboundMqtt mqtt) {

    /** Copies the list. */
    public OutboundConfig {
        webhooks = List.copyOf(webhooks);
    }
}
