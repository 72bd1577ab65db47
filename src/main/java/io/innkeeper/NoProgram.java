package io.innkeeper;

import io.innkeeper.cli.ExitCode;
import io.innkeeper.cli.Program;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command line that can only be a client: for training inside a program that runs already. */
final class NoProgram implements Program {
    @Override
    public int run(@Nullable Path config, List<String> settings) {
        return ExitCode.FAILED;
    }

    @Override
    public int demo(int devices, double speed, List<String> settings) {
        return ExitCode.FAILED;
    }

    @Override
    public int training() {
        return ExitCode.FAILED;
    }
}
