package io.innkeeper.lease;

import static io.innkeeper.lease.BookKit.address;
import static io.innkeeper.lease.BookKit.binding;
import static io.innkeeper.lease.BookKit.client;

import java.util.List;

/** Prints what an operation costs at different sizes of the book: there is to be no slope beyond that of the processor's caches. */
public final class BookBench {
    private static final int OPERATIONS = 200_000;

    private BookBench() {}

    public static void main(String[] arguments) {
        for (int round = 0; round < 3; round++) {
            for (int count : new int[] {10_000, 100_000, 1_000_000}) {
                run(count, round == 2);
            }
        }
    }

    private static void run(int count, boolean print) {
        BindingBook book = new BindingBook(65_536, 7);
        book.arrange(List.of(PoolShape.of("ten", address(1), address(0xfffffe))), List.of());
        long worst = 0;
        long begin = System.nanoTime();
        for (int client = 1; client <= count; client++) {
            long before = System.nanoTime();
            int chosen = book.choose(client(client), book.pools(), 0);
            book.offer(chosen, client(client), 1_000);
            book.grant(binding(chosen, client, 1_000_000L + client), 0);
            worst = Math.max(worst, System.nanoTime() - before);
        }
        long filled = System.nanoTime();
        long sum = 0;
        for (int i = 0; i < OPERATIONS; i++) {
            int client = 1 + (int) (i * 2_654_435_761L % count);
            Binding own = book.own(client(client), book.pools());
            sum += own == null ? 0 : own.address();
        }
        long looked = System.nanoTime();
        for (int i = 0; i < OPERATIONS; i++) {
            int client = 1 + (int) (i * 2_654_435_761L % count);
            Binding own = book.own(client(client), book.pools());
            if (own != null) {
                book.grant(binding(own.address(), client, 3_000_000L + client), 0);
            }
        }
        long renewed = System.nanoTime();
        int expired = 0;
        for (List<BindingChange> changes = book.expire(9_000_000, 1_000);
                !changes.isEmpty();
                changes = book.expire(9_000_000, 1_000)) {
            expired += changes.size();
        }
        long ended = System.nanoTime();
        if (print) {
            System.out.printf(
                    "%,9d: choose, offer and grant %d ns (worst %,d µs), look %d ns, look and renew %d ns, expire %d ns (%d)%n",
                    count,
                    (filled - begin) / count,
                    worst / 1_000,
                    (looked - filled) / OPERATIONS,
                    (renewed - looked) / OPERATIONS,
                    (ended - renewed) / Math.max(1, expired),
                    sum & 1);
        }
    }
}
