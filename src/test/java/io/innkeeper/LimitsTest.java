package io.innkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program with the smallest limits that the configuration takes. */
@Timeout(120)
class LimitsTest {
    @TempDir
    private Path folder;

    @Test
    void theSmallestAreEnoughToRun() {
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, """
                limits: {desk-queue: 16, sightings: 1000, devices-in-memory: 100, devices-watched: 100,
                  events-in-memory: 256, dhcp4-news: 100, arp-news: 100, outbound-events: 1, http-threads: 4}
                """));
        StringBuilder leases = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            leases.append(TestingApp.lease("02:00:00:00:00:%02x".formatted(i), "192.168.1." + (i + 20), "host" + i));
        }
        try (TestingApp app = TestingApp.start(folder)) {
            app.leases(leases.toString());
            await().until(() ->
                    app.get("api/v1/devices?limit=1").json().path("total").asInt() == 150);
            List<Integer> answers = IntStream.range(0, 60)
                    .parallel()
                    .mapToObj(i -> app.get("api/v1/events?limit=1000").status())
                    .toList();
            assertThat(answers).containsOnly(200);
            TestingApp.Reply reply = app.send("PATCH", "api/v1/config", "{\"limits\": {\"desk-queue\": 512}}");
            assertThat(reply.status()).isBetween(400, 499);
            assertThat(reply.body()).contains("limits cannot change while the program runs");
        }
    }
}
