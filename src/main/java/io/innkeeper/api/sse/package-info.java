/** The event stream as text/event-stream (WHATWG HTML §9.2). Start with {@link io.innkeeper.api.sse.SseStreams}. */
@org.jspecify.annotations.NullMarked
package io.innkeeper.api.sse;
