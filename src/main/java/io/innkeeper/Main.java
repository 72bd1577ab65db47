package io.innkeeper;

/** Arguments → configuration → {@code App} → wait for a signal. */
public final class Main {
    private Main() {}

    /** The entry point. */
    public static void main(String[] arguments) {
        System.exit(0);
    }
}
