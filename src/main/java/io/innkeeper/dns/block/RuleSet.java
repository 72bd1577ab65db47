package io.innkeeper.dns.block;

import io.innkeeper.wire.dns.NameHash;
import io.innkeeper.wire.dns.QueryView;
import org.jspecify.annotations.Nullable;

/**
 * The rules of all lists: which lists know a name, and what follows. Immutable, for any thread; each thread has its own
 * {@link Match}.
 *
 * <p>Names are kept as hashes of 64 bits, sorted, with the place where each range of them begins, and a number of one to three
 * octets that says which lists have the name and how. Two different names share a hash about once in 10^13 questions with a
 * million names.
 */
public final class RuleSet {
    /** Lists by number; number 0 is for rules by hand. */
    public static final int MAX_LISTS = 64;

    /** No rules. */
    public static final RuleSet EMPTY = new RuleSetBuilder(0, 0).build();

    /** How often one expression may look at a character of one name before it is given up; an ordinary one needs some hundreds. */
    static final int LOOKS = 20_000;

    /** And all expressions together. */
    static final int ALL_LOOKS = 200_000;

    private final HashTable names;
    private final Combinations combinations;
    private final SpecialTable specials;

    /** The lists that are policy zones. */
    private final long zones;

    private final BlockDecision[] decisions = new BlockDecision[MAX_LISTS * Effect.count()];
    private final BlockDecision[] noName = new BlockDecision[MAX_LISTS];

    RuleSet(HashTable names, Combinations combinations, SpecialTable specials, long zones) {
        this.names = names;
        this.combinations = combinations;
        this.specials = specials;
        this.zones = zones;
        for (int list = 0; list < MAX_LISTS; list++) {
            for (Effect effect : Effect.values()) {
                decisions[effect.index() * MAX_LISTS + list] = decision(effect, list);
            }
            noName[list] = new BlockDecision(BlockDecision.Outcome.BLOCKED, list, false, new PolicyAnswer.NoName());
        }
    }

    private static BlockDecision decision(Effect effect, int list) {
        boolean allow = effect == Effect.ALLOW || effect == Effect.IMPORTANT_ALLOW;
        return new BlockDecision(
                allow ? BlockDecision.Outcome.ALLOWED : BlockDecision.Outcome.BLOCKED,
                list,
                effect == Effect.IMPORTANT_ALLOW || effect == Effect.IMPORTANT_BLOCK,
                null);
    }

    /** How many names are known, each counted once. */
    public int names() {
        return names.size();
    }

    /** How many patterns there are. */
    public int patterns() {
        return specials.patterns().length;
    }

    /** Memory for names and their lists, in octets; without what few rules with conditions take. */
    public long bytes() {
        return names.bytes() + combinations.bytes();
    }

    /** Finds the rules for the name of a query. */
    public void find(QueryView query, Match into) {
        int count = query.labelCount();
        for (int i = 0; i <= count; i++) {
            into.hashes[i] = query.nameHash(i);
        }
        find(query.bytes(), query.nameAt(), count, into);
    }

    /**
     * Finds the rules for a name in the form of the wire, without compression.
     *
     * @param at its first length octet
     * @throws IndexOutOfBoundsException if the array has no such name
     */
    public void find(byte[] wireName, int at, Match into) {
        int count = 0;
        for (int label = at; wireName[label] != 0; label += 1 + wireName[label]) {
            into.labels[count++] = label;
        }
        into.hashes[count] = NameHash.ROOT;
        for (int i = count - 1; i >= 0; i--) {
            into.hashes[i] = NameHash.extend(into.hashes[i + 1], wireName, into.labels[i]);
        }
        find(wireName, at, count, into);
    }

    private void find(byte[] wireName, int at, int labels, Match into) {
        into.clear();
        long settled = 0;
        // From the name to the root: of a policy zone, what comes first counts.
        for (int i = 0; i <= labels; i++) {
            int combination = names.find(into.hashes[i]);
            if (combination >= 0) {
                settled |= take(into, combination, i, ~settled) & zones;
            }
        }
        if (specials.patterns().length > 0) {
            patterns(wireName, at, into);
        }
    }

    /** Takes over what stands at a name, or above it; returns the lists that said something. */
    private long take(Match into, int combination, int level, long open) {
        long seen = 0;
        for (int effect = 0; effect < into.lists.length; effect++) {
            long lists = combinations.lists(combination, effect, level == 0) & open;
            into.lists[effect] |= lists;
            seen |= lists;
        }
        return combinations.hasSpecial(combination)
                ? seen | specials.take(into, into.hashes[level], level == 0, open)
                : seen;
    }

    private void patterns(byte[] wireName, int at, Match into) {
        into.text.set(wireName, at);
        int left = ALL_LOOKS;
        SpecialRule[] rules = specials.patterns();
        for (int i = 0; i < rules.length && left > 0; i++) {
            int allowed = Math.min(left, LOOKS);
            into.text.allow(allowed);
            if (fits(rules[i].pattern(), i, rules.length, into)) {
                into.add(rules[i], specials.patternList(i));
            }
            left -= allowed - Math.max(0, into.text.left());
        }
        if (left <= 0) {
            into.countGivenUp();
        }
    }

    private boolean fits(@Nullable NamePattern pattern, int index, int count, Match into) {
        try {
            return switch (pattern) {
                case NamePattern.Glob glob -> glob.fits(into.text);
                case NamePattern.Regex regex ->
                    into.matcher(this, index, count, regex).reset(into.text).find();
                case null -> false;
            };
        } catch (NameCharacters.GaveUp | StackOverflowError e) {
            into.countGivenUp();
            return false;
        }
    }

    /**
     * What follows from the rules that were found. The strongest first: {@code $important} exceptions, {@code $important}
     * blocks, exceptions, the first policy zone that names the name, blocks.
     *
     * @param listsOn the lists that count now and for this client, bit i for list i
     * @param type what is asked for, see {@link io.innkeeper.wire.dns.RecordType}
     */
    public BlockDecision decide(Match match, long listsOn, int type, BlockClient client) {
        if (match.isEmpty()) {
            return BlockDecision.NONE;
        }
        long importantAllow = lists(match, Effect.IMPORTANT_ALLOW, listsOn, type, client);
        if (importantAllow != 0) {
            return decided(Effect.IMPORTANT_ALLOW, importantAllow);
        }
        long importantBlock = lists(match, Effect.IMPORTANT_BLOCK, listsOn, type, client);
        if (importantBlock != 0) {
            return decided(Effect.IMPORTANT_BLOCK, importantBlock);
        }
        long allow = lists(match, Effect.ALLOW, listsOn, type, client);
        if ((allow & ~zones) != 0) {
            return decided(Effect.ALLOW, allow & ~zones);
        }
        long block = lists(match, Effect.BLOCK, listsOn, type, client);
        long zone = Long.lowestOneBit((allow | block) & zones);
        if (zone != 0) {
            return (allow & zone) != 0 ? decided(Effect.ALLOW, zone) : policy(match, Long.numberOfTrailingZeros(zone));
        }
        return block != 0 ? decided(Effect.BLOCK, block) : BlockDecision.NONE;
    }

    private long lists(Match match, Effect effect, long listsOn, int type, BlockClient client) {
        long lists = match.lists[effect.index()];
        for (int i = 0; i < match.specialCount; i++) {
            SpecialRule rule = match.special[i];
            if (rule.effect() == effect && rule.condition().applies(type, client)) {
                lists |= 1L << match.specialList[i];
            }
        }
        return lists & listsOn;
    }

    private BlockDecision decided(Effect effect, long lists) {
        return decisions[effect.index() * MAX_LISTS + Long.numberOfTrailingZeros(lists)];
    }

    private BlockDecision policy(Match match, int list) {
        for (int i = 0; i < match.specialCount; i++) {
            if (match.specialList[i] == list) {
                return specials.decision(match.special[i], list);
            }
        }
        return noName[list];
    }

    /** The lists that are policy zones, bit i for list i. */
    public long policyZones() {
        return zones;
    }
}
