package io.innkeeper.wire.mqtt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The building blocks of messages (MQTT 3.1.1 §1.5, §2.2). */
public final class MqttOctets {
    /** "Are you still there?" (§3.12). */
    private static final int PING = 0xc0;

    /** "I am leaving": the broker drops the will (§3.14). */
    private static final int DISCONNECT = 0xe0;

    private static final int MAX_TEXT = 0xffff;

    /** Four groups of seven bits (§2.2.3). */
    private static final int MAX_LENGTH = 268_435_455;

    private MqttOctets() {}

    /** PINGREQ. */
    public static byte[] ping() {
        return packet(PING, new byte[0]);
    }

    /** DISCONNECT. */
    public static byte[] disconnect() {
        return packet(DISCONNECT, new byte[0]);
    }

    static void number(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    static void text(ByteArrayOutputStream out, String text) {
        octets(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static void octets(ByteArrayOutputStream out, byte[] octets) {
        if (octets.length > MAX_TEXT) {
            throw new IllegalArgumentException("a text of " + octets.length + " octets; MQTT takes " + MAX_TEXT);
        }
        number(out, octets.length);
        out.writeBytes(octets);
    }

    static byte[] packet(int first, byte[] body) {
        if (body.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a message of " + body.length + " octets; MQTT takes " + MAX_LENGTH);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 5);
        out.write(first);
        int rest = body.length;
        do {
            int group = rest & 0x7f;
            rest >>= 7;
            out.write(rest > 0 ? group | 0x80 : group);
        } while (rest > 0);
        out.writeBytes(body);
        return out.toByteArray();
    }
}
