package io.innkeeper.lease;

import static io.innkeeper.lease.BookKit.address;
import static io.innkeeper.lease.BookKit.binding;
import static io.innkeeper.lease.BookKit.client;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A million bindings in 10.0.0.0/8 take under 200 octets of heap each, tables and all, also just after they have grown. */
@Tag("slow")
class BindingMemoryTest {
    private static final int COUNT = 1_000_000;
    private static final int STEP = 50_000;
    private static final int MOST = 200;

    @Test
    void withoutNames() {
        fill(false);
    }

    @Test
    void withShortNames() {
        fill(true);
    }

    private static void fill(boolean named) {
        long before = used();
        BindingBook book = new BindingBook(65_536, 7);
        book.arrange(List.of(PoolShape.of("ten", address(1), address(0xfffffe))), List.of());
        double most = 0;
        for (int client = 1; client <= COUNT; client++) {
            int chosen = book.choose(client(client), book.pools(), 0);
            book.grant(binding(chosen, client, 1_000_000L + client, named ? "h" + client : null), 0);
            // The bitmap of 16,777,214 addresses is there from the start: it weighs on few bindings more than on many.
            if (client >= COUNT / 2 && client % STEP == 0) {
                most = Math.max(most, (double) (used() - before) / client);
            }
        }
        double each = (double) (used() - before) / COUNT;
        System.out.printf(
                "%s: %.1f octets a binding, %.1f at worst from %,d on%n",
                named ? "with names" : "without", each, most, COUNT / 2);
        assertThat(book.activeCount()).isEqualTo(COUNT);
        assertThat(most).as("octets of heap a binding").isLessThan(MOST);
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
