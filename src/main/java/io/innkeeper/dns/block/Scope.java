package io.innkeeper.dns.block;

/** For which names around its own a rule is. */
public enum Scope {
    /** The name itself. */
    EXACT(true, false),
    /** The name and all below it. */
    TREE(true, true),
    /** All below the name, not the name. */
    BELOW(false, true);

    static final int SELF = 1;
    static final int UNDER = 2;

    private final boolean self;
    private final boolean below;

    Scope(boolean self, boolean below) {
        this.self = self;
        this.below = below;
    }

    boolean self() {
        return self;
    }

    boolean below() {
        return below;
    }

    /** Two bits: the name itself, what is below it. */
    int bits() {
        return (self ? SELF : 0) | (below ? UNDER : 0);
    }
}
