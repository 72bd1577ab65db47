package io.innkeeper.cli;

import io.innkeeper.config.Config;
import io.innkeeper.view.HostNameView;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of the program that run for long; given by the wiring. Each returns an exit code. */
public interface Program {
    /**
     * Runs until a signal ends it.
     *
     * @param config the configuration file; null to look in the working directory
     * @param settings {@code key=value} of the command line
     */
    int run(@Nullable Path config, List<String> settings);

    /**
     * Runs on a simulated network until a signal ends it.
     *
     * @param devices how many devices the network has
     * @param speed how many times faster than real life they come and go
     * @param settings {@code key=value} of the command line
     */
    int demo(int devices, double speed, List<String> settings);

    /**
     * What a system would be called by a configuration alone.
     *
     * @param mac its hardware address
     * @param hostname what it calls itself; null for nothing
     * @param address where it is; null where that is not known
     * @return empty where one of the addresses is none, or the program cannot tell
     */
    default Optional<HostNameView> hostName(
            Config config, String mac, @Nullable String hostname, @Nullable String address) {
        return Optional.empty();
    }

    /** Does a little of everything, for the cache that makes later starts quick, and ends. */
    int training();
}
