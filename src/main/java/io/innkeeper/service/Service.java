package io.innkeeper.service;

import java.util.List;

/** Something that runs. An instance starts once and closes once; a restart makes a new one. */
public interface Service {
    /** Told by a running service that it cannot go on; it will be closed and a new one started. */
    interface FailureListener {
        /** The service broke for this reason. */
        void failed(Throwable reason);
    }

    /**
     * Starts it; returns when it serves.
     *
     * @throws ServiceException if it cannot; the message says why and what to do
     */
    void start(FailureListener listener) throws ServiceException;

    /** Stops it and gives back all it took. Returns when it is done; does not throw. */
    void close();

    /** How it is now. Quick: reads what is known, asks nobody. */
    Health health();

    /**
     * The commands it has of its own, beside those that every service has ({@link ServiceController#command}). Asked at any
     * time, also before the start and after the end; quick.
     */
    default List<OwnCommand> commands() {
        return List.of();
    }
}
