package io.innkeeper.arp;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.List;

/** Takes what the scanner heard. Called by its thread: must return at once, and never wait. */
public interface HearingSink {
    /**
     * These were heard. The same device at the same address comes at most once in {@link Roster#AGAIN_MS}, unless it answers
     * a question.
     */
    void heard(List<Hearing> batch);

    /** A device did not answer {@link ArpScanner#ask}, however often it was asked. */
    void silent(MacAddress mac, IpAddress address);
}
