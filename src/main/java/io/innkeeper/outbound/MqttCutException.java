package io.innkeeper.outbound;

import java.io.IOException;

/** The connection broke before all messages were acknowledged. */
final class MqttCutException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int acknowledged;

    /**
     * With its reason.
     *
     * @param acknowledged how many messages, from the first on, were acknowledged
     */
    MqttCutException(int acknowledged, IOException reason) {
        super(reason.getMessage(), reason);
        this.acknowledged = acknowledged;
    }

    int acknowledged() {
        return acknowledged;
    }
}
