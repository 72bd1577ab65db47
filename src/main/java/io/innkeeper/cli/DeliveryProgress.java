package io.innkeeper.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Says every two seconds how many messages wait, so that nobody thinks that nothing happens. */
final class DeliveryProgress implements Consumer<Integer> {
    private static final long EVERY = TimeUnit.SECONDS.toNanos(2);

    private final PrintWriter err;
    private long last = System.nanoTime();

    DeliveryProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void accept(Integer waiting) {
        if (waiting > 0 && System.nanoTime() - last >= EVERY) {
            last = System.nanoTime();
            err.println("innkeeper: " + waiting + (waiting == 1 ? " message waits" : " messages wait")
                    + " for a monitor …");
            err.flush();
        }
    }
}
