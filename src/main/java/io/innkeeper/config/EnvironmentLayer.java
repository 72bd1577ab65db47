package io.innkeeper.config;

import io.innkeeper.config.ConfigNode.Kind;
import io.innkeeper.config.ConfigNode.Mapping;
import io.innkeeper.config.ConfigNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Environment variables as a document. A name is looked up among the names that the keys have, so that {@code -} and
 * {@code .}, both written {@code _}, are told apart. Empty variables count as not set.
 */
final class EnvironmentLayer {
    /** Variables with our prefix that are no keys: the launcher and the command line read them. */
    static final Set<String> NOT_KEYS =
            Set.of("INNKEEPER_CONFIG", "INNKEEPER_JAVA", "INNKEEPER_JAVA_OPTS", "INNKEEPER_AOT", "INNKEEPER_URL");

    /** What Kubernetes sets in every container where a Service is named {@code innkeeper}. */
    private static final Pattern OF_KUBERNETES =
            Pattern.compile("INNKEEPER_(SERVICE_HOST|(SERVICE_)?PORT(_[A-Z0-9_]+)?)");

    private EnvironmentLayer() {}

    static Mapping read(Shape.Section root, Map<String, String> environment, Problems problems) {
        Map<String, String> paths = KeyPaths.leaves(root).sequencedKeySet().stream()
                .collect(Collectors.toMap(KeyPaths::environmentName, Function.identity()));
        PathTree tree = new PathTree(new Origin("environment", 0), problems);
        new TreeMap<>(environment).forEach((name, value) -> {
            boolean ours = name.startsWith(KeyPaths.ENVIRONMENT_PREFIX)
                    && !NOT_KEYS.contains(name)
                    && !OF_KUBERNETES.matcher(name).matches();
            if (ours && !value.isBlank()) {
                Origin origin = new Origin("environment " + ConfigProblem.plain(name), 0);
                String path = paths.get(name);
                if (path == null) {
                    unknown(root, name, paths, origin, problems);
                } else {
                    tree.add(path, new Scalar(value.strip(), Kind.UNTYPED, origin));
                }
            }
        });
        return tree.build();
    }

    private static void unknown(
            Shape.Section root, String name, Map<String, String> paths, Origin origin, Problems problems) {
        if (later(root, "").stream().anyMatch(known -> name.equals(known) || name.startsWith(known + "_"))) {
            problems.warning("", origin, "not part of this version, ignored");
        } else {
            problems.error("", origin, "no key has this name", Suggestion.nearest(name, paths.keySet()));
        }
    }

    private static List<String> later(Shape.Section section, String prefix) {
        List<String> names = new ArrayList<>();
        section.later().forEach(key -> names.add(KeyPaths.environmentName(prefix + key)));
        section.fields().forEach(field -> {
            if (field.shape() instanceof Shape.Section inner) {
                names.addAll(later(inner, prefix + field.key() + "."));
            }
        });
        return names;
    }
}
