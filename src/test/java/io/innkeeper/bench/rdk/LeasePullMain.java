package io.innkeeper.bench.rdk;

import java.io.IOException;

/** {@link LeasePull} as a program: writes its port, and when its input ends how many messages it took. */
public final class LeasePullMain {
    private LeasePullMain() {}

    /** One argument: {@code check}, or {@code handlers} where it is also decided what messages mean. */
    public static void main(String[] args) throws IOException {
        try (LeasePull pull = new LeasePull(args.length > 0 && args[0].equals("handlers"))) {
            System.out.println(pull.port());
            while (System.in.read() >= 0) {
                // Whoever started it ends it.
            }
            System.out.println("{\"taken\":" + pull.taken() + "}");
        }
    }
}
