package io.innkeeper.desk;

import io.innkeeper.event.EventDraft;
import java.util.List;

/** What the desk counts; the wiring decides where the numbers go. */
public interface DeskStatistics {
    /** A report was taken from the queue. */
    void reportTaken();

    /** A commit went through, with these events. */
    void committed(long nanos, List<EventDraft> events);

    /** What DHCP clients of this machine told so many times is stored by one commit. */
    default void together(int words) {}

    /** A commit failed and will be tried again. */
    void commitFailed();

    /** A piece of work was given up. */
    void workFailed();

    /** So many sightings or silences were dropped because too many waited. */
    void sightingsDropped(int count);
}
