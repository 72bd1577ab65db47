package io.innkeeper.service;

/**
 * What is wrong with one argument of a command.
 *
 * @param argument its name
 * @param message what is wrong with it, and what to write
 */
public record ArgumentProblem(String argument, String message) {
    /** Both in a sentence. */
    public String sentence() {
        return argument + " " + message;
    }
}
