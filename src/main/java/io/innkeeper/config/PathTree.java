package io.innkeeper.config;

import io.innkeeper.config.ConfigNode.Mapping;
import io.innkeeper.config.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a tree from dotted paths and their values: INI, environment and command line are written that way. */
final class PathTree {
    private final Problems problems;
    private final Branch root;
    private int nodes;

    PathTree(Origin origin, Problems problems) {
        this.problems = problems;
        this.root = new Branch(origin);
    }

    private static final class Branch {
        private final Origin origin;
        private final Map<String, Branch> branches = new LinkedHashMap<>();
        private final Map<String, List<ConfigNode>> values = new LinkedHashMap<>();

        Branch(Origin origin) {
            this.origin = origin;
        }
    }

    /** A section that may stay empty. */
    void section(String path, Origin origin) {
        branch(path.split("\\.", -1), path, origin);
    }

    /** A value; a second one for the same path makes a list of both. */
    void add(String path, ConfigNode value) {
        put(path, value, false);
    }

    /** A value in place of an earlier one. */
    void set(String path, ConfigNode value) {
        put(path, value, true);
    }

    private void put(String path, ConfigNode value, boolean replace) {
        int dot = path.lastIndexOf('.');
        String[] above = dot < 0 ? new String[0] : path.substring(0, dot).split("\\.", -1);
        Branch branch = branch(above, path, value.origin());
        String key = path.substring(dot + 1);
        if (branch.branches.containsKey(key)) {
            problems.error(path, value.origin(), "is a section, and cannot be a value too");
            return;
        }
        List<ConfigNode> values = branch.values.computeIfAbsent(key, _ -> new ArrayList<>());
        if (replace) {
            values.clear();
        }
        if (++nodes <= TokenReader.MAX_NODES) {
            values.add(value);
        } else if (nodes == TokenReader.MAX_NODES + 1) {
            problems.error("", value.origin(), "has more than " + TokenReader.MAX_NODES + " keys and values");
        }
    }

    private Branch branch(String[] keys, String path, Origin origin) {
        if (keys.length > TokenReader.MAX_DEPTH) {
            problems.error(path.substring(0, 20) + "…", origin, "is deeper than " + TokenReader.MAX_DEPTH + " levels");
            return new Branch(origin);
        }
        Branch branch = root;
        for (String key : keys) {
            if (branch.values.containsKey(key)) {
                problems.error(
                        path, origin, "stands under " + ConfigProblem.quote(key) + ", which has a value already");
                return new Branch(origin);
            }
            branch = branch.branches.computeIfAbsent(key, _ -> new Branch(origin));
        }
        return branch;
    }

    Mapping build() {
        return build(root);
    }

    private static Mapping build(Branch branch) {
        LinkedHashMap<String, ConfigNode> entries = new LinkedHashMap<>();
        branch.values.forEach((key, values) -> entries.put(key, joined(values)));
        branch.branches.forEach((key, inner) -> entries.put(key, build(inner)));
        return new Mapping(entries, branch.origin);
    }

    private static ConfigNode joined(List<ConfigNode> values) {
        if (values.size() == 1) {
            return values.getFirst();
        }
        List<ConfigNode> items = values.stream()
                .flatMap(value -> value instanceof Sequence list ? list.items().stream() : List.of(value).stream())
                .toList();
        return new Sequence(
                items, values.isEmpty() ? Origin.DEFAULT : values.getFirst().origin());
    }
}
