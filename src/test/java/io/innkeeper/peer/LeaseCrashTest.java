package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.feed.rdk.v2.TestingSender;
import io.innkeeper.view.Json;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.MessageLayout;
import io.innkeeper.wire.rdk.SpAddress;
import io.innkeeper.wire.rdk.v2.Message;
import io.innkeeper.wire.rdk.v2.Message.Priority;
import io.innkeeper.wire.rdk.v2.TestingReports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Killed at any moment while senders tell it of leases by version 2: each report is in the store once, in its order. */
@Tag("slow")
class LeaseCrashTest {
    private static final int KILLS = 5;
    private static final int REPORTS = 3_000;
    private static final int WINDOW = 100;
    private static final int PAGE = 1_000;

    private final Random random = new Random();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void eachReportIsToldOnce() throws IOException, InterruptedException {
        Path where = folder.resolve("where");
        Files.writeString(folder.resolve("innkeeper.yaml"), """
                store: sqlite:%s
                api: {listen: "127.0.0.1:0"}
                dnsmasq: []
                lease-monitor:
                  listen: tcp://127.0.0.1:0
                  v2: {listen: "tcp://127.0.0.1:0", announce: {file: %s}}
                """.formatted(folder.resolve("innkeeper.db"), where));
        List<Teller> tellers = List.of(new Teller("wan0", where), new Teller("wan1", where));
        List<Thread> threads = new ArrayList<>();
        for (int life = 0; life < KILLS; life++) {
            try (InnkeeperProcess innkeeper = configured()) {
                innkeeper.awaitPage();
                if (life == 0) {
                    tellers.forEach(teller -> threads.add(Thread.ofPlatform().start(teller)));
                }
                long enough = (life + 1L) * REPORTS / (KILLS + 2);
                await("a life worth its name")
                        .atMost(60, SECONDS)
                        .until(() -> tellers.getFirst().acknowledged.get() >= enough);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(100)));
                innkeeper.kill();
            }
        }
        try (InnkeeperProcess innkeeper = configured()) {
            URI base = innkeeper.awaitPage();
            for (Thread thread : threads) {
                thread.join();
            }
            for (Teller teller : tellers) {
                assertThat(told(base, teller.ifname))
                        .as("of %s, in %d lives", teller.ifname, KILLS + 1)
                        .containsExactlyElementsOf(LongStream.rangeClosed(1, REPORTS)
                                .mapToObj(LeaseCrashTest::address)
                                .toList());
            }
            assertThat(tellers.stream().mapToLong(teller -> teller.again).sum())
                    .as("reports were under way when it was killed")
                    .isPositive();
        }
    }

    private InnkeeperProcess configured() throws IOException {
        return InnkeeperProcess.configured(List.of(), folder, folder.resolve("innkeeper.yaml"));
    }

    private static String address(long number) {
        return "10.%d.%d.%d".formatted(number >> 16 & 0xff, number >> 8 & 0xff, number & 0xff);
    }

    /** A lease with another address each time: each is an update. */
    private static Dhcpv4PluginMessage bound(String ifname, long number) {
        return new Dhcpv4PluginMessage(
                MessageLayout.LP64_MAPE,
                ifname,
                ifname,
                true,
                false,
                address(number),
                "255.0.0.0",
                "",
                "",
                "",
                86_400,
                0,
                0,
                0,
                false,
                "",
                0,
                0,
                "",
                "bound",
                false,
                0,
                "",
                "",
                new Dhcpv4PluginMessage.Mta(false, false, "", "", ""),
                "",
                "",
                "");
    }

    private List<String> told(URI base, String ifname) throws IOException, InterruptedException {
        List<String> addresses = new ArrayList<>();
        long after = 0;
        for (List<JsonNode> page = page(base, after); !page.isEmpty(); page = page(base, after)) {
            page.stream()
                    .filter(event -> event.path("interface").asString().equals(ifname))
                    .forEach(event -> addresses.add(
                            event.path("leaseInfo").path("address").asString()));
            after = page.getLast().path("number").asLong();
        }
        return addresses;
    }

    private List<JsonNode> page(URI base, long after) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        base.resolve("api/v1/events?type=wan.update&after=%d&limit=%d".formatted(after, PAGE)))
                .header("Accept", "application/json")
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return Json.MAPPER.readTree(response.body()).path("items").valueStream().toList();
    }

    /** Tells of one interface until all of it is acknowledged, by one connection after the other. */
    private static final class Teller implements Runnable {
        private final String ifname;
        private final Path where;
        private final String sender;
        private final AtomicLong acknowledged = new AtomicLong();
        private long said;
        private long again;

        Teller(String ifname, Path where) {
            this.ifname = ifname;
            this.where = where;
            this.sender = "%032x".formatted(ifname.hashCode() & 0xffff_ffffL);
        }

        @Override
        public void run() {
            while (acknowledged.get() < REPORTS) {
                try {
                    tell();
                } catch (IOException killed) {
                    again += said - acknowledged.get();
                    said = acknowledged.get();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                }
            }
        }

        private void tell() throws IOException {
            SpAddress address =
                    SpAddress.parse(Files.readString(where).strip()).orElseThrow(() -> new IOException("not there"));
            try (TestingSender connection = new TestingSender(address)) {
                connection.greet(sender, 0, null);
                while (acknowledged.get() < REPORTS) {
                    while (said < REPORTS && said - acknowledged.get() < WINDOW) {
                        said++;
                        connection.send(TestingReports.report(said, ifname, Priority.RENEW, bound(ifname, said)));
                    }
                    Message.Ack ack = connection.acknowledged(ifname, acknowledged.get() + 1);
                    assertThat(ack.status()).isNotEqualTo(Message.AckStatus.REJECTED);
                    acknowledged.set(ack.sequence());
                }
            }
        }
    }
}
