package io.innkeeper.api.sse;

import io.innkeeper.event.Event;
import io.innkeeper.event.EventLog;
import io.innkeeper.event.EventType;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.StoreException;
import io.innkeeper.view.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Followers of the event stream, one virtual thread each. There is no queue per follower: each one reads the shared log from
 * where it stands, first from the store if it is far behind. A follower that was up to date and then falls further behind
 * than the configured buffer, or takes nothing for half a minute, is cut; it comes back with Last-Event-ID and misses nothing.
 */
public final class SseStreams implements AutoCloseable {
    /** The path of the stream. */
    public static final String PATH = "/api/v1/events";

    private static final Logger LOG = LoggerFactory.getLogger(SseStreams.class);

    /** A comment so often keeps proxies and phones from closing a quiet stream. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(12);

    /** What the stream takes; with other parameters the route of the same path answers. */
    private static final Set<String> PARAMETERS = Set.of("after", "type");

    private static final int AT_ONCE = 256;

    /** A write that waited so long waited for the follower; a lag without that is our own, and no reason to cut anybody. */
    private static final long SLOW_NANOS = 1_000_000_000L;

    private static final byte[] STILL_HERE = ": still here\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RETRY = "retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII);

    /** What the stream counts; the wiring decides where the numbers go. */
    public interface Statistics {
        /** Events were written to a follower. */
        void sent(int events);

        /** A follower was cut because it was too slow. */
        void cut();

        /** A follower was told that its events are no longer held. */
        void reset();
    }

    private final EventLog log;
    private final EventQueries store;
    private final IntSupplier maxClients;
    private final IntSupplier buffer;
    private final Duration heartbeat;
    private final Statistics statistics;
    private final SseFrames frames = new SseFrames();
    private final AtomicInteger clients = new AtomicInteger();
    private volatile boolean closed;

    /**
     * Streams of a log.
     *
     * @param maxClients how many may follow at a time
     * @param buffer how many events one may fall behind
     * @param heartbeat how long a stream may be quiet
     */
    public SseStreams(
            EventLog log,
            EventQueries store,
            IntSupplier maxClients,
            IntSupplier buffer,
            Duration heartbeat,
            Statistics statistics) {
        this.log = log;
        this.store = store;
        this.maxClients = maxClients;
        this.buffer = buffer;
        this.heartbeat = heartbeat;
        this.statistics = statistics;
    }

    /** How many follow now. */
    public int count() {
        return clients.get();
    }

    /** Serves the stream where that is what the request asks for; returns false at once where it is not. */
    public boolean serve(Request request, Response response, Callback callback) {
        if (!request.getMethod().equals("GET")
                || !request.getHttpURI().getDecodedPath().equals(PATH)
                || accepts(request, "application/json")) {
            return false;
        }
        Fields query = Request.extractQueryParameters(request);
        Optional<TypeFilter> filter = filter(query.getValue("type"));
        Optional<Long> after = after(request, query);
        if (filter.isEmpty() || after.isEmpty() || !PARAMETERS.containsAll(query.getNames())) {
            return false; // the route of the same path says what is wrong
        }
        if (clients.incrementAndGet() > maxClients.getAsInt() || closed) {
            clients.decrementAndGet();
            refuse(response, callback);
            return true;
        }
        try {
            follow(response, filter.get(), after.get());
            callback.succeeded();
        } catch (IOException | InterruptedException e) {
            callback.failed(e);
        } catch (StoreException e) {
            LOG.error("A follower was let go: {}", e.getMessage());
            callback.failed(e);
        } finally {
            clients.decrementAndGet();
        }
        return true;
    }

    private static boolean accepts(Request request, String type) {
        String accept = request.getHeaders().get("Accept");
        return accept != null && accept.contains(type) && !accept.contains("text/event-stream");
    }

    /** The filter that a query asks for; empty where it names an unknown kind. */
    static Optional<TypeFilter> filter(@Nullable String types) {
        return types == null || types.isEmpty() ? Optional.of(TypeFilter.ALL) : TypeFilter.parse(types);
    }

    /**
     * The number after which the follower wants to go on: a browser that reconnects sends Last-Event-ID with the address it
     * began with, so the header counts more. Without either it begins with what comes next.
     */
    private Optional<Long> after(Request request, Fields query) {
        String header = request.getHeaders().get("Last-Event-ID");
        String text = header != null && !header.isEmpty() ? header : query.getValue("after");
        return text == null || text.isEmpty() ? Optional.of(log.newest()) : number(text);
    }

    /** The kinds that a {@code type} parameter asks for, all where it is missing; empty where it names an unknown one. */
    public static Optional<Set<EventType>> types(@Nullable String kinds) {
        return filter(kinds).map(TypeFilter::types);
    }

    /** A number of an event; empty where the text is none. */
    public static Optional<Long> number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private void refuse(Response response, Callback callback) {
        boolean stopping = closed;
        String retryAfter = stopping ? "1" : "10";
        Map<String, Object> problem = stopping
                ? problem("/problems/stopping", "Innkeeper is stopping", "the stream can be followed when it is back")
                : problem(
                        "/problems/full",
                        "Too many followers",
                        "as many clients follow the stream as api.max-sse-clients allows; try again later");
        response.setStatus(503);
        response.getHeaders().put("Retry-After", retryAfter);
        response.getHeaders().put("Content-Type", "application/problem+json");
        response.write(true, ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(problem)), callback);
    }

    private static Map<String, Object> problem(String type, String title, String detail) {
        return Map.of("type", type, "title", title, "status", 503, "detail", detail, "errors", List.of());
    }

    private void follow(Response response, TypeFilter filter, long after) throws IOException, InterruptedException {
        HttpFields.Mutable headers = response.getHeaders();
        response.setStatus(200);
        headers.put("Content-Type", "text/event-stream");
        headers.put("Cache-Control", "no-store");
        headers.put("X-Accel-Buffering", "no");
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            out.write(RETRY);
            out.flush();
            new Follower(filter, out, after).run();
        }
    }

    /** One follower's loop. */
    private final class Follower {
        private final TypeFilter filter;
        private final OutputStream out;
        private final ByteArrayOutputStream ready = new ByteArrayOutputStream();
        private long at;
        private boolean upToDate;
        private boolean slow;

        Follower(TypeFilter filter, OutputStream out, long after) {
            this.filter = filter;
            this.out = out;
            this.at = after;
        }

        void run() throws IOException, InterruptedException {
            if (at > log.newest()) {
                reset(); // numbers of another database
            }
            while (!closed && !log.isClosed()) {
                if (slow && upToDate && log.newest() - at > buffer.getAsInt()) {
                    statistics.cut();
                    LOG.debug("A follower fell {} events behind and was cut", log.newest() - at);
                    return;
                }
                EventLog.Batch batch = log.await(at, AT_ONCE, heartbeat.toMillis(), () -> closed);
                if (batch.behind()) {
                    fromStore();
                } else if (batch.events().isEmpty()) {
                    beat();
                } else {
                    send(batch.events());
                }
                upToDate |= at >= log.newest();
            }
        }

        private void fromStore() throws IOException {
            List<Event> events = store.after(at, AT_ONCE);
            boolean gap = events.isEmpty() || events.getFirst().number() != at + 1;
            if (gap) {
                reset();
            } else {
                send(events);
            }
        }

        /** The events it asked for are no longer held: it must read everything anew, and goes on with what comes next. */
        private void reset() throws IOException {
            statistics.reset();
            long newest = log.newest();
            String data = Json.write(Map.of("oldest", store.oldest(), "newest", newest));
            String frame = "id: " + newest + "\nevent: reset\ndata: " + data + "\n\n";
            out.write(frame.getBytes(StandardCharsets.UTF_8));
            out.flush();
            at = newest;
        }

        private void send(List<Event> events) throws IOException {
            int sent = 0;
            for (Event event : events) {
                if (filter.wants(event.type())) {
                    ready.writeBytes(frames.of(event));
                    sent++;
                }
            }
            at = events.getLast().number();
            if (sent > 0) {
                byte[] bytes = ready.toByteArray(); // one write, and so one packet, for all that is there
                ready.reset();
                long startedNanos = System.nanoTime();
                out.write(bytes);
                out.flush();
                slow = System.nanoTime() - startedNanos > SLOW_NANOS;
                statistics.sent(sent);
            }
        }

        private void beat() throws IOException {
            if (!closed && !log.isClosed()) {
                out.write(STILL_HERE);
                out.flush();
            }
        }
    }

    /** Lets all followers go. */
    @Override
    public void close() {
        closed = true;
        log.wake();
    }
}
