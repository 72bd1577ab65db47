package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.Malformed;
import io.innkeeper.wire.dhcp4.MessageType;
import org.jspecify.annotations.Nullable;

/** What the server counts; the wiring decides where the numbers go. Called by the server's thread. */
public interface DhcpStatistics {
    /** A packet was decided; the type is null for BOOTP. */
    void decided(@Nullable MessageType type, Outcome.Verdict verdict);

    /** A packet could not be read. */
    void malformed(Malformed reason);

    /** A packet came in by an interface that we do not serve. */
    void foreignInterface();

    /** Some packets were handled from receiving to sending, in so many nanoseconds. */
    void handled(int packets, long nanos);

    /** Changes were stored. */
    void committed(int changes, long nanos);

    /** Changes could not be stored: their replies were not sent. */
    void commitFailed();

    /** Replies left, and replies that the kernel did not take. */
    void sent(int replies, int failed);

    /** A fault of ours: a packet was given up. */
    void fault();
}
