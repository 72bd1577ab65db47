package io.innkeeper.dns.block;

import java.util.Arrays;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * What the lists know of one name. Made once and used for one name after the other, by one thread; holds until the next
 * {@link RuleSet#find}.
 */
public final class Match {
    /** More rules with conditions than this are not looked at for one name. */
    static final int MAX_SPECIAL = 256;

    final long[] hashes = new long[129];
    final int[] labels = new int[128];
    final NameCharacters text = new NameCharacters();

    /** The sets of lists, by {@link Effect}: bit i stands for list i. */
    final long[] lists = new long[Effect.count()];

    SpecialRule[] special = new SpecialRule[8];
    int[] specialList = new int[8];
    int specialCount;

    private @Nullable RuleSet matchersOf;
    private @Nullable Matcher[] matchers = new Matcher[0];
    private long givenUp;

    /** The lists whose rules without conditions block the name. */
    public long blocked() {
        return lists[Effect.BLOCK.index()];
    }

    /** The lists that have exceptions for it. */
    public long allowed() {
        return lists[Effect.ALLOW.index()];
    }

    /** The lists whose {@code $important} rules block it. */
    public long importantBlocked() {
        return lists[Effect.IMPORTANT_BLOCK.index()];
    }

    /** The lists that have {@code $important} exceptions for it. */
    public long importantAllowed() {
        return lists[Effect.IMPORTANT_ALLOW.index()];
    }

    /** How many rules with conditions, patterns or answers of their own fit the name. */
    public int specialCount() {
        return specialCount;
    }

    /** True where no list knows the name. */
    public boolean isEmpty() {
        return specialCount == 0 && (blocked() | allowed() | importantBlocked() | importantAllowed()) == 0;
    }

    /** How often an expression was given up since this was made; see {@link RuleSet}. */
    public long givenUp() {
        return givenUp;
    }

    void clear() {
        Arrays.fill(lists, 0);
        specialCount = 0;
    }

    void add(SpecialRule rule, int list) {
        if (specialCount == MAX_SPECIAL) {
            return;
        }
        if (specialCount == special.length) {
            special = Arrays.copyOf(special, specialCount * 2);
            specialList = Arrays.copyOf(specialList, specialCount * 2);
        }
        special[specialCount] = rule;
        specialList[specialCount++] = list;
    }

    /** The matcher of an expression of this set: made once, since making it allocates. */
    Matcher matcher(RuleSet rules, int index, int count, NamePattern.Regex regex) {
        if (matchersOf != rules) {
            matchersOf = rules;
            matchers = new Matcher[count];
        }
        Matcher matcher = matchers[index];
        if (matcher == null) {
            matcher = regex.pattern().matcher(text);
            matchers[index] = matcher;
        }
        return matcher;
    }

    void countGivenUp() {
        givenUp++;
    }
}
