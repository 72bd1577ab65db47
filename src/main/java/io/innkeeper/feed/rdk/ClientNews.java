package io.innkeeper.feed.rdk;

import io.innkeeper.feed.MsgType;
import io.innkeeper.wire.rdk.PluginMessage;
import java.time.Instant;

/** Hears what the manager would publish. Called on the thread of the interface; what it does holds up that interface alone. */
public interface ClientNews {
    /**
     * Something about the DHCPv4 client of an interface.
     *
     * @param shown the client as it is after that
     */
    void told4(String ifname, MsgType type, Dhcpv4Client.Shown shown, Instant at);

    /**
     * Something about the DHCPv6 client of an interface.
     *
     * @param shown the client as it is after that
     */
    void told6(String ifname, MsgType type, Dhcpv6Client.Shown shown, Instant at);

    /**
     * What became of a message.
     *
     * @param outcome {@code taken}, or why it was not, as counters name it
     * @param version of the protocol it came by
     */
    void heard(PluginMessage message, String outcome, int version, Instant at);

    /** A message was decided and handed to the desk, so long after it was heard. */
    void processed(long nanos);

    /** What a message changed is stored and published, so long after it was heard. Called on the desk's thread. */
    default void stored(long nanos) {}
}
