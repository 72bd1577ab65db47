package io.innkeeper.tell;

import io.innkeeper.tell.spool.Entry;
import io.innkeeper.wire.net.Octets;
import java.util.List;

/** What a conversation with a monitor brings. */
sealed interface News {
    /**
     * The monitor answered: messages can be sent.
     *
     * @param window how many may be on their way
     */
    record Opened(int window) implements News {}

    /** Messages ended. */
    record Ended(List<Entry.Ended> ends) implements News {}

    /** This is to be sent. */
    record Answer(Octets octets) implements News {}

    /**
     * The connection is to be closed.
     *
     * @param why for people
     * @param aboutKey whether another key may help
     */
    record Failed(String why, boolean aboutKey) implements News {}
}
