package io.innkeeper.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** mosquitto_sub: hears all topics and comes back when the broker does; the broker keeps what it misses. */
final class MqttListener implements AutoCloseable {
    /** What was heard, in order: a topic, a blank, the payload. */
    final List<String> lines = new CopyOnWriteArrayList<>();

    private final Process process;

    MqttListener(int port, String clientId, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Programs.find("mosquitto_sub"),
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(port),
                "-c",
                "-i",
                clientId,
                "-q",
                "1",
                "-t",
                "#",
                "-v"));
        command.addAll(List.of(more));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader reader = process.inputReader();
        Thread.ofVirtual().start(() -> reader.lines().forEach(lines::add));
    }

    /** The payloads of a topic, in order. */
    List<String> payloads(String topic) {
        return lines.stream()
                .filter(line -> line.startsWith(topic + " "))
                .map(line -> line.substring(topic.length() + 1))
                .toList();
    }

    @Override
    public void close() {
        Programs.end(process);
    }
}
