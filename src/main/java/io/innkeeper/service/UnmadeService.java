package io.innkeeper.service;

import java.util.Map;

/** Stands for a service that could not even be made, so that it fails and is tried again like any other. */
final class UnmadeService implements Service {
    private final Throwable reason;

    UnmadeService(Throwable reason) {
        this.reason = reason;
    }

    @Override
    public void start(FailureListener listener) throws ServiceException {
        throw new ServiceException("it cannot be made: " + reason, reason);
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }

    @Override
    public Health health() {
        return new Health(Health.Level.FAILED, reason.toString(), Map.of());
    }
}
