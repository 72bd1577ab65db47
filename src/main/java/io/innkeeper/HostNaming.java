package io.innkeeper;

import io.innkeeper.config.DeviceHostnames;
import io.innkeeper.device.naming.ConflictPolicy;
import io.innkeeper.device.naming.NamingSettings;
import io.innkeeper.wire.net.HostNamePattern;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How systems are named by the configuration as it is now. Safe for any thread. */
final class HostNaming implements Supplier<NamingSettings> {
    /** A configuration and what follows from it. */
    private record Read(DeviceHostnames config, NamingSettings settings) {}

    private final Supplier<DeviceHostnames> config;
    private volatile @Nullable Read read;

    /** @param config asked anew each time */
    HostNaming(Supplier<DeviceHostnames> config) {
        this.config = config;
    }

    @Override
    public NamingSettings get() {
        DeviceHostnames now = config.get();
        Read last = read;
        if (last == null || !last.config().equals(now)) {
            last = new Read(now, settings(now));
            read = last;
        }
        return last.settings();
    }

    /** As a checked configuration says. */
    static NamingSettings settings(DeviceHostnames config) {
        return new NamingSettings(
                ConflictPolicy.valueOf(config.policy().name()), HostNamePattern.of(config.pattern(), config.prefix()));
    }
}
