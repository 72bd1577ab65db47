package io.innkeeper.wire.dnsmasq;

/**
 * Something in a configuration that could not be read or followed. Never fatal: the rest still counts.
 *
 * @param file the file as it was named
 * @param line the line, from 1; 0 where the problem is the file itself
 * @param text the line, shortened and printable; empty where the problem is the file itself
 * @param reason why, for a person
 */
public record ConfigProblem(String file, int line, String text, String reason) {
    /** A problem with a file as a whole. */
    public static ConfigProblem ofFile(String file, String reason) {
        return new ConfigProblem(file, 0, "", reason);
    }

    @Override
    public String toString() {
        return line == 0 ? file + ": " + reason : file + ":" + line + ": " + reason + ": " + text;
    }
}
