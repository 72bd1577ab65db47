package io.innkeeper;

/** The program cannot start. The message is for the user: everything that is wrong, and what to do. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With one or more sentences. */
    public StartException(String message) {
        super(message);
    }
}
