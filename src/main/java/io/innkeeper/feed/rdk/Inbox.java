package io.innkeeper.feed.rdk;

import io.innkeeper.wire.rdk.PluginMessage;

/** Takes the messages that were heard. Its methods never wait. */
public interface Inbox {
    /**
     * Takes a message; false where the queue of its interface is full. Whoever then has the message keeps it, and hears by
     * {@link LeaseReceiver#room} when there is room again.
     */
    boolean offer(PluginMessage message);
}
