package io.innkeeper.tell.push;

import io.innkeeper.wire.rdk.PluginMessage;

/** Gets one message to a monitor, or says what became of it. */
@FunctionalInterface
public interface LeaseSender {
    /** Sends; returns when that is done, or is known not to be possible. */
    Sent send(PluginMessage message);
}
