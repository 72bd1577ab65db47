package io.innkeeper.store;

/** A list was asked for with a parameter that makes no sense. */
public final class BadQueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String parameter;

    /** With the name of the parameter and a sentence. */
    public BadQueryException(String parameter, String message) {
        super(message);
        this.parameter = parameter;
    }

    /** The name of the parameter. */
    public String parameter() {
        return parameter;
    }
}
