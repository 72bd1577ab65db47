package io.innkeeper.tell.spool;

import java.io.IOException;

/** A message is not taken: as many as may wait already do. */
public final class SpoolFullException extends IOException {
    private static final long serialVersionUID = 1L;

    SpoolFullException(int messages, long octets) {
        super("the spool is full: " + messages + " messages of " + octets + " octets wait");
    }
}
