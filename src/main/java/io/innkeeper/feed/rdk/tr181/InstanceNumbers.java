package io.innkeeper.feed.rdk.tr181;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Numbers of interfaces in the tables of the data model: in the order in which they were seen first, and never another one after
 * that. Belongs to one thread at a time. Pure.
 */
public final class InstanceNumbers {
    private static final Pattern ENTRY = Pattern.compile("([0-9]{1,9})=(.+)");

    /** How many interfaces are remembered; further ones get numbers that last as long as the program runs. */
    static final int MOST = 4_096;

    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private int last;

    /** Reads what {@link #text} wrote; what cannot be read is left out. */
    public static InstanceNumbers parse(String text) {
        InstanceNumbers numbers = new InstanceNumbers();
        for (String entry : text.lines().toList()) {
            Matcher read = ENTRY.matcher(entry);
            if (read.matches()) {
                numbers.put(read.group(2), Integer.parseInt(read.group(1)));
            }
        }
        return numbers;
    }

    private void put(String name, int number) {
        numbers.put(name, number);
        last = Math.max(last, number);
    }

    /** The number of an interface; empty where it was not seen. */
    public Optional<Integer> find(String name) {
        return Optional.ofNullable(numbers.get(name));
    }

    /** Sees an interface; true where that was the first time. */
    public boolean see(String name) {
        if (numbers.containsKey(name)) {
            return false;
        }
        put(name, last + 1);
        return true;
    }

    /** All of them, to be kept. */
    public String text() {
        Map<Integer, String> byNumber = new TreeMap<>();
        numbers.forEach((name, number) -> byNumber.put(number, name));
        return byNumber.entrySet().stream()
                .limit(MOST)
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
    }
}
