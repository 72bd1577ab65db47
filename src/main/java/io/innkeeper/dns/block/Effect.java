package io.innkeeper.dns.block;

/** What a rule does. {@code $important} rules are stronger than others; of two equally strong ones the exception wins. */
public enum Effect {
    /** The name is blocked. */
    BLOCK,
    /** The name is not blocked. */
    ALLOW,
    /** Blocked, whatever exceptions without {@code $important} say. */
    IMPORTANT_BLOCK,
    /** Not blocked, whatever other rules say. */
    IMPORTANT_ALLOW;

    private static final int COUNT = values().length;

    static int count() {
        return COUNT;
    }

    static Effect of(boolean allow, boolean important) {
        return important ? (allow ? IMPORTANT_ALLOW : IMPORTANT_BLOCK) : (allow ? ALLOW : BLOCK);
    }
}
