package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Debian's dbus-daemon on a socket in a folder of the test; whoever connects may own names, speak and call. */
final class RealBus implements AutoCloseable {
    private final Path folder;
    private final Path socket;
    private @Nullable Process process;

    /**
     * One that runs.
     *
     * @param more further lines of its policy
     */
    RealBus(Path folder, String more) throws IOException {
        this.folder = folder;
        socket = folder.resolve("bus");
        Files.writeString(config(), policy(more));
        start();
    }

    private String policy(String more) {
        return """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
             "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>system</type>
              <listen>%s</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow user="*"/>
                <allow own="*"/>
                <allow send_type="method_call"/>
                <allow send_type="signal"/>
                <allow send_requested_reply="true" send_type="method_return"/>
                <allow send_requested_reply="true" send_type="error"/>
                <allow receive_type="method_call"/>
                <allow receive_type="method_return"/>
                <allow receive_type="error"/>
                <allow receive_type="signal"/>
                %s
              </policy>
            </busconfig>
            """.formatted(address(), more);
    }

    private Path config() {
        return folder.resolve("bus.conf");
    }

    /** Its address. */
    String address() {
        return "unix:path=" + socket;
    }

    /** What makes it the system bus of a program. */
    Map<String, String> environment() {
        return Map.of("DBUS_SYSTEM_BUS_ADDRESS", address());
    }

    /** Starts it; returns when it can be connected to. */
    void start() throws IOException {
        Files.deleteIfExists(socket);
        Process started = new ProcessBuilder(
                        Programs.find("dbus-daemon"), "--nofork", "--nopidfile", "--config-file=" + config())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("bus.log").toFile())
                .start();
        process = started;
        await("the bus listens").atMost(10, SECONDS).until(() -> {
            if (!started.isAlive()) {
                throw new AssertionError("dbus-daemon ended: " + Files.readString(folder.resolve("bus.log")));
            }
            return Files.exists(socket);
        });
    }

    /** Ends it; who is connected loses the connection. */
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
