package io.innkeeper.config;

import io.innkeeper.config.ConfigNode.Kind;
import io.innkeeper.config.ConfigNode.Mapping;
import io.innkeeper.config.ConfigNode.Scalar;
import java.util.List;

/** {@code --set key=value} as a document; the last one for a key counts. */
final class SettingsLayer {
    private SettingsLayer() {}

    static Mapping read(List<String> settings, Problems problems) {
        PathTree tree = new PathTree(new Origin("--set", 0), problems);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                Origin origin = new Origin("--set " + ConfigProblem.plain(setting), 0);
                problems.error("", origin, "is not key=value");
            } else {
                String path = setting.substring(0, equals).strip();
                Origin origin = new Origin("--set " + ConfigProblem.plain(path), 0);
                tree.set(path, new Scalar(setting.substring(equals + 1).strip(), Kind.UNTYPED, origin));
            }
        }
        return tree.build();
    }
}
