package io.innkeeper.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.lease.AddressPool;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Offer;
import io.innkeeper.lease.PoolShape;
import io.innkeeper.lease.Traits;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The book of bindings against one that looks at everything: any order of changes, and of taking them back. */
class BindingBookPropertyTest {
    private static final int ADDRESSES = 60;
    private static final int CLIENTS = 12;
    private static final int MAX_OFFERS = 5;
    private static final List<Octets> CIRCUITS =
            List.of(Octets.of(new byte[] {1, 1, 7}), Octets.of(new byte[] {2, 1, 9, 1, 1, 7}));

    @Test
    void answersAsOneThatLooksAtEverything() {
        Property.check(100, samples -> new Run(samples).go(150));
    }

    /** One sequence of operations. */
    private static final class Run {
        private final Samples samples;
        private final BindingBook book;
        private final NaiveBook naive = new NaiveBook();
        private final TreeMap<Integer, TreeMap<Integer, Binding>> snapshots = new TreeMap<>();
        private final List<BindingChange> changes = new ArrayList<>();
        private long now = 1_000;
        private boolean counting;

        Run(Samples samples) {
            this.samples = samples;
            book = new BindingBook(MAX_OFFERS, samples.below(1000));
        }

        void go(int steps) {
            arrange();
            for (int i = 0; i < steps; i++) {
                now += samples.below(4);
                step();
                check();
            }
        }

        private void step() {
            switch (samples.below(20)) {
                case 0 -> arrange();
                case 1 -> reserve();
                case 2, 3, 4 -> offer();
                case 5 -> withdraw();
                case 6, 7, 8, 9, 10 -> grant();
                case 11, 12 -> enter(book.release(address(), now));
                case 13 -> decline();
                case 14 -> enter(book.forget(address(), now));
                case 15 -> restore();
                case 16 -> countForLimits();
                case 17 -> revert();
                default -> expire();
            }
        }

        private int address() {
            return 1 + samples.below(ADDRESSES);
        }

        /** Some clients are their hardware address, others share one. */
        private static ClientId client(int number) {
            return number % 3 == 0
                    ? ClientId.of(new byte[] {9, 9, 9, 9, 9, 9, 9, 9, (byte) number})
                    : ClientId.ofHardware(mac(number));
        }

        private static MacAddress mac(int number) {
            return MacAddress.of(1, new byte[] {2, 0, 0, 0, 0, (byte) (number % 3 == 0 ? number % 2 : number)});
        }

        private Binding binding(int address, int client, LeaseState state) {
            long end = samples.oneIn(10) ? Binding.NEVER : now + samples.below(40);
            @Nullable MacAddress mac = client == 3 ? null : mac(client);
            Octets circuit = samples.oneIn(2) ? null : CIRCUITS.get(samples.below(2));
            return new Binding(
                    address, client(client), true, mac, state, false, now, end, 60, null, Traits.NONE, circuit);
        }

        private void arrange() {
            List<PoolShape> shapes = new ArrayList<>();
            for (int first = 1 + samples.below(10); first < ADDRESSES; ) {
                int last = first + samples.below(samples.oneIn(3) ? 40 : 8);
                List<PoolShape.Span> excluded = new ArrayList<>();
                while (samples.oneIn(2)) {
                    int from = first + samples.below(8) - 2;
                    excluded.add(new PoolShape.Span(Math.max(0, from), Math.max(0, from) + samples.below(4)));
                }
                shapes.add(new PoolShape("p" + shapes.size(), first, last, excluded));
                first = last + 1 + samples.below(6);
            }
            // Some pools stay as they were.
            naive.shapes = samples.oneIn(3) ? naive.shapes : shapes;
            book.arrange(naive.shapes, naive.reserved);
        }

        private void reserve() {
            naive.reserved = new TreeSet<>();
            while (!samples.oneIn(4)) {
                naive.reserved.add(address());
            }
            book.arrange(naive.shapes, naive.reserved);
        }

        private void offer() {
            ClientId client = client(samples.below(CLIENTS));
            List<AddressPool> among =
                    book.pools().stream().filter(pool -> !samples.oneIn(3)).toList();
            int requested = samples.oneIn(2) ? 0 : address();
            int chosen = book.choose(client, among, requested);
            assertThat(naive.choices(client, among, requested)).contains(chosen);
            if (chosen == 0) {
                return;
            }
            Offer offer = new Offer(chosen, client, now + samples.below(20), samples.oneIn(2));
            book.offer(offer);
            naive.offers.remove(chosen);
            if (naive.offers.size() >= MAX_OFFERS) {
                long earliest = naive.offers.values().stream()
                        .mapToLong(Offer::untilMs)
                        .min()
                        .orElseThrow();
                // Of several that end at the same time, any may go.
                naive.offers
                        .values()
                        .removeIf(other -> other.untilMs() == earliest && book.offerAt(other.address()) == null);
            }
            naive.offers.put(chosen, offer);
            assertThat(book.offered(client, address -> address == chosen)).isEqualTo(offer);
        }

        private void withdraw() {
            if (samples.oneIn(2)) {
                int address = address();
                book.withdraw(address);
                naive.offers.remove(address);
            } else {
                ClientId client = client(samples.below(CLIENTS));
                book.withdraw(client, address -> address < 30);
                naive.offers.values().removeIf(offer -> offer.client().equals(client) && offer.address() < 30);
            }
        }

        private void grant() {
            int number = samples.below(CLIENTS);
            ClientId client = client(number);
            Binding own = book.own(client, book.pools());
            int chosen = samples.oneIn(10)
                    ? address()
                    : own != null ? own.address() : book.choose(client, book.pools(), address());
            Binding before = naive.bindings.get(chosen);
            boolean held = before != null && before.isActive();
            if (chosen == 0 || (held && before != null && !before.client().equals(client))) {
                return;
            }
            BindingChange change = book.grant(binding(chosen, number, LeaseState.ACTIVE), now);
            naive.offers.remove(chosen);
            assertThat(change.kind()).isEqualTo(held ? BindingChange.Kind.RENEWED : BindingChange.Kind.GRANTED);
            enter(change);
        }

        private void decline() {
            int address = address();
            BindingChange change =
                    book.decline(binding(address, samples.below(CLIENTS), LeaseState.ACTIVE), now + 10, now);
            naive.offers.remove(address);
            enter(change);
        }

        private void restore() {
            LeaseState[] states = LeaseState.values();
            Binding binding = binding(address(), samples.below(CLIENTS), states[samples.below(states.length)]);
            book.restore(binding);
            naive.put(binding.address(), binding);
            changes.clear();
        }

        private void countForLimits() {
            counting = samples.oneIn(2);
            book.countForLimits(counting, counting, address -> address / 30);
        }

        private void expire() {
            List<Binding> over = naive.over(now);
            int max = 1 + samples.below(3);
            List<BindingChange> expired = book.expire(now, max);
            naive.offers.values().removeIf(offer -> offer.untilMs() <= now);
            assertThat(expired).hasSize(Math.min(max, over.size()));
            for (int i = 0; i < expired.size(); i++) {
                Binding before = Objects.requireNonNull(expired.get(i).before());
                assertThat(before).isIn(over);
                assertThat(before.endsAtMs()).isEqualTo(over.get(i).endsAtMs());
                enter(expired.get(i));
            }
        }

        private void enter(@Nullable BindingChange change) {
            if (change != null) {
                int address = change.after().address();
                assertThat(change.before()).isEqualTo(naive.bindings.get(address));
                snapshots.put(changes.size(), new TreeMap<>(naive.bindings));
                naive.put(address, change.after());
                changes.add(change);
            }
        }

        /** Takes some of the last changes back: all is as it was before them. */
        private void revert() {
            for (int i = samples.below(10); i > 0 && !changes.isEmpty(); i--) {
                BindingChange last = changes.removeLast();
                book.revert(last);
                naive.put(last.after().address(), last.before());
                assertThat(naive.bindings).isEqualTo(snapshots.get(changes.size()));
            }
        }

        private void check() {
            for (int address = 0; address <= ADDRESSES + 1; address++) {
                AddressPool pool = book.poolOf(address);
                same(book.at(address), naive.bindings.get(address));
                same(book.offerAt(address), naive.offers.get(address));
                same(pool == null ? null : pool.shape(), naive.poolOf(address));
                same(pool != null && pool.isFree(address), naive.free(address));
            }
            for (AddressPool pool : book.pools()) {
                assertThat(pool.use()).isEqualTo(naive.use(pool.shape()));
            }
            assertThat(naive.oldest(book.pools())).contains(book.oldestEnded(book.pools()));
            List<Binding> all = new ArrayList<>();
            book.forEach(all::add);
            assertThat(all).containsExactlyInAnyOrderElementsOf(naive.bindings.values());
            assertThat(book.size()).isEqualTo(all.size());
            assertThat(book.activeCount())
                    .isEqualTo(all.stream().filter(Binding::isActive).count());
            assertThat(book.offerCount()).isEqualTo(naive.offers.size()).isLessThanOrEqualTo(MAX_OFFERS);
            checkEnd(all);
            checkCircuits(all);
            for (int client = 0; client < CLIENTS; client++) {
                checkClient(client, all);
            }
        }

        /** Quicker than an assertion, of which there would be millions. */
        private static void same(@Nullable Object is, @Nullable Object should) {
            if (!Objects.equals(is, should)) {
                assertThat(is).isEqualTo(should);
            }
        }

        private void checkEnd(List<Binding> all) {
            long next = all.stream()
                    .filter(binding -> !binding.isEnded())
                    .mapToLong(Binding::endsAtMs)
                    .min()
                    .orElse(Binding.NEVER);
            assertThat(book.nextEndMs()).isLessThanOrEqualTo(next);
        }

        private void checkCircuits(List<Binding> all) {
            for (Octets circuit : CIRCUITS) {
                for (int network = 0; network <= ADDRESSES / 30; network++) {
                    int number = network;
                    long active = all.stream()
                            .filter(binding -> binding.isActive() && Objects.equals(circuit, binding.relayInfo()))
                            .filter(binding -> binding.address() / 30 == number)
                            .count();
                    assertThat(book.activeBehind(circuit, network * 30)).isEqualTo(counting ? (int) active : 0);
                }
            }
        }

        private void checkClient(int number, List<Binding> all) {
            ClientId client = client(number);
            MacAddress mac = mac(number);
            IntPredicate within = address -> address % 4 < 2;
            Binding own = book.own(client, within);
            List<Binding> mayBeOwn = naive.own(client, within);
            assertThat(own == null ? List.of() : List.of(own)).hasSize(Math.min(1, mayBeOwn.size()));
            assertThat(own == null || mayBeOwn.contains(own)).isTrue();
            assertThat(sorted(book.of(client)))
                    .isEqualTo(all.stream()
                            .filter(binding -> binding.client().equals(client))
                            .sorted(Comparator.comparingInt(Binding::address))
                            .toList());
            assertThat(sorted(book.of(mac)))
                    .isEqualTo(all.stream()
                            .filter(binding -> Objects.equals(mac, binding.mac()))
                            .sorted(Comparator.comparingInt(Binding::address))
                            .toList());
            long active = all.stream()
                    .filter(binding -> binding.isActive() && Objects.equals(mac, binding.mac()))
                    .count();
            assertThat(book.activeOf(mac)).isEqualTo(counting ? (int) active : 0);
        }

        private static List<Binding> sorted(List<Binding> bindings) {
            return bindings.stream()
                    .sorted(Comparator.comparingInt(Binding::address))
                    .toList();
        }
    }
}
