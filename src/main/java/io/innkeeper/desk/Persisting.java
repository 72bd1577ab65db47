package io.innkeeper.desk;

import io.innkeeper.store.StoreException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes again and again until the store can, and says so meanwhile. Used by the desk's thread; anybody may ask for the trouble. */
final class Persisting {
    private static final Logger LOG = LoggerFactory.getLogger(Persisting.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofSeconds(15);

    private final DeskStatistics statistics;
    private volatile @Nullable String trouble;

    Persisting(DeskStatistics statistics) {
        this.statistics = statistics;
    }

    /** What keeps it from writing; null where all is well. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** Writes until it works; false where it was given up before it did. */
    boolean persist(Runnable write, BooleanSupplier givenUp) {
        Duration wait = FIRST_RETRY;
        while (!givenUp.getAsBoolean()) {
            try {
                write.run();
                recovered();
                return true;
            } catch (StoreException e) {
                inTrouble(e);
                pause(wait);
                wait = wait.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : wait.multipliedBy(2);
            }
        }
        return false;
    }

    private void inTrouble(StoreException e) {
        statistics.commitFailed();
        if (trouble == null) {
            LOG.error(
                    "Nothing can be stored, so nothing is announced; trying again until it works: {}", e.getMessage());
        }
        trouble = e.getMessage();
    }

    private void recovered() {
        if (trouble != null) {
            LOG.info("The store can be written again; nothing was lost");
            trouble = null;
        }
    }

    /** Waits; an interrupt ends it early, since only the desk's end interrupts. */
    static void pause(Duration wait) {
        try {
            TimeUnit.MILLISECONDS.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            // Only close() interrupts; the loop sees it.
        }
    }
}
