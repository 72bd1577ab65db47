package io.innkeeper.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code outbound}.
 *
 * @param webhooks HTTP receivers
 * @param mqtt the broker; null for none
 * @param configuration who wants to know of systems; null for nobody
 * @param database who holds records of systems beside us; null for nobody
 */
@Doc(
        "Who is told of events. Each target has its own place in the stream of events, which lasts over restarts; a new one"
                + " begins with what comes next.")
public record OutboundConfig(
        @Doc("HTTP receivers: each event is a signed POST.") @ByName
        List<OutboundWebhook> webhooks,

        @Doc("An MQTT broker, with device trackers for Home Assistant.") @Nullable
        OutboundMqtt mqtt,

        @Doc("The neighbour to whom systems are announced that are discovered or change (`ConfigurationService`).")
        @Nullable
        OutboundConfiguration configuration,

        @Doc("The neighbour that is asked for what it knows of a system that is discovered, and is told what we know"
                + " (`DatabaseService`).")
        @Nullable
        OutboundNeighbour database) {

    /** Copies the list. */
    public OutboundConfig {
        webhooks = List.copyOf(webhooks);
    }
}
