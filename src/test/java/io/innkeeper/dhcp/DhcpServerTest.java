package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.BindingStore;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Traits;
import io.innkeeper.scenario.PlanText;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.Malformed;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order of the loop: decide all, store once, then answer; and nothing of it where it cannot be stored. */
class DhcpServerTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final String POOL = """
            subnet 192.168.1.0/24
            pool 192.168.1.100-192.168.1.109
            """;
    private static final int SERVER = ModesKit.ip("192.168.1.2");
    private static final Arrival LAN =
            new Arrival(new Arrival.Link(2, "eth0", List.of(SERVER)), 0, 68, ModesKit.ip("255.255.255.255"));

    private final TestingPorts ports = new TestingPorts();
    private final TestingStore store = new TestingStore();
    private final TestingStatistics statistics = new TestingStatistics();
    private final TestingNews news = new TestingNews();
    private final List<Throwable> broken = new CopyOnWriteArrayList<>();
    private final AtomicLong nowMs = new AtomicLong(NOW);
    private final BindingBook book = new BindingBook(1_000, 7);
    private final DhcpEngine engine = new DhcpEngine(book, PlanText.of(POOL));
    private final DhcpServer server = new DhcpServer(
            ports,
            engine,
            store,
            new ProbeQueue(),
            new PassingOn(news, List::of, List.of(), List.of()),
            new Watch(news, List.of()),
            statistics,
            () -> Instant.ofEpochMilli(nowMs.get()),
            broken::add);

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
        assertThat(ports.closed).isTrue();
        assertThat(broken).isEmpty();
        assertThat(statistics.faults).hasValue(0);
    }

    @Test
    void theChangesOfABatchAreStoredAtOnceAndThenAnswered() throws InterruptedException {
        List<TestingPorts.Incoming> requests = new ArrayList<>();
        for (int client = 1; client <= 5; client++) {
            requests.add(TestingPorts.packet(request(client, offered(client)), LAN));
        }
        ports.come(requests);
        for (int client = 1; client <= 5; client++) {
            assertThat(next().message().type()).isEqualTo(MessageType.ACK);
        }
        assertThat(store.commits)
                .singleElement()
                .satisfies(changes -> assertThat(changes)
                        .hasSize(5)
                        .extracting(BindingChange::kind)
                        .containsOnly(BindingChange.Kind.GRANTED));
    }

    @Test
    void nothingIsAnsweredThatCannotBeStoredAndTheBookIsTakenBack() throws Exception {
        int address = offered(1);
        store.full = true;
        ports.come(request(1, address), LAN);
        statistics.awaitCommitFailure();
        assertThat(server.trouble()).contains("no space left");
        assertThat(ports.waiting()).isZero();
        assertThat(held(address)).isNull();

        store.full = false;
        ports.come(request(1, address), LAN);
        assertThat(next().message().type()).isEqualTo(MessageType.ACK);
        assertThat(server.trouble()).isNull();
        assertThat(Objects.requireNonNull(held(address)).isActive()).isTrue();
    }

    @Test
    void anOfferNeedsNoStore() throws InterruptedException {
        store.full = true;
        assertThat(offered(1)).isNotZero();
        assertThat(store.commits).isEmpty();
    }

    @Test
    void aQuestionThatChangesSomethingIsAnsweredOnceItIsStored() throws Exception {
        int address = offered(1);
        ports.come(request(1, address), LAN);
        next();
        store.full = true;
        CompletableFuture<Boolean> refused = server.ask(DhcpServerTest.release(address));
        assertThatThrownBy(() -> refused.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("no space left");
        assertThat(Objects.requireNonNull(held(address)).isActive()).isTrue();

        store.full = false;
        assertThat(server.ask(DhcpServerTest.release(address)).get(10, TimeUnit.SECONDS))
                .isTrue();
        assertThat(store.commits.getLast())
                .extracting(BindingChange::kind)
                .containsExactly(BindingChange.Kind.RELEASED);
    }

    @Test
    void whatCannotBeReadOrIsNotServedIsCountedAndTheRestGoesOn() throws InterruptedException {
        ports.come(List.of(
                new TestingPorts.Incoming(Octets.of(new byte[100]), LAN),
                TestingPorts.packet(discover(1), null),
                TestingPorts.packet(discover(2), LAN)));
        assertThat(next().message().type()).isEqualTo(MessageType.OFFER);
        assertThat(statistics.malformed).containsExactly(Malformed.TRUNCATED);
        assertThat(statistics.foreign).hasValue(1);
    }

    @Test
    void afterTheEndQuestionsAreRefused() {
        server.close();
        assertThatThrownBy(() -> server.ask((_, _) -> Answering.Answer.of(1)).get(10, TimeUnit.SECONDS))
                .hasMessageContaining("closed");
    }

    @Test
    void aRefusalIsToldOnce() throws InterruptedException {
        for (int client = 1; client <= 12; client++) {
            ports.come(discover(client), LAN);
            if (client <= 10) {
                next();
            }
        }
        assertThat(Objects.requireNonNull(news.refusals.poll(10, TimeUnit.SECONDS))
                        .verdict())
                .isEqualTo(Outcome.Verdict.NO_ADDRESS);
    }

    @Test
    void whereNobodyAsksItIsTriedByItselfWhetherThereIsSpaceAgain() throws Exception {
        int address = offered(1);
        store.full = true;
        ports.come(request(1, address), LAN);
        statistics.awaitCommitFailure();
        store.full = false;
        aTurn();
        assertThat(server.trouble()).contains("no space left");
        assertThat(store.commits).isEmpty();

        nowMs.addAndGet(DhcpServer.RETRY_MS);
        aTurn();
        assertThat(server.trouble()).isNull();
        assertThat(store.commits).singleElement().satisfies(changes -> {
            BindingBook restored = new BindingBook(1, 7);
            changes.forEach(change -> restored.restore(change.after()));
            assertThat(restored.size()).isZero();
        });
        nowMs.addAndGet(DhcpServer.RETRY_MS);
        aTurn();
        assertThat(store.commits).hasSize(1);
    }

    @Test
    void whatIsTriedWhileItFailsIsTriedAgainLater() throws Exception {
        store.full = true;
        ports.come(request(1, offered(1)), LAN);
        statistics.awaitCommitFailure();
        nowMs.addAndGet(DhcpServer.RETRY_MS);
        aTurn();
        assertThat(server.trouble()).contains("no space left");
        store.full = false;
        nowMs.addAndGet(DhcpServer.RETRY_MS);
        aTurn();
        assertThat(server.trouble()).isNull();
    }

    @Test
    void aFaultInTheMiddleOfAQuestionLeavesNothingInTheBook() throws Exception {
        int address = offered(1);
        ports.come(request(1, address), LAN);
        next();
        CompletableFuture<Boolean> faulty = server.ask((asked, now) -> {
            asked.book().release(address, now);
            throw new IllegalStateException("a fault after the change");
        });
        assertThatThrownBy(() -> faulty.get(10, TimeUnit.SECONDS)).hasMessageContaining("a fault after the change");
        assertThat(Objects.requireNonNull(held(address)).isActive()).isTrue();
        assertThat(store.commits).hasSize(1);
    }

    @Test
    void aReplyThatCannotBeWrittenStopsNobodyElse() throws Exception {
        ports.breaksFor = 1;
        ports.come(List.of(TestingPorts.packet(discover(1), LAN), TestingPorts.packet(discover(2), LAN)));
        assertThat(next().message().xid()).isEqualTo(2);
        assertThat(statistics.faults).hasValue(1);
        statistics.faults.set(0);
    }

    @Test
    void aPlanThatCannotBeAdoptedLeavesTheOldOneInForce() throws Exception {
        int address = offered(1);
        Plan broken = PlanText.of("""
                subnet 192.168.1.0/24
                pool 192.168.1.100-192.168.1.109
                pool 192.168.1.200-192.168.1.209 class=none-such
                """);
        assertThatThrownBy(() -> server.plan(broken).get(10, TimeUnit.SECONDS)).hasMessageContaining("none-such");
        ports.come(request(1, address), LAN);
        assertThat(next().message().type()).isEqualTo(MessageType.ACK);
        assertThat(offered(2)).isBetween(ModesKit.ip("192.168.1.100"), ModesKit.ip("192.168.1.109"));
        assertThat(engine.book().pools()).hasSize(1);
        assertThat(server.plan(PlanText.of(POOL)).get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aPlanDoesNotWaitForTheStore() throws Exception {
        int address = offered(1);
        ports.come(request(1, address), LAN);
        next();
        store.full = true;
        nowMs.addAndGet(100_000_000);
        assertThat(server.plan(PlanText.of(POOL)).get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void ofManyLeasesThatEndAtOnceAllEndWithoutWaitingForPackets() throws Exception {
        server.ask((asked, now) -> {
                    for (int i = 0; i < 1_000; i++) {
                        book.restore(lease(ModesKit.ip("10.0.0.0") + i, i, now + 1_000));
                    }
                    return Answering.Answer.of(true);
                })
                .get(10, TimeUnit.SECONDS);
        nowMs.addAndGet(2_000);
        int ended = 0;
        while (ended < 1_000) {
            ended += Objects.requireNonNull(store.next.poll(10, TimeUnit.SECONDS), "all end")
                    .size();
        }
        assertThat(server.ask((asked, now) -> Answering.Answer.of(book.activeCount()))
                        .get(10, TimeUnit.SECONDS))
                .isZero();
    }

    private static Binding lease(int address, int client, long endsAtMs) {
        return new Binding(
                address,
                ClientId.ofHardware(mac(client)),
                false,
                mac(client),
                LeaseState.ACTIVE,
                false,
                NOW,
                endsAtMs,
                1,
                null,
                Traits.NONE,
                null);
    }

    /** Returns when the loop went round once. */
    private void aTurn() throws Exception {
        // What a question is answered in is not over before the next one is.
        for (int i = 0; i < 2; i++) {
            server.ask((_, _) -> Answering.Answer.of(true)).get(10, TimeUnit.SECONDS);
        }
    }

    private static Answering.Question<Boolean> release(int address) {
        return (engine, nowMs) -> {
            BindingChange change = engine.book().release(address, nowMs);
            return new Answering.Answer<>(change == null ? List.of() : List.of(change), change != null);
        };
    }

    private @Nullable Binding held(int address) throws Exception {
        return server.ask((asked, _) -> Answering.Answer.of(
                        java.util.Optional.ofNullable(asked.book().at(address))))
                .get(10, TimeUnit.SECONDS)
                .orElse(null);
    }

    private TestingPorts.Sent next() throws InterruptedException {
        return Objects.requireNonNull(ports.next(), "a reply within ten seconds");
    }

    private int offered(int client) throws InterruptedException {
        ports.come(discover(client), LAN);
        return next().message().yiaddr();
    }

    private static MacAddress mac(int client) {
        return ModesKit.mac(client);
    }

    private static DhcpMessage discover(int client) {
        return ModesKit.request(MessageType.DISCOVER, draft -> {
            draft.chaddr = mac(client);
            draft.xid = client;
        });
    }

    private static DhcpMessage request(int client, int address) {
        return ModesKit.request(MessageType.REQUEST, draft -> {
            draft.chaddr = mac(client);
            draft.xid = client;
            draft.options.put(OptionCode.REQUESTED_ADDRESS, address);
            draft.options.put(OptionCode.SERVER_ID, SERVER);
        });
    }

    /** A store that keeps in memory what is committed, until it is full. */
    private static final class TestingStore implements BindingStore {
        final List<List<BindingChange>> commits = new CopyOnWriteArrayList<>();
        final BlockingQueue<List<BindingChange>> next = new LinkedBlockingQueue<>();
        volatile boolean full;

        @Override
        public void commit(List<BindingChange> changes) throws NotStoredException {
            if (full) {
                throw new NotStoredException("no space left on device", new IOException());
            }
            commits.add(List.copyOf(changes));
            next.add(List.copyOf(changes));
        }
    }

    private static final class TestingNews implements News {
        final BlockingQueue<Refusal> refusals = new LinkedBlockingQueue<>();

        @Override
        public void refused(Refusal refusal) {
            refusals.add(refusal);
        }

        @Override
        public void rogue(RogueFinding finding) {}

        @Override
        public void learned(LeaseReport report) {}
    }

    private static final class TestingStatistics implements DhcpStatistics {
        final List<Malformed> malformed = new CopyOnWriteArrayList<>();
        final AtomicInteger faults = new AtomicInteger();
        final AtomicInteger foreign = new AtomicInteger();
        private final BlockingQueue<Boolean> failures = new LinkedBlockingQueue<>();

        void awaitCommitFailure() throws InterruptedException {
            assertThat(failures.poll(10, TimeUnit.SECONDS)).isNotNull();
        }

        @Override
        public void decided(@Nullable MessageType type, Outcome.Verdict verdict) {}

        @Override
        public void malformed(Malformed reason) {
            malformed.add(reason);
        }

        @Override
        public void foreignInterface() {
            foreign.incrementAndGet();
        }

        @Override
        public void handled(int packets, long nanos) {}

        @Override
        public void committed(int changes, long nanos) {}

        @Override
        public void commitFailed() {
            failures.add(true);
        }

        @Override
        public void sent(int replies, int failed) {}

        @Override
        public void fault() {
            faults.incrementAndGet();
        }
    }
}
