package io.innkeeper.dns;

/** Where the answer to one question goes; for the thread of the server. */
@FunctionalInterface
public interface ReplyTo {
    /**
     * Puts the answer on its way; it is copied.
     *
     * @param length the octets of it
     */
    void answer(byte[] bytes, int length);
}
