package io.innkeeper.wire.rdk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The HTTP request by which a WebSocket begins (RFC 6455 §4.2), as far as a socket of nanomsg sends it. */
final class WebUpgrade {
    /** What is said to others. */
    static final String REFUSAL = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

    /** A PUSH socket asks for the type of the other side. */
    private static final String PROTOCOL = "pull.sp.nanomsg.org";

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private WebUpgrade() {}

    /** What to say to a request with this head; empty where it asks for something else. */
    static Optional<byte[]> answer(String head) {
        String[] lines = head.split("\r?\n", -1);
        Map<String, String> fields = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                fields.merge(name, line.substring(colon + 1).strip(), (one, other) -> one + "," + other);
            }
        }
        String key = fields.getOrDefault("sec-websocket-key", "");
        boolean right = lines[0].matches("GET \\S+ HTTP/1\\.1")
                && has(fields, "upgrade", "websocket")
                && has(fields, "connection", "upgrade")
                && has(fields, "sec-websocket-version", "13")
                && has(fields, "sec-websocket-protocol", PROTOCOL)
                && key.length() == 24;
        return right ? Optional.of(accepted(key)) : Optional.empty();
    }

    private static boolean has(Map<String, String> fields, String name, String value) {
        return Arrays.stream(fields.getOrDefault(name, "").split(",", -1))
                .anyMatch(one -> one.strip().equalsIgnoreCase(value));
    }

    private static byte[] accepted(String key) {
        return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + Base64.getEncoder().encodeToString(sha1(key + GUID))
                        + "\r\nSec-WebSocket-Protocol: " + PROTOCOL + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
