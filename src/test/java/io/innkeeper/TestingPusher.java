package io.innkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.rdk.SpFrames;
import io.innkeeper.wire.rdk.SpHello;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pushes messages of the real plugins to the lease monitor of a program, as a plugin does: a connection for each. */
public record TestingPusher(TestingApp app) {
    /** A section that listens at a free port. */
    public static final String SECTION = "lease-monitor: {listen: \"tcp://127.0.0.1:0\"}\n";

    private static final Pattern PORT = Pattern.compile("tcp://127\\.0\\.0\\.1:([0-9]+)");

    /** Where the lease monitor listens. */
    public int port() {
        String message =
                app.get("api/v1/services/lease-monitor").json().path("message").asString();
        Matcher port = PORT.matcher(message);
        assertThat(port.find()).as(message).isTrue();
        return Integer.parseInt(port.group(1));
    }

    /** A message of a real plugin. */
    public static byte[] sample(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/test/resources/rdk", name + ".bin"));
    }

    /** Pushes a sample. */
    public void push(String sample) throws IOException {
        push(sample(sample));
    }

    /** Pushes a message. */
    public void push(byte[] message) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream().write(SpHello.of(SpHello.PUSH));
            assertThat(socket.getInputStream().readNBytes(8)).isEqualTo(SpHello.of(SpHello.PULL));
            socket.getOutputStream().write(SpFrames.head(SpFrames.Form.TCP, message.length));
            socket.getOutputStream().write(message);
        }
    }
}
