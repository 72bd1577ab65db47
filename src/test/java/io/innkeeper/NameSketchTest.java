package io.innkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.Config;
import io.innkeeper.config.ConfigResult;
import io.innkeeper.config.ConfigSources;
import io.innkeeper.view.HostNameView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a configuration alone says of a name. */
class NameSketchTest {
    private static final String MAC = "dc:a6:32:0b:1c:2d";

    @TempDir
    private Path folder;

    private ConfigResult load(String yaml) {
        Path file = folder.resolve("x.yaml");
        TestingApp.write(file, yaml);
        return new ConfigSources(file, Map.of(), List.of()).load(null);
    }

    private Config config(String yaml) {
        ConfigResult result = load(yaml);
        assertThat(result).as(result.text()).isInstanceOf(ConfigResult.Valid.class);
        return ((ConfigResult.Valid) result).config();
    }

    @Test
    void aNameIsMadeByTheFileAlone() {
        Config config = config("devices: {hostnames: {pattern: \"{vendor}-{mac:last3}\"}}\n");
        assertThat(NameSketch.of(config, MAC, null, null).map(HostNameView::name))
                .contains("raspberry-pi-0b1c2d");
        assertThat(NameSketch.of(config, MAC, "Anna's Pi", null).orElseThrow().sentences())
                .containsExactly(MAC + " would be called annas-pi: it calls itself so.");
        Config byAddress = config("devices: {hostnames: {pattern: \"{subnet}-{ip:last}\"}}\n");
        assertThat(NameSketch.of(byAddress, MAC, null, null).orElseThrow().sentences())
                .containsExactly(MAC + " has no name yet: the pattern {subnet}-{ip:last} needs an address.");
        assertThat(NameSketch.of(byAddress, MAC, null, "192.168.1.9").map(HostNameView::name))
                .contains("192-168-1-9");
        assertThat(NameSketch.of(config, "x", null, null)).isEmpty();
        assertThat(NameSketch.of(config, MAC, null, "x")).isEmpty();
    }

    @Test
    void aWrongPatternIsToldBeforeItIsUsed() {
        assertThat(load("devices: {hostnames: {pattern: \"{serial}\"}}\n").text())
                .contains("devices.hostnames.pattern")
                .contains("{serial} is unknown");
        assertThat(load("devices: {hostnames: {prefix: \"a.b\"}}\n").text()).contains("devices.hostnames.prefix");
        assertThat(load("devices: {hostnames: {policy: strongest}}\n").text()).contains("first-wins");
    }
}
