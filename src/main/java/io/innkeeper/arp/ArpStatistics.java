package io.innkeeper.arp;

/** Counts what the scanner does. Called by its thread. */
public interface ArpStatistics {
    /** Questions left, and did not. */
    void sent(int sent, int failed);

    /** A sign of life was heard. */
    void heard(Hearing.Kind kind);

    /** A frame could not be read. */
    void malformed();
}
