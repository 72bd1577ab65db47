package io.innkeeper.config;

import io.innkeeper.config.ConfigNode.Mapping;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From texts to records: read, merge, bind, check. Pure: the texts are given. */
public final class ConfigLoader {
    private static final Shape.Section ROOT = Shape.of(Config.class, Shape.Naming.KEBAB);

    private ConfigLoader() {}

    /** The keys and their types. */
    static Shape.Section root() {
        return ROOT;
    }

    /**
     * The configuration that these layers make, each over the one before.
     *
     * @param file the document, or null for none
     * @param environment all variables; those without our prefix are not looked at
     * @param settings {@code key=value} of the command line
     * @param runTime a JSON object that was stored by {@link RuntimeLayer}, or null for none
     */
    public static ConfigResult load(
            @Nullable ConfigDocument file,
            Map<String, String> environment,
            List<String> settings,
            @Nullable String runTime) {
        return load(file, environment, settings, runTime, new Problems());
    }

    /** {@link #load}, with what was wrong before there was a text. */
    static ConfigResult load(
            @Nullable ConfigDocument file,
            Map<String, String> environment,
            List<String> settings,
            @Nullable String runTime,
            Problems problems) {
        Layers layers = new Layers(problems);
        Mapping merged = Mapping.empty(new Origin("configuration", 0));
        if (file != null) {
            Mapping document = file.read(problems);
            boolean flat = file.syntax() == ConfigDocument.Syntax.INI;
            merged = layers.merge(ROOT, merged, flat ? Untyped.document(ROOT, document) : document);
        }
        Mapping variables = EnvironmentLayer.read(ROOT, environment, problems);
        merged = layers.merge(ROOT, merged, Untyped.document(ROOT, variables));
        Mapping commandLine = SettingsLayer.read(settings, problems);
        merged = layers.merge(ROOT, merged, Untyped.document(ROOT, commandLine));
        if (runTime != null) {
            merged = layers.merge(ROOT, merged, TokenReader.json(Origin.RUN_TIME, runTime, problems));
        }
        return problems.isUnreadable()
                ? new ConfigResult.Invalid(problems.errors(), problems.warnings())
                : bind(merged, problems);
    }

    /** The configuration where nothing is set. */
    public static Config defaults() {
        return switch (load(null, Map.of(), List.of(), null)) {
            case ConfigResult.Valid valid -> valid.config();
            case ConfigResult.Invalid invalid -> throw new IllegalStateException(invalid.text());
        };
    }

    private static ConfigResult bind(Mapping document, Problems problems) {
        Binder binder = new Binder(ROOT, problems);
        Map<String, @Nullable Object> sections = binder.bind(document);
        new ConfigCheck(new ConfigPlaces(binder.provenance(), binder.gaps(), problems)).check(sections);
        if (!problems.none()) {
            return new ConfigResult.Invalid(problems.errors(), problems.warnings());
        }
        Config config = (Config) Binder.construct(Config.class, sections);
        return new ConfigResult.Valid(config, problems.warnings(), binder.provenance());
    }
}
