package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.peer.EventTape.Told;
import io.innkeeper.view.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** A lease monitor where the clients are, in a process of its own, and somebody who follows its events. */
final class MonitoredClients implements AutoCloseable {
    private static final Path PLUGINS = Path.of(System.getProperty("innkeeper.root", "."), "packaging", "plugins");

    /** Real clients wait for random times, and the machine may be busy. */
    private static final int PATIENCE_S = 30;

    private final Path folder;
    private final Namespaces network;
    private final InnkeeperProcess innkeeper;
    private URI base;
    private EventTape tape;

    /** Starts the monitor where plugins look for it. */
    MonitoredClients(Path folder, Namespaces network) throws Exception {
        this.folder = folder;
        this.network = network;
        Path config =
                Files.writeString(folder.resolve("innkeeper.yaml"), """
                store: sqlite:%s
                api: {listen: 127.0.0.1:0}
                dnsmasq: []
                lease-monitor: {clients: {eth0: {dhcpv4: 1, dhcpv6: 1}, eth1: {dhcpv4: 2}}}
                """.formatted(folder.resolve("innkeeper.db")));
        innkeeper = InnkeeperProcess.configured(network.onClient(), folder, config);
        try {
            base = innkeeper.awaitPage();
            tape = new EventTape(open("api/v1/events?after=0", "text/event-stream"));
        } catch (Exception | Error e) {
            innkeeper.close();
            throw e;
        }
    }

    /** Our plugin as the script of a client, with what is to be set before it runs. */
    String plugin(String client, String... settings) throws IOException {
        Path script = folder.resolve(client + "-plugin-" + settings.length + "-" + System.nanoTime());
        List<String> lines = new ArrayList<>(List.of("#!/bin/sh", "INNKEEPER_PLUGIN_SETTINGS=/nonexistent"));
        lines.addAll(List.of(settings));
        Path plugin = PLUGINS.resolve(client + "-lease-monitor.sh").toAbsolutePath();
        lines.add("exec %s sh %s \"$@\"".formatted(Programs.find("busybox"), plugin));
        Files.write(script, lines);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script.toString();
    }

    private InputStream open(String path, String type) throws Exception {
        return network.atClient(() -> {
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

    /** The leases of an interface now. */
    List<JsonNode> leases(String device) throws Exception {
        List<JsonNode> leases = new ArrayList<>();
        get("api/v1/leases?origin=rdk").path("items").forEach(lease -> {
            if (lease.path("source").asString("").equals(device)) {
                leases.add(lease);
            }
        });
        return leases;
    }

    /** The parameters of an object of TR-181, by their names within it, as JSON. */
    Map<String, String> tr181(String object) throws Exception {
        Map<String, String> values = new TreeMap<>();
        get("api/v1/tr181/" + object)
                .path("parameters")
                .forEach(one -> values.put(
                        one.path("path").asString("").substring(object.length()),
                        one.path("value").toString()));
        return values;
    }

    /** The types of all events about leases and connections of an interface so far, in their order. */
    List<String> events(String device) {
        return about(device).stream().map(Told::type).toList();
    }

    private List<Told> about(String device) {
        return tape.all().stream()
                .filter(told -> told.lease("source").equals(device)
                        || told.body().path("interface").asString("").equals(device))
                .toList();
    }

    /** Waits until so many events of this type came about an interface, and returns the last of these. */
    Told await(String device, String type, int count) {
        return org.awaitility.Awaitility.await(count + " times " + type + " of " + device)
                .atMost(PATIENCE_S, SECONDS)
                .until(
                        () -> about(device).stream()
                                .filter(told -> told.type().equals(type))
                                .toList(),
                        found -> found.size() >= count)
                .get(count - 1);
    }

    @Override
    public void close() {
        innkeeper.close();
        tape.close();
    }
}
