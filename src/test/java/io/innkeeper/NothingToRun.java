package io.innkeeper;

import io.innkeeper.cli.Program;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For tests of commands that start nothing. */
public final class NothingToRun implements Program {
    @Override
    public int run(@Nullable Path config, List<String> settings) {
        return 1;
    }

    @Override
    public int demo(int devices, double speed, List<String> settings) {
        return 1;
    }

    @Override
    public int training() {
        return 1;
    }
}
