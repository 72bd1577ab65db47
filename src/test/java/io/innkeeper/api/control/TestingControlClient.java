package io.innkeeper.api.control;

import io.innkeeper.view.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The other side of a control socket. */
public final class TestingControlClient implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader answers;

    /** Connects. */
    public TestingControlClient(Path socket) {
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            answers =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(byte[] bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(String line) {
        send((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The next line; null at the end. */
    @Nullable
    String line() {
        try {
            return answers.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    JsonNode answer() {
        String line = line();
        if (line == null) {
            throw new AssertionError("the connection ended without an answer");
        }
        return Json.MAPPER.readTree(line);
    }

    /** Sends a line and waits for its answer. */
    public JsonNode ask(String line) {
        send(line);
        return answer();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
