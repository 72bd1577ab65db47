package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An unbound that knows one zone and asks nobody, at port {@value #PORT} of the server's own machine. */
final class RealUnbound implements AutoCloseable {
    static final int PORT = 5300;

    private final Namespaces network;
    private final Path folder;
    private @Nullable Process process;

    /** Starts it. */
    RealUnbound(Namespaces network, Path folder, String zone, List<String> records) throws IOException {
        this.network = network;
        this.folder = folder;
        StringBuilder config = new StringBuilder("""
                server:
                  interface: 127.0.0.1
                  port: %d
                  do-daemonize: no
                  chroot: ""
                  username: ""
                  directory: "%s"
                  pidfile: ""
                  use-syslog: no
                  module-config: "iterator"
                  access-control: 127.0.0.0/8 allow
                  local-zone: "%s." static
                """.formatted(PORT, folder, zone));
        records.forEach(
                record -> config.append("  local-data: '").append(record).append("'\n"));
        Files.writeString(folder.resolve("unbound.conf"), config.append("remote-control:\n  control-enable: no\n"));
        start();
    }

    /** Starts it again after {@link #kill}. */
    void start() throws IOException {
        Path log = folder.resolve("unbound.log");
        process = new ProcessBuilder(network.onServer(
                        Programs.find("unbound"),
                        "-d",
                        "-c",
                        folder.resolve("unbound.conf").toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await("unbound serves").atMost(20, SECONDS).until(() -> {
            if (process != null && !process.isAlive()) {
                throw new AssertionError("unbound ended by itself:\n" + Files.readString(log));
            }
            return Files.readString(log).contains("start of service");
        });
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
        process = null;
    }

    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            Programs.end(running);
        }
    }
}
