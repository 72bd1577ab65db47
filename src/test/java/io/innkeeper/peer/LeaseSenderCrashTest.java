package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.tell.Balance;
import io.innkeeper.tell.DeliveryPlan;
import io.innkeeper.tell.FlushOutcome;
import io.innkeeper.tell.MonitorAddress;
import io.innkeeper.tell.SpoolSender;
import io.innkeeper.tell.push.Sent;
import io.innkeeper.tell.spool.Spool;
import io.innkeeper.tell.spool.SpoolBook;
import io.innkeeper.tell.spool.SpoolLimits;
import io.innkeeper.view.Json;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.v2.TestingReports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The monitor is killed at any moment while twenty interfaces tell it of ever other addresses: each is in its store once, in the order
 * in which it was told.
 */
@Tag("slow")
class LeaseSenderCrashTest {
    private static final int KILLS = 3;
    private static final int INTERFACES = 20;
    private static final int ENOUGH = 200;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int PAGE = 1_000;

    /** Where the address stands in a message, and the second name of the interface. */
    private static final int ADDRESS = 42;

    private static final int INNER_NAME = 266;

    /** The common pool may have one thread only. */
    private static final Executor OWN = task -> Thread.ofVirtual().start(task);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random();

    @TempDir
    private Path folder;

    @Test
    void eachLeaseIsStoredOnce() throws Exception {
        Path announced = folder.resolve("monitor");
        List<String> settings = List.of(
                "store=sqlite:" + folder.resolve("innkeeper.db"),
                "api.listen=127.0.0.1:0",
                "lease-monitor.listen=tcp://127.0.0.1:0",
                "lease-monitor.v2.listen=tcp://127.0.0.1:0",
                "lease-monitor.v2.announce.file=" + announced);
        DeliveryPlan plan = new DeliveryPlan(
                List.of(MonitorAddress.parse("file:" + announced).orElseThrow()),
                Balance.FIRST,
                List.of(),
                "test",
                false);
        AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
        CompletableFuture<FlushOutcome> following = CompletableFuture.supplyAsync(() -> follow(plan, stop), OWN);
        AtomicBoolean more = new AtomicBoolean(true);
        CompletableFuture<Integer> writing = CompletableFuture.supplyAsync(() -> write(plan, more), OWN);
        try {
            for (int life = 0; life < KILLS; life++) {
                try (InnkeeperProcess innkeeper = InnkeeperProcess.start(List.of(), folder, settings)) {
                    URI base = innkeeper.awaitPage();
                    long before = lastNumber(base);
                    await("a life worth its name").atMost(30, SECONDS).until(() -> lastNumber(base) > before + ENOUGH);
                    await().pollDelay(Duration.ofMillis(random.nextInt(300))).until(() -> true);
                    innkeeper.kill();
                }
            }
        } finally {
            more.set(false);
        }
        try (InnkeeperProcess innkeeper = InnkeeperProcess.start(List.of(), folder, settings)) {
            URI base = innkeeper.awaitPage();
            int each = writing.get(60, SECONDS);
            Spool spool = Spool.in(folder.resolve("spool"), SpoolLimits.USUAL, random, InstantSource.system());
            await("nothing waits").atMost(60, SECONDS).until(() -> spool.ask(SpoolBook::messages) == 0);
            stop.get().run();
            assertThat(following.get(10, SECONDS).ended().rejected()).isZero();
            assertThat(told(base)).as("in %d lives", KILLS + 1).isEqualTo(expected(each));
        }
    }

    private FlushOutcome follow(DeliveryPlan plan, AtomicReference<Runnable> stop) {
        try {
            return sender(plan, Duration.ofSeconds(10)).follow(stop::set).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SpoolSender sender(DeliveryPlan plan, Duration wait) {
        Path spool = folder.resolve("spool");
        return new SpoolSender(spool, SpoolLimits.USUAL, plan, wait, InstantSource.system(), waiting -> {});
    }

    /** One message of each interface after the other; returns how many of each. */
    private int write(DeliveryPlan plan, AtomicBoolean more) {
        SpoolSender sender = sender(plan, Duration.ZERO);
        int number = 0;
        for (; more.get(); number++) {
            for (int lane = 0; lane < INTERFACES; lane++) {
                assertThat(sender.send(bound(lane, number)).state()).isEqualTo(Sent.State.WAITING);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return number;
    }

    private static String address(int lane, int number) {
        return "10." + (lane + 1) + "." + (number >> 8) + "." + (number & 0xff);
    }

    private static PluginMessage bound(int lane, int number) {
        byte[] octets = TestingReports.sample("v4-bound").write();
        put(octets, 0, "wan" + lane);
        put(octets, INNER_NAME, "wan" + lane);
        put(octets, ADDRESS, address(lane, number));
        return (PluginMessage) PluginMessage.parse(octets);
    }

    private static void put(byte[] octets, int at, String text) {
        byte[] field = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), PluginMessage.IFNAME);
        System.arraycopy(field, 0, octets, at, field.length);
    }

    private static Map<String, List<String>> expected(int each) {
        Map<String, List<String>> all = new TreeMap<>();
        for (int lane = 0; lane < INTERFACES; lane++) {
            List<String> addresses = all.computeIfAbsent("wan" + lane, name -> new ArrayList<>());
            for (int number = 0; number < each; number++) {
                addresses.add(address(lane, number));
            }
        }
        return all;
    }

    /** What the events tell, interface by interface. */
    private Map<String, List<String>> told(URI base) throws IOException, InterruptedException {
        Map<String, List<String>> all = new TreeMap<>();
        long after = 0;
        for (List<JsonNode> page = page(base, after); !page.isEmpty(); page = page(base, after)) {
            for (JsonNode event : page) {
                all.computeIfAbsent(event.path("interface").asString(), name -> new ArrayList<>())
                        .add(event.path("leaseInfo").path("address").asString());
            }
            after = page.getLast().path("number").asLong();
        }
        return all;
    }

    private long lastNumber(URI base) throws IOException, InterruptedException {
        long after = 0;
        for (List<JsonNode> page = page(base, after); !page.isEmpty(); page = page(base, after)) {
            after = page.getLast().path("number").asLong();
        }
        return after;
    }

    private List<JsonNode> page(URI base, long after) throws IOException, InterruptedException {
        URI events = base.resolve("api/v1/events?type=wan.update&after=%d&limit=%d".formatted(after, PAGE));
        HttpRequest request = HttpRequest.newBuilder(events)
                .header("Accept", "application/json")
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        List<JsonNode> found = new ArrayList<>();
        Json.MAPPER.readTree(response.body()).path("items").forEach(found::add);
        return found;
    }
}
