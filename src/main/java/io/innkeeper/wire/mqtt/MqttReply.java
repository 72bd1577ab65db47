package io.innkeeper.wire.mqtt;

/** What a broker says to a client that publishes and never subscribes. */
public sealed interface MqttReply {
    /** Octets of the body of the longest reply; whatever is longer is none. */
    int MAX_BODY = 2;

    /**
     * The answer to CONNECT (MQTT 3.1.1 §3.2).
     *
     * @param code 0 where we are let in
     */
    record Connected(int code) implements MqttReply {
        /** Why we are not let in (§3.2.2.3). */
        public String reason() {
            return switch (code) {
                case 0 -> "let in";
                case 1 -> "the broker does not speak MQTT 3.1.1";
                case 2 -> "the broker does not accept this client id";
                case 3 -> "the broker is not ready";
                case 4 -> "user or password are wrong";
                case 5 -> "not authorized";
                default -> "refused with code " + code;
            };
        }
    }

    /**
     * PUBACK (§3.4): the broker has taken it.
     *
     * @param id the number it was published under
     */
    record Taken(int id) implements MqttReply {}

    /** PINGRESP (§3.13). */
    record StillHere() implements MqttReply {}

    /**
     * Nothing that a broker says to us.
     *
     * @param first the first octet
     */
    record Unexpected(int first) implements MqttReply {}

    /**
     * Reads a reply.
     *
     * @param first the first octet of the fixed header, 0 to 255
     * @param body what follows the length
     */
    static MqttReply parse(int first, byte[] body) {
        if (first == 0x20 && body.length == 2) {
            return new Connected(body[1] & 0xff);
        }
        if (first == 0x40 && body.length == 2) {
            return new Taken((body[0] & 0xff) << 8 | (body[1] & 0xff));
        }
        return first == 0xd0 && body.length == 0 ? new StillHere() : new Unexpected(first);
    }
}
