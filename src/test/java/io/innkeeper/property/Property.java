package io.innkeeper.property;

import java.util.function.Consumer;

/** Runs a check on many samples. {@code -Dinnkeeper.seed=N} runs only the sample with that seed. */
public final class Property {
    private Property() {}

    /** Runs the check with the seeds 1 to {@code tries}; a failure names its seed. */
    public static void check(int tries, Consumer<Samples> check) {
        Long only = Long.getLong("innkeeper.seed");
        if (only != null) {
            check.accept(new Samples(only));
            return;
        }
        for (long seed = 1; seed <= tries; seed++) {
            try {
                check.accept(new Samples(seed));
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("fails with -Dinnkeeper.seed=" + seed + ": " + failed.getMessage(), failed);
            }
        }
    }
}
