package io.innkeeper.tell.spool;

import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.rdk.v2.Message.Priority;
import java.nio.charset.StandardCharsets;

/**
 * What a client says of an interface, before it has a number.
 *
 * @param interfaceName 1 to {@value #MAX_NAME} octets of UTF-8
 * @param priority how soon it is to be sent
 * @param atMs when it was said, milliseconds since 1970
 * @param topic equal for messages of which the later says all that the earlier said (renewals of one lease); 0 for one that
 *     nothing can replace
 * @param message what is sent, up to {@value #MAX_MESSAGE} octets
 */
public record Said(String interfaceName, Priority priority, long atMs, long topic, Octets message) {
    /** Octets of the longest name of an interface. */
    public static final int MAX_NAME = 255;

    /** Octets of the longest message. */
    public static final int MAX_MESSAGE = 1 << 16;

    /** @throws IllegalArgumentException where name or message have no legal length */
    public Said {
        int name = interfaceName.getBytes(StandardCharsets.UTF_8).length;
        if (name == 0 || name > MAX_NAME) {
            throw new IllegalArgumentException("the name of an interface has 1 to " + MAX_NAME + " octets");
        }
        if (message.length() > MAX_MESSAGE) {
            throw new IllegalArgumentException("a message has at most " + MAX_MESSAGE + " octets");
        }
    }
}
