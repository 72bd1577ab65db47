package io.innkeeper;

import io.innkeeper.config.RunningConfig;
import io.innkeeper.store.Settings;
import java.time.InstantSource;
import java.util.Optional;

/** Keeps the run-time layer of the configuration in the store. */
final class RuntimeLayerStore implements RunningConfig.RuntimeStore {
    private final Settings settings;
    private final InstantSource clock;

    RuntimeLayerStore(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Optional<String> load() {
        return settings.get(Settings.RUNTIME_CONFIG);
    }

    @Override
    public void save(String layer, String who) {
        settings.put(Settings.RUNTIME_CONFIG, layer, who, clock.instant());
    }
}
