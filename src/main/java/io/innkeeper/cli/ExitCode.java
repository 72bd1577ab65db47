package io.innkeeper.cli;

/** What the process returns to the shell. */
public final class ExitCode {
    /** It was done. */
    public static final int OK = 0;

    /** It could not be done; the message says why. */
    public static final int FAILED = 1;

    /** The command line makes no sense. */
    public static final int USAGE = 2;

    /** No Innkeeper answers at the URL. */
    public static final int UNREACHABLE = 3;

    private ExitCode() {}
}
