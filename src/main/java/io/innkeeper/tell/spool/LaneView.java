package io.innkeeper.tell.spool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one interface stands.
 *
 * @param waiting how many messages wait
 * @param oldest of them; null where none waits
 * @param last the highest number that was given to a message; 0 for none
 * @param tally how the others ended
 * @param rejections the last of those that no monitor will take, the oldest first
 */
public record LaneView(
        String interfaceName,
        int waiting,
        Entry.@Nullable Waiting oldest,
        long last,
        Tally tally,
        List<Entry.Ended> rejections) {

    static LaneView of(String name, SpoolLane lane) {
        return new LaneView(
                name,
                lane.waiting().size(),
                lane.waiting().stream().findFirst().orElse(null),
                lane.nextSequence() - 1,
                lane.tally(),
                lane.unusual().stream()
                        .filter(ended -> ended.end() == End.REJECTED)
                        .toList());
    }
}
