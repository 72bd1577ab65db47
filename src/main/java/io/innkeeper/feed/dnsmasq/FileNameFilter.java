package io.innkeeper.feed.dnsmasq;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which files of a directory dnsmasq reads (dnsmasq(8), {@code --conf-dir}): never names that end in {@code ~}, begin with
 * {@code .}, or begin and end with {@code #}; where there are suffixes with {@code *}, only names that end in one of them;
 * no names that end in a suffix without {@code *}.
 *
 * @param included the suffixes of which one is needed, if there are any
 * @param excluded the suffixes that shut out
 */
record FileNameFilter(List<String> included, List<String> excluded) implements Predicate<String> {
    /** Everything but backups and hidden files. */
    static final FileNameFilter ANY = new FileNameFilter(List.of(), List.of());

    /** What the fields behind the directory say; {@code *} alone says nothing. */
    static FileNameFilter of(List<String> suffixes) {
        List<String> included = new ArrayList<>();
        List<String> excluded = new ArrayList<>();
        for (String suffix : suffixes) {
            if (suffix.startsWith("*") && suffix.length() > 1) {
                included.add(suffix.substring(1));
            } else if (!suffix.isEmpty() && !suffix.equals("*")) {
                excluded.add(suffix);
            }
        }
        return new FileNameFilter(List.copyOf(included), List.copyOf(excluded));
    }

    @Override
    public boolean test(String name) {
        boolean skipped = name.endsWith("~") || name.startsWith(".") || (name.startsWith("#") && name.endsWith("#"));
        return !skipped && (included.isEmpty() || endsIn(included, name)) && !endsIn(excluded, name);
    }

    private static boolean endsIn(List<String> suffixes, String name) {
        return suffixes.stream().anyMatch(suffix -> name.length() > suffix.length() && name.endsWith(suffix));
    }
}
