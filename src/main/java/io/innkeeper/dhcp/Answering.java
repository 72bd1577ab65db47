package io.innkeeper.dhcp;

import io.innkeeper.lease.BindingChange;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Something with an engine and a thread of its own, which others can ask. */
public interface Answering extends AutoCloseable {
    /** What another thread wants of the engine. */
    @FunctionalInterface
    interface Question<T> {
        /** Decides; called by the thread that owns the engine. */
        Answer<T> put(DhcpEngine engine, long nowMs);
    }

    /**
     * What comes of a question.
     *
     * @param changes to be stored before it counts as answered, entered in the book already; empty where it only asked
     * @param value the answer
     */
    record Answer<T>(List<BindingChange> changes, T value) {
        /** Copies the list. */
        public Answer {
            changes = List.copyOf(changes);
        }

        /** An answer without changes. */
        public static <T> Answer<T> of(T value) {
            return new Answer<>(List.of(), value);
        }
    }

    /** Begins to work. */
    void start();

    /** What keeps it from working; null where all is well. */
    @Nullable
    String trouble();

    /**
     * Puts a question to the engine. The answer is there once its changes are stored; it fails with
     * {@link io.innkeeper.lease.BindingStore.NotStoredException} where they could not be, and with
     * {@link IllegalStateException} where too many questions wait or it is closed.
     */
    <T> CompletableFuture<T> ask(Question<T> question);

    /** Goes on by another plan; the answer fails where it cannot, and then the old plan stays in force. */
    CompletableFuture<Boolean> plan(Plan plan);

    @Override
    void close();
}
