package io.innkeeper.service;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what the thread of a service answers. */
public final class Answers {
    private static final long WITHIN_S = 10;

    private Answers() {}

    /**
     * The answer; waits for it, ten seconds at most.
     *
     * @param who is asked, as in "the scanner"
     * @throws ServiceException if there is none in time, or the answer is a failure; the message says which
     */
    public static <T> T of(Future<T> future, String who) throws ServiceException {
        try {
            return future.get(WITHIN_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceException("interrupted while waiting for " + who, e);
        } catch (ExecutionException e) {
            Throwable reason = Objects.requireNonNullElse(e.getCause(), e);
            throw new ServiceException(String.valueOf(reason.getMessage()), reason);
        } catch (TimeoutException e) {
            throw new ServiceException(who + " did not answer within " + WITHIN_S + " seconds", e);
        }
    }
}
