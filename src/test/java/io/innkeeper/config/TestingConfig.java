package io.innkeeper.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Short ways to load a configuration in a test. */
final class TestingConfig {
    private TestingConfig() {}

    /** The folder of the repository. */
    static Path repository() {
        return Path.of(System.getProperty("innkeeper.root", "."));
    }

    static ConfigResult yaml(String text) {
        return file("innkeeper.yaml", text);
    }

    static ConfigResult file(String name, String text) {
        return ConfigLoader.load(new ConfigDocument(name, text), Map.of(), List.of(), null);
    }

    static Config config(ConfigResult result) {
        assertThat(result.text()).doesNotContain("error: ");
        return ((ConfigResult.Valid) result).config();
    }

    /** The lines of all errors. */
    static List<String> errors(ConfigResult result) {
        assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
        return ((ConfigResult.Invalid) result)
                .errors().stream().map(ConfigProblem::text).toList();
    }
}
