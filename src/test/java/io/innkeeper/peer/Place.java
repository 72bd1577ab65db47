package io.innkeeper.peer;

import java.util.List;

/** Where a program runs: makes the command that runs a command there. */
@FunctionalInterface
interface Place {
    /** The command that runs this one there. */
    List<String> command(String... command);
}
