package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.view.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Killed at any moment while it reads a log that is written and rotated all the time: each line is told once. */
@Tag("slow")
class LogCrashTest {
    private static final int KILLS = 5;
    private static final int BURST = 40;
    private static final int ROTATE_EVERY = 15;
    private static final int ENOUGH = 600;
    private static final int PAGE = 1_000;

    private final Random random = new Random();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void eachLineIsToldOnce() throws IOException, InterruptedException {
        Path log = folder.resolve("dnsmasq.log");
        Files.createFile(log);
        AtomicBoolean writing = new AtomicBoolean(true);
        List<String> written = new ArrayList<>();
        List<String> settings = List.of(
                "store=sqlite:" + folder.resolve("innkeeper.db"),
                "api.listen=127.0.0.1:0",
                "dnsmasq.log.file=" + log,
                "dnsmasq.log.start=beginning");
        Thread writer = Thread.ofPlatform().unstarted(() -> write(log, writing, written));
        try {
            for (int life = 0; life < KILLS; life++) {
                try (InnkeeperProcess innkeeper = InnkeeperProcess.start(List.of(), folder, settings)) {
                    URI base = innkeeper.awaitPage();
                    if (life == 0) {
                        // What was rotated away before anybody looked first is nobody's promise.
                        writer.start();
                    }
                    int before = discovered(base).size();
                    await("a life worth its name")
                            .atMost(30, SECONDS)
                            .until(() -> discovered(base).size() > before + ENOUGH / KILLS);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(700)));
                    innkeeper.kill();
                }
            }
        } finally {
            writing.set(false);
            writer.join();
        }
        try (InnkeeperProcess innkeeper = InnkeeperProcess.start(List.of(), folder, settings)) {
            URI base = innkeeper.awaitPage();
            String last = written.getLast();
            await("the last line")
                    .atMost(60, SECONDS)
                    .until(() -> discovered(base).contains(last));
            assertThat(discovered(base)).as("in %d lives", KILLS + 1).containsExactlyElementsOf(written);
        }
    }

    /** A line for each of many machines, a burst at a time; now and then another file takes the place of the log. */
    private static void write(Path log, AtomicBoolean writing, List<String> written) {
        try {
            for (int burst = 1; writing.get(); burst++) {
                int first = written.size();
                List<String> macs = IntStream.range(first, first + BURST)
                        .mapToObj(number -> "02:00:00:%02x:%02x:%02x"
                                .formatted(number >> 16 & 0xff, number >> 8 & 0xff, number & 0xff))
                        .toList();
                StringBuilder lines = new StringBuilder();
                macs.forEach(mac -> lines.append("Nov 21 12:00:00 dnsmasq-dhcp[77]: DHCPDISCOVER(eth0) ")
                        .append(mac)
                        .append('\n'));
                Files.writeString(log, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                written.addAll(macs);
                if (burst % ROTATE_EVERY == 0) {
                    rotate(log, burst / ROTATE_EVERY);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** As logrotate does it: older files get higher numbers, the oldest first. */
    private static void rotate(Path log, int rotations) throws IOException {
        for (int number = rotations - 1; number > 0; number--) {
            Files.move(rotated(log, number), rotated(log, number + 1));
        }
        Files.move(log, rotated(log, 1));
    }

    private static Path rotated(Path log, int number) {
        return log.resolveSibling(log.getFileName() + "." + number);
    }

    private List<String> discovered(URI base) throws IOException, InterruptedException {
        List<String> macs = new ArrayList<>();
        long after = 0;
        for (List<JsonNode> page = page(base, after); !page.isEmpty(); page = page(base, after)) {
            page.forEach(event -> macs.add(event.path("mac").asString()));
            after = page.getLast().path("number").asLong();
        }
        return macs;
    }

    private List<JsonNode> page(URI base, long after) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        base.resolve("api/v1/events?type=dhcp.discover&after=%d&limit=%d".formatted(after, PAGE)))
                .header("Accept", "application/json")
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        List<JsonNode> events = new ArrayList<>();
        Json.MAPPER.readTree(response.body()).path("items").forEach(events::add);
        return events;
    }
}
