package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.view.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Follows the event stream and keeps what came, in the order in which it came. */
final class EventTape implements AutoCloseable {
    /** One event, as it came. */
    record Told(long number, String type, JsonNode body, Instant arrivedAt) {
        /** A field of the lease, as text. */
        String lease(String field) {
            return body.path("lease").path(field).asString("");
        }

        /** True for {@code device.discovered}, {@code changed}, {@code online} or {@code offline} of this one. */
        boolean isAboutDevice(String mac) {
            return type.startsWith("device.")
                    && body.path("device").path("mac").asString("").equals(mac);
        }
    }

    private final InputStream stream;
    private final @Nullable HttpClient client;
    private final Thread reader;
    private final List<Told> all = new ArrayList<>();
    private final BlockingQueue<Told> leases = new LinkedBlockingQueue<>();

    /** Follows a stream that is open already. */
    EventTape(InputStream stream) {
        this(stream, null);
    }

    private EventTape(InputStream stream, @Nullable HttpClient client) {
        this.stream = stream;
        this.client = client;
        this.reader = Thread.ofVirtual().name("event-tape").start(this::read);
    }

    /** Follows the stream of the Innkeeper at this address, from the event after this number. */
    static EventTape follow(URI base, long after) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(base.resolve("api/v1/events?after=" + after))
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return new EventTape(response.body(), client);
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String id = "";
            String type = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    keep(new Told(Long.parseLong(id), type, Json.MAPPER.readTree(line.substring(6)), Instant.now()));
                }
            }
        } catch (IOException e) {
            // The other side is gone: what came, came.
        }
    }

    private void keep(Told told) {
        synchronized (all) {
            all.add(told);
        }
        if (told.type().startsWith("lease.")) {
            leases.add(told);
        }
    }

    /** All events so far. */
    List<Told> all() {
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    /** The events so far that are about leases. */
    List<Told> aboutLeases() {
        return all().stream().filter(told -> told.type().startsWith("lease.")).toList();
    }

    /** The next event about a lease, which must be of this type. */
    Told next(String type, Duration patience) throws InterruptedException {
        Told told = leases.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(told).as("%s within %s", type, patience).isNotNull();
        assertThat(Objects.requireNonNull(told).type())
                .as(told.body().toString())
                .isEqualTo(type);
        return told;
    }

    /** No event about a lease comes for so long. */
    void nothingMore(Duration patience) throws InterruptedException {
        assertThat(leases.poll(patience.toMillis(), TimeUnit.MILLISECONDS)).isNull();
    }

    /** Waits until the other side ended the stream. */
    void awaitEnd(Duration patience) throws InterruptedException {
        assertThat(reader.join(patience)).as("the stream ends").isTrue();
    }

    @Override
    public void close() {
        if (client != null) {
            client.shutdownNow();
        }
        try {
            stream.close();
        } catch (IOException e) {
            // Nothing more is wanted of it.
        }
    }
}
