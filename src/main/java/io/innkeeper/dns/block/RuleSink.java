package io.innkeeper.dns.block;

/** Takes the rules of one list, line by line. */
public interface RuleSink {
    /**
     * The list is a policy zone: of its rules that fit a name, the most specific one counts, and what it blocks does not exist
     * (NXDOMAIN). Said before its first rule.
     */
    void policyZone();

    /**
     * A rule for a name without conditions.
     *
     * @param hash see {@link io.innkeeper.wire.dns.NameHash}
     * @return false where there is no more room
     */
    boolean name(long hash, Scope scope, Effect effect);

    /**
     * A rule for a name with conditions, or an answer of its own.
     *
     * @return false where there is no more room
     */
    boolean special(long hash, SpecialRule rule);

    /**
     * A rule for all names that a pattern fits; {@link SpecialRule#pattern()} is there.
     *
     * @return false where there is no more room
     */
    boolean pattern(SpecialRule rule);
}
