package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Debian's mosquitto on a free port of this machine alone, with all its files in a folder of the test. */
final class RealMosquitto implements AutoCloseable {
    private final Path folder;
    private final int port;
    private @Nullable Process process;

    /**
     * Makes one that does not run yet.
     *
     * @param more further lines of its configuration
     */
    RealMosquitto(Path folder, String... more) throws IOException {
        this.folder = folder;
        this.port = freePort();
        List<String> lines = new ArrayList<>(
                List.of("listener " + port + " 127.0.0.1", "user root", "max_queued_messages 0", "log_dest stdout"));
        lines.addAll(List.of(more));
        Files.write(folder.resolve("mosquitto.conf"), lines);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    /** Starts it, and returns when it listens. */
    void start() throws IOException {
        process = new ProcessBuilder(
                        Programs.find("mosquitto"),
                        "-c",
                        folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("mosquitto.log").toFile()))
                .start();
        await().atMost(30, SECONDS).until(this::listens);
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Stops it, as a restart of its machine would; what it keeps it writes down. */
    void stop() {
        Process running = process;
        process = null;
        if (running != null) {
            Programs.end(running);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
