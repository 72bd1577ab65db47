package io.innkeeper.dns.block;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The different ways in which lists have a name: which lists, with which effect, for the name or what is below it. There are
 * few of them, however many names there are.
 */
final class Combinations {
    /** A rule as a number: the list, the effect, the scope. */
    static final int SPECIAL = RuleSet.MAX_LISTS * Effect.count() * (Scope.SELF + Scope.UNDER + 1);

    static final int CODES = SPECIAL + 1;

    /** For the name itself and for what is below, a set of lists for each effect; and whether there are special rules. */
    private static final int STRIDE = 2 * Effect.count() + 1;

    private final long[] sets;

    private Combinations(long[] sets) {
        this.sets = sets;
    }

    static int code(int list, Effect effect, Scope scope) {
        return (scope.bits() * Effect.count() + effect.index()) * RuleSet.MAX_LISTS + list;
    }

    /** The lists with this effect, for the name itself or for what is below. */
    long lists(int combination, int effect, boolean self) {
        return sets[combination * STRIDE + (self ? 0 : Effect.count()) + effect];
    }

    boolean hasSpecial(int combination) {
        return sets[combination * STRIDE + STRIDE - 1] != 0;
    }

    long bytes() {
        return sets.length * (long) Long.BYTES;
    }

    /** Gives each combination of codes its number. */
    static final class Numbers {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final int[] ofSingle = new int[CODES];
        private long[] sets = new long[STRIDE * 16];
        private int count;

        Numbers() {
            Arrays.fill(ofSingle, -1);
        }

        int ofOne(int code) {
            if (ofSingle[code] < 0) {
                ofSingle[code] = of(String.valueOf((char) code));
            }
            return ofSingle[code];
        }

        /** The codes from a place on, which are sorted by this. */
        int of(char[] codes, int length) {
            Arrays.sort(codes, 0, length);
            int distinct = 1;
            for (int i = 1; i < length; i++) {
                if (codes[i] != codes[distinct - 1]) {
                    codes[distinct++] = codes[i];
                }
            }
            return distinct == 1 ? ofOne(codes[0]) : of(new String(codes, 0, distinct));
        }

        private int of(String codes) {
            Integer known = numbers.get(codes);
            if (known != null) {
                return known;
            }
            if ((count + 1) * STRIDE > sets.length) {
                sets = Arrays.copyOf(sets, sets.length * 2);
            }
            codes.chars().forEach(code -> enter(count * STRIDE, code));
            numbers.put(codes, count);
            return count++;
        }

        private void enter(int at, int code) {
            if (code == SPECIAL) {
                sets[at + STRIDE - 1] = 1;
                return;
            }
            long list = 1L << code % RuleSet.MAX_LISTS;
            int effect = code / RuleSet.MAX_LISTS % Effect.count();
            int scope = code / RuleSet.MAX_LISTS / Effect.count();
            sets[at + effect] |= (scope & Scope.SELF) != 0 ? list : 0;
            sets[at + Effect.count() + effect] |= (scope & Scope.UNDER) != 0 ? list : 0;
        }

        Combinations done() {
            return new Combinations(Arrays.copyOf(sets, count * STRIDE));
        }
    }
}
