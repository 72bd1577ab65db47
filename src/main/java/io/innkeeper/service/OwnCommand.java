package io.innkeeper.service;

/**
 * A command that a service has, and what does it.
 *
 * @param spec what it is and takes
 * @param action what does it
 */
public record OwnCommand(CommandSpec spec, Action action) {
    /** Does a command whose arguments were checked. Called by any thread, by several at a time. */
    @FunctionalInterface
    public interface Action {
        /**
         * Does it and answers; a wrong argument that only the service can see is an error, not an exception.
         *
         * @throws ServiceException if the service cannot do it now; the message says what to do
         */
        CommandResponse run(Arguments arguments) throws ServiceException;
    }
}
