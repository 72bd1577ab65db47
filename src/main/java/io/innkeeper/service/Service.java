package io.innkeeper.service;

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

    /** Does what a command says. Wrong commands and arguments come back as an error, not as an exception. */
    CommandResponse command(Command command);
}
