package io.innkeeper.api.sse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client of the stream on a bare socket: sees every byte, reads only when told to. */
final class TestingFollower implements AutoCloseable {
    private final Socket socket = new Socket();
    private final BufferedReader lines;
    final String status;
    final List<String> headers = new ArrayList<>();

    /** A frame: the fields of an event, or a comment under the name of an empty text. */
    record Frame(Map<String, String> fields) {
        long id() {
            return Long.parseLong(fields.getOrDefault("id", "-1"));
        }

        String event() {
            return fields.getOrDefault("event", "");
        }

        String data() {
            return fields.getOrDefault("data", "");
        }

        boolean isComment() {
            return fields.containsKey("");
        }
    }

    TestingFollower(URI uri, String query, int receiveBuffer, String... more) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout(20_000);
            socket.connect(new java.net.InetSocketAddress(uri.getHost(), uri.getPort()));
            String request = "GET /api/v1/events" + query
                    + " HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n" + String.join("", more) + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            status = String.valueOf(lines.readLine());
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                headers.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestingFollower(URI uri, String query) {
        this(uri, query, 0);
    }

    /** The next frame with an event in it or a comment; null at the end of the stream. */
    @org.jspecify.annotations.Nullable
    Frame next() {
        Map<String, String> fields = new HashMap<>();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    int colon = line.indexOf(": ");
                    fields.put(line.substring(0, colon), line.substring(colon + 2));
                } else if (fields.containsKey("retry")) {
                    fields.clear();
                } else if (!fields.isEmpty()) {
                    return new Frame(fields);
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The next events, comments left out. */
    List<Frame> next(int count) {
        List<Frame> frames = new ArrayList<>();
        while (frames.size() < count) {
            Frame frame = next();
            if (frame == null) {
                throw new AssertionError("the stream ended after " + frames);
            }
            if (!frame.isComment()) {
                frames.add(frame);
            }
        }
        return frames;
    }

    List<Long> ids(int count) {
        return next(count).stream().map(Frame::id).toList();
    }

    /** Reads until the end; the number of the last event seen. */
    long drain() {
        long last = 0;
        for (Frame frame = next(); frame != null; frame = next()) {
            last = Math.max(last, frame.id());
        }
        return last;
    }

    String rest() {
        StringBuilder text = new StringBuilder();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                text.append(line).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
