package io.innkeeper.service;

/** A service cannot start. The message is for the user: what is wrong and what to do. */
public final class ServiceException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With a sentence. */
    public ServiceException(String message) {
        super(message);
    }

    /** With a sentence and what lies behind it. */
    public ServiceException(String message, Throwable cause) {
        super(message, cause);
    }
}
