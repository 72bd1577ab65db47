package io.innkeeper.dns.block;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules that are more than a name: by the hash of the name they stand at, and those with patterns in order. */
final class SpecialTable {
    /** A rule and the number of its list. */
    record Entry(SpecialRule rule, int list) {}

    private final long[] keys;
    private final Entry[][] atKeys;
    private final SpecialRule[] patterns;
    private final int[] patternLists;
    private final IdentityHashMap<SpecialRule, BlockDecision> decisions = new IdentityHashMap<>();

    /**
     * @param named by hash, in the order they were read
     * @param patterned in the order they were read
     */
    SpecialTable(Map<Long, List<Entry>> named, List<Entry> patterned) {
        TreeMap<Long, List<Entry>> sorted = new TreeMap<>(named);
        keys = sorted.keySet().stream().mapToLong(Long::longValue).toArray();
        atKeys = sorted.values().stream()
                .map(entries -> joined(entries).toArray(Entry[]::new))
                .toArray(Entry[][]::new);
        patterns = patterned.stream().map(Entry::rule).toArray(SpecialRule[]::new);
        patternLists = patterned.stream().mapToInt(Entry::list).toArray();
        for (Entry[] entries : atKeys) {
            for (Entry entry : entries) {
                decisions.put(
                        entry.rule(),
                        new BlockDecision(
                                BlockDecision.Outcome.BLOCKED,
                                entry.list(),
                                false,
                                entry.rule().answer()));
            }
        }
    }

    /** The records that one zone has for one name are one answer. */
    private static List<Entry> joined(List<Entry> entries) {
        List<Entry> joined = new ArrayList<>();
        Map<List<Object>, Integer> records = new HashMap<>();
        for (Entry entry : entries) {
            SpecialRule rule = entry.rule();
            Integer before = rule.answer() instanceof PolicyAnswer.Records
                    ? records.putIfAbsent(List.of(entry.list(), rule.scope()), joined.size())
                    : null;
            if (before == null) {
                joined.add(entry);
            } else {
                joined.set(before, joined(joined.get(before), rule));
            }
        }
        return joined;
    }

    private static Entry joined(Entry first, SpecialRule more) {
        if (first.rule().answer() instanceof PolicyAnswer.Records one
                && more.answer() instanceof PolicyAnswer.Records other) {
            SpecialRule rule = first.rule();
            return new Entry(
                    new SpecialRule(rule.scope(), rule.effect(), rule.condition(), null, one.and(other)), first.list());
        }
        return first;
    }

    /** Adds the rules at a name; returns their lists. */
    long take(Match into, long hash, boolean self, long open) {
        int at = Arrays.binarySearch(keys, hash);
        if (at < 0) {
            return 0;
        }
        long seen = 0;
        for (Entry entry : atKeys[at]) {
            Scope scope = entry.rule().scope();
            long list = 1L << entry.list();
            if ((self ? scope.self() : scope.below()) && (list & open) != 0) {
                into.add(entry.rule(), entry.list());
                seen |= list;
            }
        }
        return seen;
    }

    SpecialRule[] patterns() {
        return patterns;
    }

    int patternList(int index) {
        return patternLists[index];
    }

    BlockDecision decision(SpecialRule rule, int list) {
        BlockDecision decision = decisions.get(rule);
        return decision != null
                ? decision
                : new BlockDecision(BlockDecision.Outcome.BLOCKED, list, false, rule.answer());
    }
}
