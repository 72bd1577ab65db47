package io.innkeeper.feed.dnsmasq.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An entry of a journal, as {@code journalctl -o json} writes it (systemd's "Journal JSON Format").
 *
 * @param cursor its place in the journal
 * @param line as a line of a log file: {@code 2026-11-21T19:40:00.123456Z dnsmasq-dhcp[12]: …}; null where it has no message
 */
record JournalEntry(String cursor, @Nullable String line) {
    /** The fields that are asked for. */
    static final String FIELDS = "MESSAGE,SYSLOG_IDENTIFIER,SYSLOG_PID,_PID,_SOURCE_REALTIME_TIMESTAMP";

    /** A message that has its program in front already: what dnsmasq writes to its standard error. */
    private static final Pattern NAMED = Pattern.compile("dnsmasq(-[a-z]+)?(\\[[0-9]+])?: .*", Pattern.DOTALL);

    private static final long MICROS = 1_000_000;

    /** Reads a line of {@code journalctl -o json}; empty where it is not an entry with a cursor. */
    static Optional<JournalEntry> parse(JsonFactory json, byte[] octets, int from, int to) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), octets, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                String value = value(parser);
                if (value != null) {
                    fields.put(name, value);
                }
            }
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
        String cursor = fields.get("__CURSOR");
        return cursor == null ? Optional.empty() : Optional.of(new JournalEntry(cursor, line(fields)));
    }

    /** Text as it is; octets that are no text come as an array of numbers, a field that stands there twice as an array of both. */
    private static @Nullable String value(JsonParser parser) {
        JsonToken token = parser.nextToken();
        if (token != JsonToken.START_ARRAY) {
            if (token == JsonToken.START_OBJECT) {
                parser.skipChildren();
                return null;
            }
            return token.isScalarValue() && token != JsonToken.VALUE_NULL ? parser.getString() : null;
        }
        StringBuilder octets = new StringBuilder();
        String first = null;
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            if (next == null) {
                return null;
            } else if (next == JsonToken.VALUE_NUMBER_INT) {
                octets.append((char) (parser.getIntValue() & 0xff));
            } else if (next.isStructStart()) {
                parser.skipChildren();
            } else if (first == null && next == JsonToken.VALUE_STRING) {
                first = parser.getString();
            }
        }
        return first != null
                ? first
                : new String(octets.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static @Nullable String line(Map<String, String> fields) {
        String message = fields.get("MESSAGE");
        if (message == null) {
            return null;
        }
        String time = time(fields.getOrDefault("_SOURCE_REALTIME_TIMESTAMP", fields.get("__REALTIME_TIMESTAMP")));
        if (NAMED.matcher(message).matches()) {
            return time + message;
        }
        String pid = fields.getOrDefault("SYSLOG_PID", fields.get("_PID"));
        String program = fields.getOrDefault("SYSLOG_IDENTIFIER", "dnsmasq");
        return time + program + (pid == null ? "" : "[" + pid + "]") + ": " + message;
    }

    private static String time(@Nullable String micros) {
        try {
            long us = micros == null ? -1 : Long.parseLong(micros);
            return us < 0 ? "" : Instant.ofEpochSecond(us / MICROS, us % MICROS * 1_000L) + " ";
        } catch (NumberFormatException e) {
            return "";
        }
    }
}
