package io.innkeeper.wire.mqtt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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

    static byte[] number(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    static byte[] text(String text) {
        return octets(text.getBytes(StandardCharsets.UTF_8));
    }

    /** With their length before them. */
    static byte[] octets(byte[] octets) {
        if (octets.length > MAX_TEXT) {
            throw new IllegalArgumentException("a text of " + octets.length + " octets; MQTT takes " + MAX_TEXT);
        }
        return join(number(octets.length), octets);
    }

    static byte[] join(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    static byte[] packet(int first, byte[] body) {
        if (body.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a message of " + body.length + " octets; MQTT takes " + MAX_LENGTH);
        }
        return join(new byte[] {(byte) first}, length(body.length), body);
    }

    private static byte[] length(int length) {
        byte[] groups = new byte[4];
        int count = 0;
        int rest = length;
        do {
            int group = rest & 0x7f;
            rest >>= 7;
            groups[count++] = (byte) (rest > 0 ? group | 0x80 : group);
        } while (rest > 0);
        return Arrays.copyOf(groups, count);
    }
}
