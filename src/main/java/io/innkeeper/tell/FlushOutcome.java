package io.innkeeper.tell;

import io.innkeeper.tell.spool.Tally;
import java.util.List;

/**
 * What became of what waited.
 *
 * @param ended how messages ended in the meantime
 * @param waiting how many wait still
 * @param monitors how each was; empty where another process did the sending
 */
public record FlushOutcome(Tally ended, int waiting, List<MonitorStatus> monitors) {
    /** Copies the list. */
    public FlushOutcome {
        monitors = List.copyOf(monitors);
    }
}
