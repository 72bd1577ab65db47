package io.innkeeper.dns.block;

/** What a rule does. {@code $important} rules are stronger than others; of two equally strong ones the exception wins. */
public enum Effect {
    /** The name is blocked. */
    BLOCK(0),
    /** The name is not blocked. */
    ALLOW(1),
    /** Blocked, whatever exceptions without {@code $important} say. */
    IMPORTANT_BLOCK(2),
    /** Not blocked, whatever other rules say. */
    IMPORTANT_ALLOW(3);

    private static final int COUNT = values().length;

    /** Its place in tables. */
    private final int index;

    Effect(int index) {
        this.index = index;
    }

    int index() {
        return index;
    }

    static int count() {
        return COUNT;
    }

    static Effect of(boolean allow, boolean important) {
        return important ? (allow ? IMPORTANT_ALLOW : IMPORTANT_BLOCK) : (allow ? ALLOW : BLOCK);
    }
}
