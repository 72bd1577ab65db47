/**
 * Who is told of events without asking: webhooks and an MQTT broker. Each target has its place in the stream of events, and a
 * thread of its own that reads on from there; {@link io.innkeeper.outbound.OutboundService} runs them.
 */
@org.jspecify.annotations.NullMarked
package io.innkeeper.outbound;
