package io.innkeeper.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code outbound.webhooks}.
 *
 * @param name what it is called, unique; its place in the stream belongs to it
 * @param url where events are posted
 * @param events which events: names and families
 * @param secret what the signature is made with; null for none
 * @param timeout how long the receiver may take to answer
 * @param headers further headers of the request
 * @param caFile certificates to trust; null for those of Java
 */
@Doc("An HTTP receiver of events.")
public record OutboundWebhook(
        @Doc("What this receiver is called; unique. Its place in the stream of events belongs to the name.")
        @Default("webhook")
        @Matches(pattern = "^[A-Za-z0-9_-]{1,32}$", words = "a name of 1 to 32 letters, digits, '_' or '-'")
        String name,

        @Doc("Where events are posted.")
        @Matches(
                pattern = "^https?://[^\\s/?#@]+[^\\s@]*$",
                words = "an http or https URL, without a user and password in it")
        String url,

        @Doc("Which events: names and families such as `[\"lease.*\", device.online]`.") @Default("*") @OneOrMany
        List<String> events,

        @Doc("What requests are signed with (HMAC-SHA256): a text, `file:/path` or `env:NAME`. Without it they have no"
                + " signature.")
        @Nullable
        SecretText secret,

        @Doc("How long the receiver may take to answer.") @Default("5s") @Range(min = "100ms", max = "2m")
        Duration timeout,

        @Doc("Further headers of each request, such as `Authorization`. Their values are secrets: `file:/path` and"
                + " `env:NAME` work too.")
        Map<String, SecretText> headers,

        @Doc("A file of certificates (PEM) to trust instead of those that Java trusts.") @Nullable
        Path caFile) {

    /** Copies list and map. */
    public OutboundWebhook {
        events = List.copyOf(events);
        headers = Map.copyOf(headers);
    }
}
