package io.innkeeper.store;

/** The store cannot do what it was asked: disk full, file damaged, written by a newer version. The message says what to do. */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a sentence for the user. */
    public StoreException(String message) {
        super(message);
    }

    /** With a sentence for the user and what the database said. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
