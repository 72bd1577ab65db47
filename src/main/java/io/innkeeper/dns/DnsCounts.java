package io.innkeeper.dns;

import io.innkeeper.dns.Step.Next;
import io.innkeeper.dns.log.QueryStep;

/** What the engine did since the start. For its thread. */
final class DnsCounts {
    final long[] bySteps = new long[QueryStep.values().length];
    long dropped;
    long prefetched;
    long rebinds;

    void count(Ask ask, Next next) {
        if (next == Next.DROPPED) {
            dropped++;
        } else if (next == Next.ANSWERED) {
            bySteps[ask.step.number()]++;
        }
    }
}
