package io.innkeeper.config;

import io.innkeeper.config.ConfigNode.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was set through the API: a JSON object that lies over file, environment and command line and lasts. A JSON merge
 * patch (RFC 7396) changes it: {@code null} takes a setting back, so that the layers below show again. Pure.
 */
public final class RuntimeLayer {
    private RuntimeLayer() {}

    /** What became of a patch. */
    public sealed interface Result {}

    /** The layer to store. */
    public record Patched(String text) implements Result {}

    /** Why the patch (or the stored layer) cannot be used. */
    public record Rejected(List<ConfigProblem> errors) implements Result {}

    /**
     * The stored layer with a patch applied. Says nothing about keys and values: {@link ConfigLoader#load} does.
     *
     * @param stored the layer so far, or null where nothing was stored yet
     * @param patch a JSON object
     */
    public static Result apply(@Nullable String stored, String patch) {
        Problems problems = new Problems();
        if (patch.length() > ConfigDocument.MAX_LENGTH) {
            problems.unreadable(new Origin(Origin.RUN_TIME, 0), "is longer than " + ConfigDocument.MAX_LENGTH);
            return new Rejected(problems.errors());
        }
        Mapping before = TokenReader.json(Origin.RUN_TIME, stored == null ? "{}" : stored, problems);
        Mapping change = TokenReader.json(Origin.RUN_TIME, patch, problems);
        return problems.none() ? new Patched(JsonText.compact(merge(before, change))) : new Rejected(problems.errors());
    }

    /** RFC 7396 §2. */
    private static ConfigNode merge(@Nullable ConfigNode target, ConfigNode patch) {
        if (!(patch instanceof Mapping change)) {
            return patch;
        }
        LinkedHashMap<String, ConfigNode> entries =
                target instanceof Mapping mapping ? new LinkedHashMap<>(mapping.entries()) : new LinkedHashMap<>();
        change.entries().forEach((key, value) -> {
            if (value.isNull()) {
                entries.remove(key);
            } else {
                entries.put(key, merge(entries.get(key), value));
            }
        });
        return new Mapping(entries, patch.origin());
    }
}
