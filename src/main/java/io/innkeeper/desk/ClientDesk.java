package io.innkeeper.desk;

import io.innkeeper.feed.ClientWord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * The part of the desk that DHCP clients of this machine talk to. What several told, and waits one behind the other, is decided
 * each for itself and stored together: one transaction, one sync of the disk.
 */
final class ClientDesk {
    /** How many words may wait. */
    static final int WORDS = 2_048;

    /** How many words one transaction takes, and at most one piece more. */
    static final int WORDS_A_COMMIT = 512;

    private static final int WORDS_A_PIECE = 256;
    /** A piece of the queue. */
    private final class Piece implements Runnable {
        final List<ClientWord> words;

        Piece(List<ClientWord> words) {
            this.words = List.copyOf(words);
        }

        @Override
        public void run() {
            together(withThoseBehind(this));
        }
    }

    /** A word, and what comes of it. */
    private record Decided(ClientWord word, Outcome outcome) {}

    private final Desk desk;
    private final BlockingQueue<Runnable> queue;
    private final Semaphore room = new Semaphore(WORDS);
    private final DeskMemory memory;
    private final Decisions decisions;
    private final DeskStatistics statistics;

    ClientDesk(
            Desk desk,
            BlockingQueue<Runnable> queue,
            DeskMemory memory,
            Decisions decisions,
            DeskStatistics statistics) {
        this.desk = desk;
        this.queue = queue;
        this.memory = memory;
        this.decisions = decisions;
        this.statistics = statistics;
    }

    /** Hands them to the desk's thread; waits while too many wait. Safe for any thread. */
    void take(List<ClientWord> words) throws InterruptedException {
        for (int from = 0; from < words.size(); from += WORDS_A_PIECE) {
            Piece piece = new Piece(words.subList(from, Math.min(words.size(), from + WORDS_A_PIECE)));
            room.acquire(piece.words.size());
            try {
                queue.put(piece);
            } catch (InterruptedException e) {
                room.release(piece.words.size());
                throw e;
            }
        }
    }

    /** Its words, and those of further pieces right behind it, which leave the queue; in their order. */
    private List<ClientWord> withThoseBehind(Piece first) {
        List<ClientWord> all = new ArrayList<>(first.words);
        while (all.size() < WORDS_A_COMMIT && queue.peek() instanceof Piece next) {
            queue.remove();
            all.addAll(next.words);
        }
        room.release(all.size());
        return all;
    }

    private void together(List<ClientWord> words) {
        if (!desk.persist(() -> memory.forClients(words))) {
            return;
        }
        Instant now = desk.now();
        List<Decided> all = new ArrayList<>(words.size());
        for (ClientWord word : words) {
            desk.attempt(() -> all.add(new Decided(word, decisions.clients(word.report(), now))));
        }
        statistics.together(all.size());
        Outcome outcome = Outcome.together(all.stream().map(Decided::outcome).toList());
        if (desk.store(outcome, now, null)) {
            all.forEach(one -> desk.attempt(one.word.stored()));
        }
    }
}
