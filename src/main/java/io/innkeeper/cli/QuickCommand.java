package io.innkeeper.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Commands that a program waits for: done without the command line library where they are written in the usual form. */
public final class QuickCommand {
    private QuickCommand() {}

    /** Does it and returns the exit code; empty where this is not such a command, or not in the usual form. */
    public static OptionalInt execute(String[] arguments) {
        LeaseNotice notice = LeaseNotice.quick(arguments).orElse(null);
        if (notice == null) {
            return OptionalInt.empty();
        }
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        try {
            return OptionalInt.of(notice.run(LeaseNotice.variables(System.getenv()), out, err));
        } catch (LeaseTargets.Senseless e) {
            return OptionalInt.empty(); // told by the library, with the usage
        } finally {
            out.flush();
            err.flush();
        }
    }
}
