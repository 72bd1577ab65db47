package io.innkeeper.config;

import io.innkeeper.event.EventType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules of the section {@code outbound} that one key alone cannot tell. */
final class OutboundCheck {
    /** The names of HTTP headers (RFC 9110 §5.6.2). */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Headers that are ours to set, or the HTTP client's. */
    private static final Set<String> OURS = Set.of(
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "idempotency-key",
            "innkeeper-event",
            "innkeeper-signature",
            "transfer-encoding",
            "upgrade");

    /** To ask for events that come with an update is no mistake. */
    private static final String LATER = "security.*";

    private final ConfigPlaces places;

    OutboundCheck(ConfigPlaces places) {
        this.places = places;
    }

    void check(OutboundConfig outbound) {
        Map<String, String> names = new HashMap<>();
        places.each("outbound.webhooks", outbound.webhooks(), (path, webhook) -> {
            String before = names.putIfAbsent(webhook.name(), path);
            if (before != null) {
                places.error(
                        path + ".name",
                        "the name '" + webhook.name() + "' is taken by " + before + "; names are unique");
            }
            events(path + ".events", webhook.events());
            url(path + ".url", webhook.url());
            webhook.headers().keySet().forEach(name -> header(path + ".headers", name));
            secret(path + ".secret", webhook.secret(), path + ".url");
            webhook.headers().forEach((name, value) -> secret(path + ".headers." + name, value, path + ".url"));
        });
        OutboundMqtt mqtt = outbound.mqtt();
        if (mqtt != null) {
            mqtt(mqtt);
        }
        OutboundConfiguration configuration = outbound.configuration();
        neighbour("outbound.configuration", configuration == null ? null : configuration.neighbour());
        neighbour("outbound.database", outbound.database());
    }

    private void neighbour(String path, @Nullable OutboundNeighbour neighbour) {
        if (neighbour != null && neighbour.caFile() != null && !neighbour.isTls()) {
            places.error(path + ".ca-file", "is for TLS: write grpcs:// in " + path + ".address");
        }
        if (neighbour != null && Integer.parseInt(neighbour.authority().replaceFirst(".*:", "")) > 65_535) {
            places.error(path + ".address", "there is no such port");
        }
    }

    private void mqtt(OutboundMqtt mqtt) {
        events("outbound.mqtt.events", mqtt.events());
        secret("outbound.mqtt.password", mqtt.password(), "outbound.mqtt.broker");
        url("outbound.mqtt.broker", mqtt.broker());
        if (mqtt.password() != null && mqtt.user() == null) {
            places.error("outbound.mqtt.password", "goes with a user; set outbound.mqtt.user");
        }
        if (mqtt.caFile() != null && !mqtt.isTls()) {
            places.error("outbound.mqtt.ca-file", "is for TLS: write mqtts:// in outbound.mqtt.broker");
        }
        if (mqtt.password() != null && !mqtt.isTls()) {
            places.warning("outbound.mqtt.broker", "the password travels unencrypted; mqtts:// would encrypt it");
        }
    }

    /**
     * Who may call the API, which has no login, shall not have files of this machine sent to places of his own, nor the
     * secrets that stand in its configuration file.
     */
    private void secret(String path, @Nullable SecretText secret, String destination) {
        if (secret == null) {
            return;
        }
        boolean isSetByApi = isSetByApi(path);
        if (isSetByApi && secret.isReference()) {
            places.error(
                    path, "names a file or a variable, which only the configuration file and the command line may");
        }
        if (!isSetByApi && isSetByApi(destination)) {
            places.error(
                    destination,
                    "may not be changed here while " + path
                            + " is set elsewhere: the secret would go to another place");
        }
    }

    private boolean isSetByApi(String path) {
        return places.origin(path).source().equals(Origin.RUN_TIME);
    }

    private void events(String path, List<String> patterns) {
        List<String> known =
                Arrays.stream(EventType.values()).map(EventType::text).toList();
        for (String pattern : patterns) {
            if (EventType.named(pattern).isEmpty() && !pattern.equals(LATER)) {
                places.error(
                        path,
                        ConfigProblem.quote(pattern) + " is no event; write a name, a family such as lease.*, or *",
                        Suggestion.nearest(pattern, known));
            }
        }
    }

    private void url(String path, String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() == null || uri.getPort() > 65_535 || uri.getPort() == 0) {
                places.error(path, ConfigProblem.quote(text) + " names no host, or no port that there can be");
            }
        } catch (URISyntaxException e) {
            places.error(path, ConfigProblem.quote(text) + " is no URL: " + e.getReason());
        }
    }

    private void header(String path, String name) {
        if (!TOKEN.matcher(name).matches()) {
            places.error(path, ConfigProblem.quote(name) + " is no name of a header");
        } else if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            places.error(path, "the header " + name + " is set by Innkeeper");
        }
    }
}
