package io.innkeeper.cli;

import io.innkeeper.view.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Talks to a running Innkeeper through its control socket. */
final class ControlClient {
    private ControlClient() {}

    /** Sends one command and waits for its answer. */
    static JsonNode send(Path socket, Map<String, Object> request) throws Client.Failure {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            connect(channel, socket);
            ByteBuffer line = ByteBuffer.wrap((Json.write(request) + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            String answer = new BufferedReader(
                            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))
                    .readLine();
            if (answer == null) {
                throw new Client.Failure(ExitCode.FAILED, socket + " closed the connection without an answer");
            }
            return Json.MAPPER.readTree(answer);
        } catch (IOException e) {
            throw new Client.Failure(ExitCode.FAILED, socket + ": " + e.getMessage());
        } catch (JacksonException e) {
            throw new Client.Failure(ExitCode.FAILED, socket + " answers, but it is not an Innkeeper");
        }
    }

    private static void connect(SocketChannel channel, Path socket) throws Client.Failure {
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException | IllegalArgumentException e) {
            throw new Client.Failure(
                    ExitCode.UNREACHABLE,
                    "no Innkeeper answers at the socket " + socket + " (" + e.getMessage()
                            + "); api.control of its configuration says where it is, and whether you may use it");
        }
    }
}
