package io.innkeeper.outbound;

/** What is counted of each target; the wiring decides where the numbers go. Called by the threads of the targets. */
public interface OutboundStatistics {
    /** The target acknowledged so many events. */
    void delivered(String target, int events);

    /** A try failed. */
    void failed(String target);

    /** An event was given up because the target refused it again and again. */
    void refused(String target);

    /** So many events were removed from the store before the target could have them. */
    void lost(String target, long events);
}
