/**
 * The one numbered stream of everything that happened. {@link io.innkeeper.event.EventLog} keeps the newest events in
 * memory for its followers; the store keeps the rest.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.event;
