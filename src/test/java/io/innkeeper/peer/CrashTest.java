package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.peer.EventTape.Told;
import io.innkeeper.view.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Killed at any moment, under load: whatever was told stays true. */
@Tag("slow")
class CrashTest {
    private static final int KILLS = 9;
    private static final int PAGE = 1_000;
    private static final int ENOUGH = 50;

    private final Random random = new Random();
    private final HttpClient http = HttpClient.newHttpClient();
    private final SortedMap<Long, JsonNode> everTold = new TreeMap<>();

    @TempDir
    private Path folder;

    @Test
    void whatWasToldStaysTrue() throws IOException, InterruptedException {
        Path leases = Files.writeString(folder.resolve("dnsmasq.leases"), "");
        Path config = Files.writeString(folder.resolve("dnsmasq.conf"), "dhcp-range=192.168.77.2,192.168.77.250\n");
        List<String> settings = List.of(
                "store=sqlite:" + folder.resolve("innkeeper.db"),
                "api.listen=127.0.0.1:0",
                "dnsmasq.leases=" + leases,
                "dnsmasq.config=" + config);
        Guests guests = new Guests(leases);
        try {
            for (int life = 0; life <= KILLS; life++) {
                try (InnkeeperProcess innkeeper = InnkeeperProcess.start(List.of(), folder, settings)) {
                    URI base = innkeeper.awaitPage();
                    everythingToldIsStillThere(base);
                    live(innkeeper, base);
                }
            }
        } finally {
            guests.leave();
        }
        System.out.printf("%d events told in %d lives%n", everTold.size(), KILLS + 1);
    }

    private void live(InnkeeperProcess innkeeper, URI base) throws IOException, InterruptedException {
        long newest = everTold.isEmpty() ? 0 : everTold.lastKey();
        try (EventTape tape = EventTape.follow(base, newest)) {
            await("a life worth its name")
                    .atMost(20, SECONDS)
                    .until(() -> tape.all().size() >= ENOUGH);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(400)));
            innkeeper.kill();
            tape.awaitEnd(Duration.ofSeconds(10));
            long last = newest;
            for (Told told : tape.all()) {
                assertThat(told.number()).as("numbers only grow").isGreaterThan(last);
                last = told.number();
                assertThat(told.type()).isNotEqualTo("reset");
                everTold.put(told.number(), told.body());
            }
        }
    }

    private void everythingToldIsStillThere(URI base) throws IOException, InterruptedException {
        SortedMap<Long, JsonNode> stored = new TreeMap<>();
        for (List<JsonNode> page = page(base, 0); !page.isEmpty(); page = page(base, stored.lastKey())) {
            page.forEach(event -> stored.put(event.path("number").asLong(), event));
        }
        assertThat(stored).containsAllEntriesOf(everTold);
        assertThat(stored.keySet()).as("none is missing").hasSize(Math.toIntExact(stored.lastKey()));
    }

    private List<JsonNode> page(URI base, long after) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        base.resolve("api/v1/events?after=%d&limit=%d".formatted(after, PAGE)))
                .header("Accept", "application/json")
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        List<JsonNode> events = new ArrayList<>();
        Json.MAPPER.readTree(response.body()).path("items").forEach(events::add);
        return events;
    }
}
