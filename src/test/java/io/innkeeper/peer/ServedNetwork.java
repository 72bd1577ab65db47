package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.peer.EventTape.Told;
import io.innkeeper.view.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A network that our own DHCP server serves, in a process of its own, and somebody who follows its events. */
final class ServedNetwork implements AutoCloseable {
    /** Real clients wait for random times, and the machine may be busy. */
    static final int PATIENCE_S = 30;

    private final Path folder;
    private final Namespaces network;
    private final Path config;
    private InnkeeperProcess innkeeper;
    private URI base;
    private EventTape tape;

    /**
     * Starts the server.
     *
     * @param dhcp4 the section of the configuration, in YAML
     */
    ServedNetwork(Path folder, Namespaces network, String dhcp4) throws Exception {
        this(folder, network, "[]", "dhcp4:\n" + dhcp4.indent(2));
    }

    /**
     * Starts the server beside a dnsmasq that is watched.
     *
     * @param dnsmasq the section about it, in YAML, in one line
     * @param dhcp4 the section of that name with its name; empty for none
     */
    ServedNetwork(Path folder, Namespaces network, String dnsmasq, String dhcp4) throws Exception {
        this.folder = folder;
        this.network = network;
        config = folder.resolve("innkeeper.yaml");
        configure(dnsmasq, dhcp4);
        innkeeper = InnkeeperProcess.configured(network.onServer(), folder, config);
        try {
            base = innkeeper.awaitPage();
            tape = new EventTape(open("api/v1/events?after=0", "text/event-stream"));
        } catch (Exception | Error e) {
            innkeeper.close();
            throw e;
        }
    }

    /** Where its page is, for a browser that is where the server is. */
    URI page() {
        return base;
    }

    /** Writes its configuration, which it takes up by itself while it runs. */
    void configure(String dnsmasq, String dhcp4) throws IOException {
        Files.writeString(config, """
                store: sqlite:%s
                api: {listen: 127.0.0.1:0}
                dnsmasq: %s
                %s""".formatted(folder.resolve("innkeeper.db"), dnsmasq, dhcp4));
    }

    /** What the interface answers to a POST without a body. */
    JsonNode post(String path) throws Exception {
        return post(path, "");
    }

    /** What the interface answers to a POST, with this status. */
    JsonNode post(String path, Object body, int status) throws Exception {
        return call("POST", path, Json.write(body), status);
    }

    /** What the interface answers to a DELETE. */
    JsonNode delete(String path) throws Exception {
        return call("DELETE", path, "", 200);
    }

    /** A text that the interface answers. */
    String text(String path) throws Exception {
        try (InputStream answer = open(path, "text/plain")) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private JsonNode post(String path, String body) throws Exception {
        return call("POST", path, body, 200);
    }

    private JsonNode call(String method, String path, String body, int expected) throws Exception {
        return network.atServer(() -> {
            HttpURLConnection connection =
                    (HttpURLConnection) base.resolve(path).toURL().openConnection();
            connection.setRequestMethod(method);
            if (!body.isEmpty()) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            int status = connection.getResponseCode();
            InputStream refusal = connection.getErrorStream();
            String why = refusal == null ? "" : new String(refusal.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(status).as(path + " " + why).isEqualTo(expected);
            try (InputStream answer = connection.getInputStream()) {
                return Json.MAPPER.readTree(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
            }
        });
    }

    /** What a command of the roll call that takes no arguments answers. */
    JsonNode rollCall(String command) throws Exception {
        JsonNode answer = post("api/v1/services/arp/commands", "{\"command\": \"" + command + "\", \"args\": {}}");
        assertThat(answer.path("status").asString()).as(answer.toString()).isEqualTo("success");
        return answer.path("data");
    }

    /** Has every address asked for, and waits until that is done. */
    void scan() throws Exception {
        long before = rollCall("get_status").path("detail").path("sent").asLong();
        long addresses = rollCall("scan_now").path("addresses").asLong();
        await("the scan")
                .atMost(PATIENCE_S, SECONDS)
                .until(
                        () -> rollCall("get_status").path("detail"),
                        detail -> detail.path("sent").asLong() >= before + addresses / 2
                                && !detail.path("scan").path("running").asBoolean(true));
    }

    /** Waits until the server says this of itself. */
    void awaitService(String message) {
        await("the service says: " + message)
                .atMost(PATIENCE_S, SECONDS)
                .ignoreExceptions()
                .until(() -> get("api/v1/services/dhcp4").path("message").asString(""), said -> said.contains(message));
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        innkeeper.kill();
        tape.close();
    }

    /** Starts it again after {@link #kill}, on the same store. */
    void restart() throws Exception {
        long told = tape.all().isEmpty() ? 0 : tape.all().getLast().number();
        innkeeper = InnkeeperProcess.configured(network.onServer(), folder, config);
        base = innkeeper.awaitPage();
        tape = new EventTape(open("api/v1/events?after=" + told, "text/event-stream"));
    }

    /** All that it told. */
    EventTape tape() {
        return tape;
    }

    private InputStream open(String path, String type) throws Exception {
        return network.atServer(() -> {
            HttpURLConnection connection =
                    (HttpURLConnection) base.resolve(path).toURL().openConnection();
            connection.setRequestProperty("Accept", type);
            assertThat(connection.getResponseCode()).as(path).isEqualTo(200);
            return connection.getInputStream();
        });
    }

    /** What the interface answers to a GET. */
    JsonNode get(String path) throws Exception {
        try (InputStream answer = open(path, "application/json")) {
            return Json.MAPPER.readTree(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The leases held now. */
    List<JsonNode> leases(String query) throws Exception {
        List<JsonNode> leases = new ArrayList<>();
        get("api/v1/leases?limit=1000&" + query).path("items").forEach(leases::add);
        return leases;
    }

    /** All leases held now, page by page. */
    List<JsonNode> allLeases() throws Exception {
        List<JsonNode> leases = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = get("api/v1/leases?limit=1000" + (next.isEmpty() ? "" : "&cursor=" + next));
            page.path("items").forEach(leases::add);
            next = page.path("next").asString("");
        } while (!next.isEmpty());
        return leases;
    }

    /** The lease that a device holds; waits for it. */
    JsonNode lease(String mac) {
        return await("a lease of " + mac)
                .atMost(PATIENCE_S, SECONDS)
                .until(() -> leases("mac=" + mac), found -> found.size() == 1)
                .getFirst();
    }

    /** Waits until a device holds no lease. */
    void noLease(String mac) {
        await("no lease of " + mac)
                .atMost(PATIENCE_S, SECONDS)
                .until(() -> leases("mac=" + mac).isEmpty());
    }

    /** The events so far about leases of a device, without the word "lease". */
    List<String> eventsOf(String mac) {
        return tape.aboutLeases().stream()
                .filter(told -> told.lease("mac").equals(mac))
                .map(told -> told.type().substring("lease.".length()))
                .toList();
    }

    /** Waits for exactly these events of a device, in this order. */
    void awaitEvents(String mac, String... types) {
        await("events of " + mac)
                .atMost(PATIENCE_S, SECONDS)
                .untilAsserted(() -> assertThat(eventsOf(mac)).containsExactly(types));
    }

    /**
     * Waits until the last event of a device is some time ago: a request right after another is taken for the same one. It
     * gets the same answer, and is no news.
     */
    void awaitLaterThan(String mac) {
        Instant last = tape.aboutLeases().stream()
                .filter(told -> told.lease("mac").equals(mac))
                .map(Told::arrivedAt)
                .reduce((_, second) -> second)
                .orElseThrow();
        await("a while after the last request")
                .atMost(10, SECONDS)
                .until(() -> Instant.now().isAfter(last.plusMillis(1_500)));
    }

    /** The types of the events so far about a device itself. */
    List<String> deviceEvents(String mac) {
        return tape.all().stream()
                .filter(told -> told.isAboutDevice(mac))
                .map(Told::type)
                .toList();
    }

    /** Waits for the first event of this type about a device. */
    Told deviceEvent(String type, String mac) {
        return await(type + " of " + mac)
                .atMost(PATIENCE_S, SECONDS)
                .until(
                        () -> tape.all().stream()
                                .filter(told -> told.type().equals(type) && told.isAboutDevice(mac))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    /** Waits for the first event of this type. */
    Told event(String type) {
        return await(type)
                .atMost(PATIENCE_S, SECONDS)
                .until(
                        () -> tape.all().stream()
                                .filter(told -> told.type().equals(type))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    @Override
    public void close() {
        innkeeper.close();
        tape.close(); // its reader waits for news as long as there is a server
    }
}
