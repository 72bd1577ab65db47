package io.innkeeper.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Tells several stories at the same time, for clients wait a lot. */
final class Together {
    /** One of them. */
    interface Story {
        /** Throws where something is wrong. */
        void tell() throws Exception;
    }

    private Together() {}

    /** Returns when all have ended; throws the first failure, with the others in it. */
    static void tell(Story... stories) throws InterruptedException {
        List<FutureTask<Boolean>> running = new ArrayList<>();
        for (Story story : stories) {
            Callable<Boolean> call = () -> {
                story.tell();
                return true;
            };
            FutureTask<Boolean> task = new FutureTask<>(call);
            Thread.ofPlatform().daemon().start(task);
            running.add(task);
        }
        AssertionError failure = null;
        for (FutureTask<Boolean> task : running) {
            try {
                task.get();
            } catch (ExecutionException e) {
                Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
                AssertionError one = new AssertionError(String.valueOf(cause.getMessage()), cause);
                if (failure == null) {
                    failure = one;
                } else {
                    failure.addSuppressed(one);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
