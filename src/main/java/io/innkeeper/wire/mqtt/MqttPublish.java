package io.innkeeper.wire.mqtt;

import java.nio.charset.StandardCharsets;

/**
 * Something to publish (MQTT 3.1.1 §3.3), always with QoS 1: the broker acknowledges it.
 *
 * @param topic where; without wildcards
 * @param text what
 * @param retain true where the broker keeps it for those who subscribe later
 */
public record MqttPublish(String topic, String text, boolean retain) {
    private static final int QOS_1 = 0x02;
    private static final int RETAIN = 0x01;

    /** The text as octets. */
    public byte[] payload() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Its octets.
     *
     * @param id under which it is acknowledged, 1 to 65535
     * @throws IllegalArgumentException if the number is out of range, or topic or text are too long
     */
    public byte[] write(int id) {
        if (id < 1 || id > 0xffff) {
            throw new IllegalArgumentException("packet identifier " + id);
        }
        byte[] body = MqttOctets.join(MqttOctets.text(topic), MqttOctets.number(id), payload());
        return MqttOctets.packet(0x30 | QOS_1 | (retain ? RETAIN : 0), body);
    }
}
