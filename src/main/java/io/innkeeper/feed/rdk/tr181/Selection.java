package io.innkeeper.feed.rdk.tr181;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a path finds in a data model. */
public sealed interface Selection {
    /** How many names are told at once of what there is. */
    int MOST_NAMES = 40;

    /**
     * It finds these.
     *
     * @param parameters in the order of the model; none where a table has no such rows now
     */
    record Found(List<Parameter> parameters) implements Selection {
        /** Copies the list. */
        public Found {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * There is no such thing.
     *
     * @param known the longest part of the path that there is, with a dot at the end
     * @param names what there is below it
     */
    record Missing(String known, List<String> names) implements Selection {
        /** Copies the list. */
        public Missing {
            names = List.copyOf(names);
        }

        /** In a sentence. */
        public String text() {
            String there = names.isEmpty() ? "there is nothing" : "there is " + String.join(", ", names);
            return "there is no such object or parameter; "
                    + (known.isEmpty() ? "at the top " : "below " + known + " ")
                    + there;
        }
    }

    /**
     * Looks for a path.
     *
     * @param model what there is
     */
    static Selection of(ParameterPath path, List<Parameter> model) {
        List<Parameter> found = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        int longest = 0;
        for (Parameter parameter : model) {
            String[] parts = parameter.path().split("\\.");
            if (path.covers(parts)) {
                found.add(parameter);
            }
            int length = Math.min(path.length(parts), parts.length - 1);
            if (length > longest) {
                longest = length;
                names.clear();
            }
            if (length == longest && names.size() < MOST_NAMES) {
                names.add(parts[length] + (parts.length > length + 1 ? "." : ""));
            }
        }
        if (!found.isEmpty() || isEmptyTable(path, longest)) {
            return new Found(found);
        }
        String known = String.join(
                ".",
                path.segments().subList(0, Math.min(longest, path.segments().size())));
        return new Missing(known.isEmpty() ? "" : known + ".", List.copyOf(names));
    }

    /** A table that has no rows now is not in the model, and to ask for any of them is no mistake. */
    private static boolean isEmptyTable(ParameterPath path, int longest) {
        List<String> segments = path.segments();
        if (longest >= segments.size()) {
            return false;
        }
        boolean anyRow =
                longest + 1 == segments.size() || segments.get(longest + 1).equals("*");
        return anyRow && DataModel.TABLES.contains(generic(segments.subList(0, longest + 1)));
    }

    private static String generic(List<String> segments) {
        return segments.stream()
                .map(segment -> Character.isDigit(segment.charAt(0)) ? "*" : segment)
                .collect(Collectors.joining("."));
    }
}
