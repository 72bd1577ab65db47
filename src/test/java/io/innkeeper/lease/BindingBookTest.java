package io.innkeeper.lease;

import static io.innkeeper.lease.BookKit.address;
import static io.innkeeper.lease.BookKit.binding;
import static io.innkeeper.lease.BookKit.client;
import static io.innkeeper.lease.BookKit.mac;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BindingBookTest {
    private final BindingBook book = new BindingBook(4, 42);

    private AddressPool arrange(int first, int last, Integer... reserved) {
        book.arrange(List.of(PoolShape.of("pool", address(first), address(last))), List.of(reserved));
        return book.pools().getFirst();
    }

    private int choose(int client) {
        return book.choose(client(client), book.pools(), 0);
    }

    @Test
    void aClientGetsItsAddressBackWhileItIsFree() {
        AddressPool pool = arrange(1, 9);
        int address = choose(1);
        book.grant(binding(address, 1, 1_000), 0);
        assertThat(pool.use()).isEqualTo(new PoolUse(9, 8, 1, 0, 0, 0));
        assertThat(book.expire(999, 10)).isEmpty();
        assertThat(book.expire(1_000, 10)).hasSize(1);
        assertThat(pool.use()).isEqualTo(new PoolUse(9, 8, 0, 1, 0, 0));
        assertThat(book.own(client(1), book.pools())).isEqualTo(book.at(address));
        assertThat(choose(2)).isNotEqualTo(address);
        assertThat(book.choose(client(2), book.pools(), address)).isEqualTo(address);
        BindingChange taken = book.grant(binding(address, 2, 3_000), 2_000);
        assertThat(taken.kind()).isEqualTo(BindingChange.Kind.GRANTED);
        assertThat(taken.before()).isNotNull().returns(client(1), Binding::client);
        assertThat(book.own(client(1), book.pools())).isNull();
    }

    @Test
    void theSameClientGetsTheSameAddressAfterEverythingIsLost() {
        arrange(1, 200);
        int address = choose(7);
        BindingBook other = new BindingBook(4, 99);
        other.arrange(List.of(PoolShape.of("pool", address(1), address(200))), List.of());
        assertThat(other.choose(client(7), other.pools(), 0)).isEqualTo(address);
    }

    @Test
    void poolsAreUsedInTheirOrder() {
        book.arrange(
                List.of(PoolShape.of("a", address(1), address(2)), PoolShape.of("b", address(11), address(12))),
                List.of());
        List<AddressPool> order = List.of(book.pools().get(1), book.pools().get(0));
        for (int i = 0; i < 4; i++) {
            int chosen = book.choose(client(i), order, 0);
            assertThat(order.get(i / 2).contains(chosen)).isTrue();
            book.grant(binding(chosen, i, 100), 0);
        }
        assertThat(book.choose(client(9), order, 0)).isZero();
        assertThat(book.choose(client(9), List.of(), address(1))).isZero();
    }

    @Test
    void whenNothingIsFreeTheOldestEndedIsUsed() {
        arrange(1, 3);
        for (int i = 1; i <= 3; i++) {
            book.grant(binding(address(i), i, 1_000), 0);
        }
        assertThat(choose(9)).isZero();
        BindingChange second = Objects.requireNonNull(book.release(address(2), 10));
        BindingChange first = Objects.requireNonNull(book.release(address(1), 20));
        assertThat(choose(9)).isEqualTo(address(2));
        book.offer(address(2), client(9), 100);
        assertThat(choose(8)).isEqualTo(address(1));
        assertThat(book.own(client(2), book.pools())).isNull();
        book.expire(100, 10);
        assertThat(choose(8)).isEqualTo(address(2));
        book.revert(first);
        book.revert(second);
        assertThat(choose(9)).isZero();
        assertThat(book.activeCount()).isEqualTo(3);
        assertThat(book.expire(1_000, 10)).hasSize(3);
    }

    @Test
    void anOfferedAddressIsForNobodyElse() {
        AddressPool pool = arrange(1, 1);
        book.offer(address(1), client(1), 100);
        assertThat(choose(2)).isZero();
        assertThat(book.choose(client(2), book.pools(), address(1))).isZero();
        assertThat(book.choose(client(1), book.pools(), address(1))).isEqualTo(address(1));
        assertThat(book.offered(client(1), pool::contains)).isEqualTo(book.offerAt(address(1)));
        assertThat(book.nextEndMs()).isEqualTo(100);
        book.expire(99, 1);
        assertThat(choose(2)).isZero();
        book.expire(100, 1);
        assertThat(choose(2)).isEqualTo(address(1));
        book.offer(address(1), client(1), 200);
        book.withdraw(client(1), pool::contains);
        assertThat(pool.use()).isEqualTo(new PoolUse(1, 1, 0, 0, 0, 0));
    }

    @Test
    void theOfferEndsByTheGrant() {
        AddressPool pool = arrange(1, 3);
        book.offer(address(2), client(1), 100);
        assertThat(pool.use()).isEqualTo(new PoolUse(3, 2, 0, 0, 0, 1));
        book.grant(binding(address(2), 1, 50), 0);
        assertThat(pool.use()).isEqualTo(new PoolUse(3, 2, 1, 0, 0, 0));
        assertThat(book.offerCount()).isZero();
    }

    @Test
    void aFloodOfClientsLeavesOnlySoManyOffers() {
        AddressPool pool = arrange(1, 100_000);
        for (int i = 0; i < 50_000; i++) {
            book.offer(choose(i), client(i), 1_000 + i);
        }
        assertThat(book.offerCount()).isEqualTo(4);
        assertThat(book.offered(client(49_999), pool::contains)).isNotNull();
        assertThat(book.offered(client(49_995), pool::contains)).isNull();
        assertThat(pool.use()).isEqualTo(new PoolUse(100_000, 99_996, 0, 0, 0, 4));
    }

    @Test
    void oneClientHasOnlySoManyOffers() {
        BindingBook large = new BindingBook(100, 1);
        for (int i = 0; i < 50; i++) {
            large.offer(address(i), client(1), 1_000);
        }
        assertThat(large.offerCount()).isEqualTo(BindingBook.MAX_OFFERS_OF_CLIENT);
        assertThat(large.offerAt(address(49))).isNotNull();
        assertThat(large.offerAt(address(0))).isNull();
    }

    @Test
    void reservedAddressesAreNotHandedOut() {
        AddressPool pool = arrange(1, 2, address(1));
        assertThat(pool.size()).isEqualTo(2);
        assertThat(pool.free()).isEqualTo(1);
        assertThat(choose(1)).isEqualTo(address(2));
        assertThat(book.choose(client(1), book.pools(), address(1))).isEqualTo(address(2));
        book.grant(binding(address(2), 1, 100), 0);
        assertThat(choose(2)).isZero();
    }

    @Test
    void aReservationOfAHeldAddressWaitsForItsEnd() {
        arrange(1, 1);
        book.grant(binding(address(1), 1, 100), 0);
        AddressPool pool = arrange(1, 1, address(1));
        assertThat(book.own(client(1), book.pools())).isNotNull();
        assertThat(book.grant(binding(address(1), 1, 200), 50).kind()).isEqualTo(BindingChange.Kind.RENEWED);
        book.release(address(1), 60);
        assertThat(book.own(client(1), book.pools())).isNull();
        assertThat(choose(1)).isZero();
        assertThat(choose(2)).isZero();
        assertThat(book.isAvailable(address(1), client(1))).isFalse();
        arrange(1, 1);
        assertThat(choose(2)).isEqualTo(address(1));
        assertThat(book.pools()).containsExactly(pool);
    }

    @Test
    void bindingsSurviveTheirPool() {
        arrange(1, 3);
        book.grant(binding(address(2), 1, 100), 0);
        book.grant(binding(address(50), 2, 100), 0);
        book.offer(address(3), client(3), 100);
        book.arrange(List.of(), List.of());
        book.expire(100, 10);
        assertThat(book.at(address(2))).isNotNull().returns(LeaseState.EXPIRED, Binding::state);
        assertThat(book.own(client(2), address -> true)).isEqualTo(book.at(address(50)));
        AddressPool pool = arrange(2, 50);
        assertThat(pool.use()).isEqualTo(new PoolUse(49, 47, 0, 2, 0, 0));
        assertThat(book.oldestEnded(book.pools())).isIn(address(2), address(50));
    }

    @Test
    void poolsMustNotOverlap() {
        PoolShape a = PoolShape.of("a", 1, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> book.arrange(List.of(a, PoolShape.of("b", 5, 9)), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> book.arrange(List.of(a, PoolShape.of("a", 6, 9)), List.of()));
        assertThat(book.pools()).isEmpty();
        assertThat(book.poolOf(1)).isNull();
    }

    @Test
    void whatIsDeclinedIsSetAsideForATime() {
        AddressPool pool = arrange(1, 1);
        book.offer(address(1), client(1), 100);
        BindingChange change = book.decline(binding(address(1), 1, 0), 500, 10);
        assertThat(change.kind()).isEqualTo(BindingChange.Kind.DECLINED);
        assertThat(pool.use()).isEqualTo(new PoolUse(1, 0, 0, 0, 1, 0));
        assertThat(choose(1)).isZero();
        assertThat(book.choose(client(1), book.pools(), address(1))).isZero();
        assertThat(book.own(client(1), book.pools())).isNull();
        assertThat(book.expire(499, 10)).isEmpty();
        List<BindingChange> changes = book.expire(500, 10);
        assertThat(changes).extracting(BindingChange::kind).containsExactly(BindingChange.Kind.FORGOTTEN);
        assertThat(pool.use()).isEqualTo(new PoolUse(1, 1, 0, 0, 0, 0));
        book.revert(changes.getFirst());
        assertThat(pool.use()).isEqualTo(new PoolUse(1, 0, 0, 0, 1, 0));
        assertThat(book.expire(500, 10)).hasSize(1);
    }

    @Test
    void endsComeInTheirOrderAfterRenewals() {
        arrange(1, 10);
        for (int i = 1; i <= 5; i++) {
            book.grant(binding(address(i), i, 100 + i), 0);
        }
        book.grant(binding(address(1), 1, 300), 10);
        book.grant(binding(address(2), 2, 50), 10); // a shorter one
        book.grant(binding(address(3), 3, Binding.NEVER), 10);
        book.grant(binding(address(4), 4, 400), 10);
        book.grant(binding(address(4), 4, 250), 10);
        assertThat(ended(60, 9)).containsExactly(2);
        assertThat(ended(1_000, 2)).containsExactly(5, 4);
        assertThat(ended(1_000, 2)).containsExactly(1);
        assertThat(ended(Binding.NEVER - 1, 9)).isEmpty();
        assertThat(book.nextEndMs()).isEqualTo(Binding.NEVER);
        book.grant(binding(address(3), 3, 2_000), 10);
        assertThat(ended(2_000, 9)).containsExactly(3);
    }

    private List<Integer> ended(long nowMs, int max) {
        return book.expire(nowMs, max).stream()
                .map(change -> change.after().address() - address(0))
                .toList();
    }

    @Test
    void onlyWhoHoldsIt() {
        arrange(1, 3);
        book.grant(binding(address(1), 1, 100), 0);
        assertThatIllegalArgumentException().isThrownBy(() -> book.grant(binding(address(1), 2, 100), 0));
        Binding over = binding(address(2), 1, 100).ended(LeaseState.EXPIRED, 5);
        assertThatIllegalArgumentException().isThrownBy(() -> book.grant(over, 0));
        assertThat(book.release(address(2), 0)).isNull();
        assertThat(book.forget(address(2), 0)).isNull();
        assertThat(book.forget(address(1), 0)).isNotNull();
        assertThat(book.size()).isZero();
    }

    /** Too few, too many, or told too late: it is only a hint. */
    @Test
    void whateverWasExpectedAllIsFound() {
        for (int expected : new int[] {0, 1, 1_500, 40_000}) {
            BindingBook full = new BindingBook(1, 7);
            full.expect(expected);
            for (int i = 0; i < 10_000; i++) {
                full.restore(binding(address(i), i, 1_000 + i));
            }
            full.expect(expected);
            assertThat(full.size()).isEqualTo(10_000);
            for (int i = 0; i < 10_000; i++) {
                Binding binding = binding(address(i), i, 1_000 + i);
                assertThat(full.at(address(i))).isEqualTo(binding);
                assertThat(full.of(client(i))).containsExactly(binding);
            }
        }
    }

    @Test
    void thereIsOnlyTheBindingAfterItIsRestored() {
        AddressPool pool = arrange(1, 3);
        book.restore(binding(address(1), 1, 100));
        book.restore(binding(address(1), 2, 200));
        book.restore(binding(address(2), 3, 100).ended(LeaseState.RELEASED, 50));
        book.restore(binding(address(3), 3, 100).ended(LeaseState.FORGOTTEN, 50));
        assertThat(pool.use()).isEqualTo(new PoolUse(3, 1, 1, 1, 0, 0));
        assertThat(book.of(client(1))).isEmpty();
        assertThat(ended(150, 9)).isEmpty();
        assertThat(ended(200, 9)).containsExactly(1);
    }

    @Test
    void foundByHardwareAddressUnderAnyIdentifier() {
        ClientId named = ClientId.of(new byte[] {(byte) 0xff, 1, 2, 3});
        Binding first = binding(address(1), 1, 100);
        Binding second = new Binding(
                address(2),
                named,
                true,
                mac(1),
                LeaseState.ACTIVE,
                false,
                0,
                100,
                Binding.INFINITE_S,
                null,
                Traits.NONE,
                Octets.of(new byte[] {1, 1, 5}));
        book.countForLimits(true, true, address -> 0);
        book.grant(first, 0);
        book.grant(second, 0);
        book.grant(binding(address(3), 3, 100), 0);
        assertThat(book.of(mac(1))).containsExactlyInAnyOrder(first, second);
        assertThat(book.of(client(1))).containsExactly(first);
        assertThat(book.activeOf(mac(1))).isEqualTo(2);
        assertThat(book.activeBehind(Octets.of(new byte[] {1, 1, 5}), address(9)))
                .isEqualTo(1);
        assertThat(book.activeBehind(Octets.of(new byte[] {2, 1, 5}), address(9)))
                .isZero();
        assertThat(book.activeBehind(Octets.of(new byte[] {1, 9, 5}), address(9)))
                .isZero();
        book.release(address(1), 5);
        assertThat(book.activeOf(mac(1))).isEqualTo(1);
        assertThat(second.lifetimeS()).isEqualTo(Binding.INFINITE_S);
    }

    @Test
    void aClientWithManyAddressesIsNotLookedThroughAllOver() {
        book.arrange(List.of(PoolShape.of("pool", address(0), address(9_999))), List.of());
        List<BindingChange> changes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            changes.add(book.grant(binding(address(i), 1, 100_000 + i), 0));
            book.release(address(i), i);
        }
        assertThat(book.of(client(1))).hasSize(BindingBook.MAX_LOOKED_AT);
        assertThat(book.own(client(1), book.pools())).isEqualTo(book.at(address(9_999)));
        IntStream.range(0, 10_000).forEach(i -> book.revert(changes.get(9_999 - i)));
        assertThat(book.size()).isZero();
        assertThat(book.pools().getFirst().free()).isEqualTo(10_000);
    }

    @Test
    void renewalsDoNotMakeTheBookGrow() {
        arrange(1, 10);
        for (int i = 0; i < 100_000; i++) {
            book.grant(binding(address(1), 1, i % 2 == 0 ? 1_000 + i : 500_000 - i), 0);
        }
        assertThat(book.endsKept()).isEqualTo(1);
        assertThat(book.expire(1_000_000, 10)).hasSize(1);
        assertThat(book.endsKept()).isZero();
    }

    @Test
    void traitsAreSharedAsFarAsThereIsRoom() {
        TraitsTable table = new TraitsTable();
        Traits first = table.shared(new Traits("a", null, Octets.EMPTY));
        assertThat(table.shared(new Traits("a", null, Octets.EMPTY))).isSameAs(first);
        for (int i = 0; i < TraitsTable.MAX_SHARED * 2; i++) {
            Traits traits = new Traits("x" + i, null, Octets.EMPTY);
            assertThat(table.shared(traits)).isSameAs(traits);
        }
        assertThat(table.size()).isEqualTo(TraitsTable.MAX_SHARED);
        assertThat(table.shared(new Traits("a", null, Octets.EMPTY))).isSameAs(first);
    }

    @Test
    void whatWasBegunIsTakenBackAsAWhole() {
        AddressPool pool = arrange(1, 9);
        book.grant(binding(address(1), 1, 1_000), 0);
        Binding before = book.at(address(1));
        book.begin();
        book.release(address(1), 10);
        book.grant(binding(address(1), 2, 2_000), 10);
        book.grant(binding(address(2), 3, 2_000), 10);
        book.takeBack();
        book.end();
        assertThat(book.at(address(1))).isEqualTo(before);
        assertThat(book.at(address(2))).isNull();
        assertThat(pool.use()).isEqualTo(new PoolUse(9, 8, 1, 0, 0, 0));
    }

    @Test
    void whatEndedWellIsNotTakenBackWithWhatFollows() {
        arrange(1, 9);
        book.begin();
        book.grant(binding(address(1), 1, 1_000), 0);
        book.end();
        book.grant(binding(address(2), 2, 1_000), 0);
        book.begin();
        book.grant(binding(address(3), 3, 1_000), 0);
        book.takeBack();
        book.end();
        assertThat(book.at(address(1))).isNotNull();
        assertThat(book.at(address(2))).isNotNull();
        assertThat(book.at(address(3))).isNull();
    }
}
