package io.innkeeper.feed.dnsmasq;

import io.innkeeper.device.Sighting;
import io.innkeeper.feed.HeardMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was heard in pieces of a log, until the place behind them can be handed on with it. A message of an earlier piece may be
 * complete later than one of a later piece. Guarded by whoever has it.
 */
final class HeardPieces implements Transcript.Ear {
    private record Item<T>(T what, long piece) {}

    private final List<Item<Word>> words = new ArrayList<>();
    private final List<Item<HeardMessage>> messages = new ArrayList<>();
    private final List<Item<Sighting>> sightings = new ArrayList<>();
    private boolean takesMessages = true;

    /** Whether messages are kept that are heard from now on; another may speak for them. */
    void takeMessages(boolean now) {
        takesMessages = now;
    }

    @Override
    public void hear(Word word, long piece) {
        words.add(new Item<>(word, piece));
    }

    @Override
    public void hear(HeardMessage message, long piece) {
        if (takesMessages) {
            messages.add(new Item<>(message, piece));
        }
    }

    @Override
    public void hear(Sighting sighting, long piece) {
        sightings.add(new Item<>(sighting, piece));
    }

    /** True where anything was heard in the pieces up to this one. */
    boolean isAnyUpTo(long piece) {
        return isAny(words, piece) || isAny(messages, piece) || isAny(sightings, piece);
    }

    private static <T> boolean isAny(List<Item<T>> items, long piece) {
        for (Item<T> item : items) {
            if (item.piece() <= piece) {
                return true;
            }
        }
        return false;
    }

    /** What was heard in the pieces up to this one, in the order in which it was complete. */
    LogBatch upTo(long piece, Witness by, @Nullable String place) {
        return new LogBatch(by, upTo(words, piece), upTo(messages, piece), upTo(sightings, piece), place);
    }

    private static <T> List<T> upTo(List<Item<T>> items, long piece) {
        List<T> found = new ArrayList<>();
        for (Item<T> item : items) {
            if (item.piece() <= piece) {
                found.add(item.what());
            }
        }
        return found;
    }

    /** Forgets what was heard in the pieces up to this one. */
    void forget(long piece) {
        words.removeIf(item -> item.piece() <= piece);
        messages.removeIf(item -> item.piece() <= piece);
        sightings.removeIf(item -> item.piece() <= piece);
    }
}
