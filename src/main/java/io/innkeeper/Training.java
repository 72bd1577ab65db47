package io.innkeeper;

import io.innkeeper.cli.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/**
 * Uses the program for a moment, as a person would, while the JVM notes which classes and methods that takes (JEP 483, 514,
 * 515): the next start finds them ready.
 */
final class Training {
    private static final List<String> PLACES = List.of(
            "",
            "js/main.js",
            "api/v1/status",
            "api/v1/leases?limit=50&sort=-expiresAt&q=a",
            "api/v1/leases/history",
            "api/v1/reservations",
            "api/v1/devices",
            "api/v1/services",
            "api/v1/events?recent=50",
            "api/v1/config",
            "health/ready",
            "metrics",
            "openapi.json",
            "api/v1/leases?sort=nonsense");

    private Training() {}

    static void visit(URI base) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int round = 0; round < 20; round++) {
                for (String place : PLACES) {
                    HttpRequest request = HttpRequest.newBuilder(base.resolve(place))
                            .header("Accept", "application/json")
                            .build();
                    client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                }
            }
            follow(client, base);
        } catch (IOException e) {
            System.err.println("training: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (String command : List.of("leases", "devices", "services", "events")) {
            Commands.of(new NoProgram()).execute(command, "--json", "-h");
            Commands.of(new NoProgram()).execute(command, "--url", base.toString());
        }
    }

    private static void follow(HttpClient client, URI base) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("api/v1/events?after=0"))
                .header("Accept", "text/event-stream")
                .build();
        try (InputStream stream =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            stream.readNBytes(20_000);
        }
    }
}
