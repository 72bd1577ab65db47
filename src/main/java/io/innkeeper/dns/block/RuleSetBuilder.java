package io.innkeeper.dns.block;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers the rules of all lists and makes a {@link RuleSet} of them. For one thread, and one set. */
public final class RuleSetBuilder {
    /** Rules with conditions cost memory, not time: more of them may be there than patterns. */
    private static final int MAX_SPECIAL_SHARE = 100;

    private final int maxNames;
    private final int maxPatterns;
    private final HashSorter names = new HashSorter();
    private final Map<Long, List<SpecialTable.Entry>> named = new HashMap<>();
    private final List<SpecialTable.Entry> patterned = new ArrayList<>();
    private int specialCount;
    private long zones;

    /**
     * @param maxNames of all lists together; what is beyond is turned down
     * @param maxPatterns regular expressions and the like, of all lists together; a hundred times as many rules with conditions
     */
    public RuleSetBuilder(int maxNames, int maxPatterns) {
        this.maxNames = maxNames;
        this.maxPatterns = maxPatterns;
    }

    /**
     * Where the rules of a list go.
     *
     * @param list its number, 0 to 63; 0 is for rules by hand
     * @param allow true where all its names are never to be blocked
     * @throws IllegalArgumentException for another number
     */
    public RuleSink list(int list, boolean allow) {
        if (list < 0 || list >= RuleSet.MAX_LISTS) {
            throw new IllegalArgumentException("no more than " + RuleSet.MAX_LISTS + " lists: " + list);
        }
        return new RuleSink() {
            @Override
            public void policyZone() {
                // In a list of names to allow all rules are exceptions, and none is more so than others.
                zones |= allow ? 0 : 1L << list;
            }

            @Override
            public boolean name(long hash, Scope scope, Effect effect) {
                return addName(hash, Combinations.code(list, allow ? Effect.IMPORTANT_ALLOW : effect, scope));
            }

            @Override
            public boolean special(long hash, SpecialRule rule) {
                return addSpecial(hash, new SpecialTable.Entry(turned(rule), list));
            }

            @Override
            public boolean pattern(SpecialRule rule) {
                return addPattern(new SpecialTable.Entry(turned(rule), list));
            }

            private SpecialRule turned(SpecialRule rule) {
                return allow
                        ? new SpecialRule(rule.scope(), Effect.IMPORTANT_ALLOW, rule.condition(), rule.pattern(), null)
                        : rule;
            }
        };
    }

    private boolean addName(long hash, int code) {
        return names.size() < maxNames && names.add(hash, code);
    }

    private boolean addSpecial(long hash, SpecialTable.Entry entry) {
        if (specialCount >= MAX_SPECIAL_SHARE * (long) maxPatterns || !addName(hash, Combinations.SPECIAL)) {
            return false;
        }
        specialCount++;
        return named.computeIfAbsent(hash, any -> new ArrayList<>(1)).add(entry);
    }

    private boolean addPattern(SpecialTable.Entry entry) {
        return patterned.size() < maxPatterns && patterned.add(entry);
    }

    /** The set. The builder is empty then, and of no more use. */
    public RuleSet build() {
        Combinations.Numbers numbers = new Combinations.Numbers();
        HashTable table = names.sorted(numbers);
        return new RuleSet(table, numbers.done(), new SpecialTable(named, patterned), zones);
    }
}
