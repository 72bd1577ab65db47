package io.innkeeper;

import io.innkeeper.api.control.ControlService;
import io.innkeeper.config.Config;
import io.innkeeper.config.ControlConfig;
import io.innkeeper.service.ServiceController;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control socket as a part of the program: there where the configuration asks for it. */
final class ControlSocket {
    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    private static final String SERVICE = "control";

    private ControlSocket() {}

    /** Adds the service before the start, where it is configured. */
    static void add(ServiceController services, Supplier<Config> wanted) {
        if (wanted.get().api().control() != null) {
            services.add(SERVICE, () -> fresh(services, wanted));
        }
    }

    private static ControlService fresh(ServiceController services, Supplier<Config> wanted) {
        ControlConfig config = Objects.requireNonNull(wanted.get().api().control(), "api.control is not configured");
        return new ControlService(config, services);
    }

    /** Starts, stops or restarts it where its configuration changed. */
    static void apply(ServiceController services, Config old, Supplier<Config> wanted) {
        ControlConfig before = old.api().control();
        ControlConfig now = wanted.get().api().control();
        if (Objects.equals(before, now)) {
            return;
        }
        if (now == null) {
            services.end(SERVICE);
        } else if (before == null) {
            services.begin(SERVICE, () -> fresh(services, wanted));
        } else {
            services.restart(SERVICE, reason -> LOG.error("The service control does not start: {}", reason));
        }
    }
}
