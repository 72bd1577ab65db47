package io.innkeeper.tell;

import io.innkeeper.tell.spool.Entry;
import java.nio.ByteBuffer;
import java.util.List;

/** What is said to a monitor over one connection, and heard. No socket is touched here. Belongs to one thread. */
sealed interface Conversation permits FirstConversation, SecondConversation {
    /** What is sent as soon as there is a connection. */
    byte[] greeting();

    /**
     * What octets of the monitor mean.
     *
     * @param nowMs milliseconds since 1970
     */
    List<News> heard(ByteBuffer octets, long nowMs);

    /**
     * The octets that tell messages, once it is opened.
     *
     * @param nowMs milliseconds since 1970
     */
    byte[] tell(List<Entry.Waiting> messages, long nowMs);

    /**
     * All octets are written.
     *
     * @param nowMs milliseconds since 1970
     */
    List<News> written(long nowMs);

    /** A question whether somebody is there; nothing where that cannot be asked. */
    byte[] ping();

    /** What is said before the connection is closed; nothing where there is no such word. */
    byte[] goodbye();

    /** Why the monitor may have closed the connection now, for people. */
    News.Failed closed();
}
