package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Debian's dnsmasq, with all its files in a folder of the test. */
final class RealDnsmasq implements AutoCloseable {
    private final Place place;
    private final Path folder;
    private final Map<String, String> environment;
    private @Nullable Process process;
    private int starts;

    /**
     * One in the server's namespace, with ranges of addresses, that does not run yet.
     *
     * @param lines further lines of its configuration
     * @param environment variables it has beside ours, which its script inherits
     */
    RealDnsmasq(Namespaces network, Path folder, List<String> lines, Map<String, String> environment)
            throws IOException {
        this(network::onServer, Namespaces.SERVER_INTERFACE, folder, environment);
        List<String> all = new ArrayList<>(List.of(
                "dhcp-range=192.168.77.100,192.168.77.199,255.255.255.0,12h",
                "dhcp-range=fd00:77::1000,fd00:77::1fff,64,12h"));
        all.addAll(lines);
        Files.write(config(), all, StandardOpenOption.APPEND);
    }

    /** One on a machine of its own that does not run yet; it serves what these lines of its configuration say. */
    RealDnsmasq(Guest machine, List<String> lines) throws IOException {
        this(machine, Guest.DEVICE, machine.folder(), Map.of());
        Files.write(config(), lines, StandardOpenOption.APPEND);
    }

    private RealDnsmasq(Place place, String device, Path folder, Map<String, String> environment) throws IOException {
        this.place = place;
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        Files.write(
                config(),
                List.of(
                        "port=0",
                        "user=root",
                        "interface=" + device,
                        "dhcp-authoritative",
                        // It would ping each address first, and wait three seconds for the answer.
                        "no-ping",
                        "log-dhcp",
                        "dhcp-leasefile=" + leases(),
                        "pid-file=" + folder.resolve("dnsmasq.pid")));
    }

    /** Its lease file. */
    Path leases() {
        return folder.resolve("dnsmasq.leases");
    }

    /** Its configuration. */
    Path config() {
        return folder.resolve("dnsmasq.conf");
    }

    private Path log() {
        return folder.resolve("dnsmasq.log");
    }

    /** Starts it; returns when it serves. */
    void start() throws IOException {
        starts++;
        ProcessBuilder builder = new ProcessBuilder(place.command(
                Programs.find("dnsmasq"), "--keep-in-foreground", "--log-facility=-", "--conf-file=" + config()));
        builder.environment().putAll(environment);
        Process started = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        process = started;
        await("dnsmasq serves").atMost(10, SECONDS).until(() -> {
            if (!started.isAlive()) {
                throw new AssertionError("dnsmasq ended by itself:\n" + said());
            }
            return said().split("started, version", -1).length > starts;
        });
    }

    /** What it logged. */
    String said() {
        try {
            return Files.exists(log()) ? Files.readString(log(), StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            return "its log cannot be read: " + e;
        }
    }

    /** The lines of its lease file. */
    List<String> leaseLines() throws IOException {
        return Files.readAllLines(leases(), StandardCharsets.ISO_8859_1);
    }

    /** When its lease file was last written. */
    Instant writtenAt() throws IOException {
        FileTime modified = Files.getLastModifiedTime(leases());
        return modified.toInstant();
    }

    /** Ends it as a system does, with SIGTERM; returns when it has ended. */
    void stop() {
        Process running = process;
        if (running != null) {
            Programs.end(running);
        }
        process = null;
    }

    @Override
    public void close() {
        stop();
    }
}
