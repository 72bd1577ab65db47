package io.innkeeper.event;

import io.innkeeper.wire.net.UtcText;
import java.time.Instant;

/**
 * An event that has no number yet.
 *
 * @param type the kind
 * @param at when it happened
 * @param subject what it is about, for the store's index: an address, a hardware address, a service
 * @param body a JSON object on one line, with what belongs to this kind of event
 */
public record EventDraft(EventType type, Instant at, String subject, String body) {
    /** @throws IllegalArgumentException if the body is not a JSON object on one line */
    public EventDraft {
        if (!body.startsWith("{") || !body.endsWith("}") || body.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("an event body is one line, a JSON object");
        }
    }

    /** The event under that number. */
    public Event numbered(long number) {
        StringBuilder json = new StringBuilder(body.length() + 100);
        json.append("{\"number\":").append(number);
        json.append(",\"type\":\"").append(type.text());
        UtcText.append(json.append("\",\"at\":\""), at);
        json.append('"');
        if (body.length() > 2) {
            json.append(',');
        }
        json.append(body, 1, body.length());
        return new Event(number, type, at, subject, json.toString());
    }
}
