package io.innkeeper.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** dibbler's client or server, somewhere. Its folders are built in; a mount namespace of its own has others in their place. */
final class Dibbler implements AutoCloseable {
    private static final String START = """
            for one in etc lib log; do mkdir -p "$0/$one"; done
            mkdir -p /etc/dibbler /var/lib/dibbler /var/log/dibbler
            mount --bind "$0/etc" /etc/dibbler && mount --bind "$0/lib" /var/lib/dibbler || exit 1
            mount --bind "$0/log" /var/log/dibbler || exit 1
            exec "$@" run
            """;

    private final Process process;
    private final Path log;

    /**
     * Starts it.
     *
     * @param kind {@code client} or {@code server}
     * @param config its configuration
     */
    Dibbler(Place place, Path folder, String kind, String config) throws IOException {
        Path own = Files.createDirectory(folder.resolve("dibbler-" + kind));
        Files.writeString(Files.createDirectory(own.resolve("etc")).resolve(kind + ".conf"), config);
        log = own.resolve("said");
        List<String> command = place.command("sh", "-c", START, own.toString(), Programs.find("dibbler-" + kind));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** What it said so far. */
    String said() throws IOException {
        return Files.readString(log);
    }

    /** Ends it without a word, as a power cut does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        Programs.end(process);
    }
}
