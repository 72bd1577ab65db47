package io.innkeeper.wire.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * The first message of a connection (MQTT 3.1.1 §3.1). The session is clean: what was not acknowledged is ours to repeat.
 *
 * @param clientId who we are to the broker; two with the same name push each other out
 * @param keepAliveS after one and a half times so many silent seconds the broker gives us up; 0 to 65535, 0 for never
 * @param will what the broker publishes for us when the connection breaks
 * @param user the name to log in with; null for none
 * @param password to go with the user; null for none
 */
public record MqttConnect(
        String clientId,
        int keepAliveS,
        MqttPublish will,
        @Nullable String user,
        @Nullable String password) {
    private static final int CLEAN_SESSION = 0x02;
    private static final int WILL = 0x04;
    private static final int WILL_QOS_1 = 0x08;
    private static final int WILL_RETAIN = 0x20;
    private static final int PASSWORD = 0x40;
    private static final int USER = 0x80;
    private static final int LEVEL_3_1_1 = 4;

    /** @throws IllegalArgumentException if the keep-alive is out of range, or a password comes without a user (§3.1.2.9) */
    public MqttConnect {
        if (keepAliveS < 0 || keepAliveS > 0xffff || (password != null && user == null)) {
            throw new IllegalArgumentException("keep-alive " + keepAliveS + ", or a password without a user");
        }
    }

    /**
     * Its octets.
     *
     * @throws IllegalArgumentException if a text is too long
     */
    public byte[] write() {
        byte[] body = MqttOctets.join(
                MqttOctets.text("MQTT"),
                new byte[] {LEVEL_3_1_1, (byte) flags()},
                MqttOctets.number(keepAliveS),
                MqttOctets.text(clientId),
                MqttOctets.text(will.topic()),
                MqttOctets.octets(will.payload()),
                user == null ? new byte[0] : MqttOctets.text(user),
                password == null ? new byte[0] : MqttOctets.text(password));
        return MqttOctets.packet(0x10, body);
    }

    private int flags() {
        return CLEAN_SESSION
                | WILL
                | WILL_QOS_1
                | (will.retain() ? WILL_RETAIN : 0)
                | (user != null ? USER : 0)
                | (password != null ? PASSWORD : 0);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MqttConnect[" + clientId + ", user " + user + "]";
    }
}
