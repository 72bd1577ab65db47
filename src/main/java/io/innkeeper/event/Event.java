package io.innkeeper.event;

import java.time.Instant;

/**
 * Something that happened, numbered and on disk.
 *
 * @param number grows by one an event, survives restarts, never used twice
 * @param type the kind
 * @param at when, to the millisecond
 * @param subject what it is about, see {@link EventDraft}
 * @param json the whole event as one line of JSON, with {@code number}, {@code type} and {@code at}
 */
public record Event(long number, EventType type, Instant at, String subject, String json) {}
