package io.innkeeper.feed.dnsmasq.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads a log a step at a time, stores lines and place together as the desk does, and crashes when it is told to. */
final class StoringReader implements AutoCloseable {
    private static final int MANY = 10_000;

    private final Path file;
    private final boolean fromBeginning;
    private final List<String> stored = new ArrayList<>();
    private @Nullable String place;
    private @Nullable Following following;
    private boolean losesNext;
    private long nanos;

    /** Thrown where a crash comes before lines are stored. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    StoringReader(Path file, boolean fromBeginning) {
        this.file = file;
        this.fromBeginning = fromBeginning;
    }

    List<String> stored() {
        return stored;
    }

    @Nullable
    String place() {
        return place;
    }

    private void take(byte[] bytes, int from, int to, String then) {
        if (losesNext) {
            losesNext = false;
            throw new Crash();
        }
        if (to > from) {
            String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            if (!text.endsWith("\n")) {
                throw new AssertionError("not whole lines: " + text);
            }
            text.lines().forEach(stored::add);
        }
        place = then;
    }

    /** One step. */
    Following.Turn turn() {
        try {
            Following reader = following;
            if (reader == null) {
                reader = new Following(file, fromBeginning, place, this::take);
                following = reader;
            }
            return reader.turn(nanos);
        } catch (Crash crash) {
            crash();
            return Following.Turn.MORE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Reads all that is there. */
    void drain() {
        for (int i = 0; i < MANY; i++) {
            if (turn() == Following.Turn.REST) {
                return;
            }
        }
        throw new AssertionError("does not come to rest");
    }

    /** The time goes on until rotated files are let go. */
    void later() {
        nanos += Following.LINGER.toNanos() + TimeUnit.SECONDS.toNanos(1);
    }

    /** The next lines are not stored. */
    void loseNext() {
        losesNext = true;
    }

    /** All is forgotten but what is stored. */
    void crash() {
        try {
            if (following != null) {
                following.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        following = null;
    }

    Following following() {
        return java.util.Objects.requireNonNull(following);
    }

    @Override
    public void close() {
        crash();
    }
}
