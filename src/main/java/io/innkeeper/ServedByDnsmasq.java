package io.innkeeper;

import io.innkeeper.event.Event;
import io.innkeeper.event.EventLog;
import io.innkeeper.event.EventType;
import io.innkeeper.install.DnsmasqSnippet;
import io.innkeeper.view.Json;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Sees in the stream of events that a dnsmasq told a marked system what to boot: it logs the tags of a machine with each of
 * its answers, and tells them to its script.
 */
final class ServedByDnsmasq implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedByDnsmasq.class);
    private static final int AT_ONCE = 1_000;
    private static final long IDLE_MS = 10_000;
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);
    private static final Set<EventType> TELLING =
            Set.of(EventType.DHCP_ACK, EventType.LEASE_ADDED, EventType.LEASE_CHANGED, EventType.LEASE_RENEWED);
    private static final Pattern BETWEEN_TAGS = Pattern.compile("[,\\s]+");

    /** Hears of it. */
    @FunctionalInterface
    interface Listener {
        /**
         * A machine that has the tag of a profile was answered.
         *
         * @param by the dnsmasq, such as {@code dnsmasq/home}
         */
        void served(MacAddress mac, String profile, String by);
    }

    private final EventLog log;
    private final Listener listener;
    private final Thread thread =
            Thread.ofPlatform().name("install-served").daemon().unstarted(this::run);
    private volatile boolean closed;

    ServedByDnsmasq(EventLog log, Listener listener) {
        this.log = log;
        this.listener = listener;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            long after = log.newest();
            while (!closed && !log.isClosed()) {
                EventLog.Batch batch = log.await(after, AT_ONCE, IDLE_MS, () -> closed);
                if (batch.behind()) {
                    after = log.newest(); // who boots tells us again with its next step
                } else if (!batch.events().isEmpty()) {
                    batch.events().forEach(this::take);
                    after = batch.events().getLast().number();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("What a dnsmasq tells marked systems is not followed any more");
        }
    }

    /** Most events have nothing to do with it: what is cheap to see is looked at first. */
    void take(Event event) {
        if (!TELLING.contains(event.type()) || !event.json().contains(DnsmasqSnippet.NETBOOT)) {
            return;
        }
        try {
            JsonNode body = Json.MAPPER.readTree(event.json());
            JsonNode lease = body.path("lease");
            JsonNode message = body.path("message");
            JsonNode about = lease.isObject() ? lease : message.isObject() ? message : body;
            JsonNode tags = about.has("tags")
                    ? about.path("tags")
                    : about.path("details").path("tags");
            String source = about.path("source").asString(body.path("source").asString(""));
            String by = source.isEmpty() ? "dnsmasq" : source.contains("/") ? source : "dnsmasq/" + source;
            MacAddress.parse(about.path("mac").asString(""))
                    .ifPresent(mac -> words(tags).stream()
                            .flatMap(tag -> DnsmasqSnippet.profileOf(tag).stream())
                            .forEach(profile -> listener.served(mac, profile, by)));
        } catch (RuntimeException e) {
            LOG.error("The event {} could not be read for marks of installation", event.number(), e);
        }
    }

    private static List<String> words(JsonNode tags) {
        if (tags.isArray()) {
            return tags.valueStream().map(tag -> tag.asString("")).toList();
        }
        return List.of(BETWEEN_TAGS.split(tags.asString("")));
    }

    @Override
    public void close() {
        closed = true;
        log.wake();
        try {
            thread.join(CLOSE_DEADLINE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
