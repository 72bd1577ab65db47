package io.innkeeper.lease;

import static io.innkeeper.lease.BookKit.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.innkeeper.property.Property;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressPoolTest {
    /** Each search goes up and down the levels once, twice where it begins again: four levels for 2²⁴ addresses. */
    private static final int MOST_WORDS = 2 * 7;

    private static AddressPool pool(PoolShape shape) {
        return new AddressPool(shape, new IntChunks());
    }

    @Test
    void oneFreeAddressOfSixteenMillionIsFoundInAFewSteps() {
        AddressPool pool = pool(PoolShape.of("ten", address(0), address(0xffffff)));
        assertThat(pool.size()).isEqualTo(1 << 24);
        assertThat(pool.nextFree(address(77))).isEqualTo(address(77));
        for (int i = 0; i < 1 << 24; i++) {
            pool.take(address(i));
        }
        assertThat(pool.free()).isZero();
        assertThat(pool.nextFree(address(1))).isZero();
        for (int free : new int[] {0, 1, 63, 64, 4095, 4096, 1 << 18, 0x123456, 0xffffff}) {
            pool.giveBack(address(free));
            for (int from : new int[] {0, 1, 62, 65, 5000, 0x123457, 0xfffffe, 0xffffff}) {
                long before = pool.visited();
                assertThat(pool.nextFree(address(from))).isEqualTo(address(free));
                assertThat(pool.visited() - before).isBetween(1L, (long) MOST_WORDS);
            }
            pool.take(address(free));
        }
    }

    @Test
    void nothingMoreIsVisitedInAFullPoolThanInAnEmptyOne() {
        AddressPool pool = pool(PoolShape.of("ten", address(0), address(0xfffff)));
        for (int i = 0; i < 1 << 20; i++) {
            long before = pool.visited();
            int found = pool.nextFree(pool.startFor(BookKit.client(i).hash64(0)));
            assertThat(pool.visited() - before).isLessThanOrEqualTo(MOST_WORDS);
            if (!pool.take(found)) {
                throw new AssertionError("not free: " + found);
            }
        }
        assertThat(pool.free()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // first, last, excluded from, to, size
        "10, 19, 12, 13, 8",
        "10, 19, 0, 9, 10",
        "10, 19, 0, 10, 9",
        "10, 19, 19, 30, 9",
        "10, 19, 20, 30, 10",
        "10, 19, 0, 30, 0",
        "10, 10, 10, 10, 0",
        "0, 200, 60, 130, 130"
    })
    void excludedAddressesAreNotHandedOut(int first, int last, int from, int to, int size) {
        AddressPool pool = pool(new PoolShape("p", first, last, List.of(new PoolShape.Span(from, to))));
        assertThat(pool.size()).isEqualTo(size);
        assertThat(pool.free()).isEqualTo(size);
        for (int address = first; address <= last; address++) {
            boolean excluded = from <= address && address <= to;
            assertThat(pool.mayHandOut(address)).isEqualTo(!excluded);
            assertThat(pool.isFree(address)).isEqualTo(!excluded);
            assertThat(pool.contains(address)).isTrue();
        }
        assertThat(pool.mayHandOut(last + 1)).isFalse();
    }

    @Test
    void spansMayOverlapAndHoldEachOther() {
        List<PoolShape.Span> spans =
                List.of(new PoolShape.Span(10, 20), new PoolShape.Span(12, 14), new PoolShape.Span(20, 25));
        AddressPool pool = pool(new PoolShape("p", 0, 29, spans));
        assertThat(pool.size()).isEqualTo(14);
        assertThat(pool.mayHandOut(16)).isFalse();
        assertThat(pool.mayHandOut(25)).isFalse();
        assertThat(pool.mayHandOut(26)).isTrue();
    }

    @Test
    void addressesAreUnsigned() {
        AddressPool pool = pool(PoolShape.of("middle", 0x7fff_fff0, 0x8000_000f));
        assertThat(pool.size()).isEqualTo(32);
        assertThat(pool.contains(0x8000_0000)).isTrue();
        assertThat(pool.contains(0x8000_0010)).isFalse();
        assertThat(pool.nextFree(0x8000_000f)).isEqualTo(0x8000_000f);
        pool.take(0x8000_000f);
        assertThat(pool.nextFree(0x8000_000f)).isEqualTo(0x7fff_fff0);
        assertThatIllegalArgumentException().isThrownBy(() -> PoolShape.of("wrong", 0x8000_0000, 0x7fff_ffff));
    }

    @Test
    void theSearchBeginsInThePool() {
        Property.check(2_000, samples -> {
            int first = samples.below(1000);
            AddressPool pool = pool(PoolShape.of("p", first, first + samples.below(100)));
            int start = pool.startFor(samples.clientId().hash64(0));
            assertThat(pool.contains(start)).isTrue();
        });
    }

    @Test
    void bitsAgreeWithASet() {
        Property.check(300, samples -> {
            int size = 1 + samples.below(samples.oneIn(3) ? 10_000 : 200);
            FreeBits bits = new FreeBits(size);
            TreeSet<Long> set = new TreeSet<>();
            for (int i = 0; i < 200; i++) {
                long number = samples.below(size);
                switch (samples.below(4)) {
                    case 0 -> assertThat(bits.add(number)).isEqualTo(set.add(number));
                    case 1 -> assertThat(bits.remove(number)).isEqualTo(set.remove(number));
                    case 2 -> fill(bits, set, number, number + samples.below((int) (size - number)), samples.oneIn(2));
                    default -> {
                        Long next = set.ceiling(number);
                        long wrapped = next != null ? next : set.isEmpty() ? -1 : set.first();
                        assertThat(bits.nextWrapping(number)).isEqualTo(wrapped);
                    }
                }
                assertThat(bits.count()).isEqualTo(set.size());
            }
        });
    }

    private static void fill(FreeBits bits, NavigableSet<Long> set, long first, long last, boolean member) {
        bits.fill(first, last, member);
        for (long number = first; number <= last; number++) {
            if (member) {
                set.add(number);
            } else {
                set.remove(number);
            }
        }
    }
}
