package io.innkeeper.feed.rdk.v2;

import static io.innkeeper.feed.rdk.v2.TestingLine.hello;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.rdk.v2.Message;
import io.innkeeper.wire.rdk.v2.Message.Ack;
import io.innkeeper.wire.rdk.v2.Message.AckStatus;
import io.innkeeper.wire.rdk.v2.TestingReports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Told once, however often it comes; acknowledged when it is stored, and never before. */
class DeliveriesTest {
    private static final String READER = Deliveries.reader(TestingLine.SENDER, "erouter0");
    private static final Conversation.Terms TERMS = new Conversation.Terms(
            "ffeeddccbbaa99887766554433221100",
            1_000,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1));

    private final Map<String, Long> store = new HashMap<>();
    private final Doorkeeper door = new Doorkeeper(KeyRing.EMPTY);
    private Deliveries deliveries = deliveries(100);
    private int nonces;

    private Deliveries deliveries(int held) {
        return new Deliveries(
                reader -> store.containsKey(reader) ? OptionalLong.of(store.get(reader)) : OptionalLong.empty(),
                held,
                new WaitingReports(1_000, 1_000));
    }

    private TestingLine open() {
        TestingLine line = new TestingLine(new Conversation(TERMS, door, TestingLine.nonce(nonces++), 0));
        line.greet(hello(nonces++, 0), null, 0);
        return line;
    }

    private void tell(TestingLine line, long... sequences) {
        for (long sequence : sequences) {
            line.tell(0, TestingReports.report(sequence, TestingReports.sample("v4-bound")));
        }
        line.heard().forEach(heard -> deliveries.take(line.conversation, heard.report(), heard.age()));
    }

    private Delivery next(long sequence) {
        Delivery next = Objects.requireNonNull(deliveries.next());
        assertThat(next.report().sequence()).isEqualTo(sequence);
        return next;
    }

    private void stored(Delivery delivery) {
        store.put(delivery.reader(), delivery.report().sequence());
        deliveries.stored(delivery);
    }

    private static List<Ack> acks(TestingLine line) {
        return line.hears().stream()
                .flatMap(message -> ((Message.Acks) message).acks().stream())
                .toList();
    }

    private static Ack ack(long sequence, AckStatus status) {
        return new Ack("erouter0", sequence, status, "");
    }

    @Test
    void theAcknowledgementComesWithTheStore() {
        TestingLine line = open();
        tell(line, 1, 5);
        Delivery one = next(1);
        Delivery five = next(5);
        assertThat(acks(line)).isEmpty();
        stored(one);
        assertThat(acks(line)).containsExactly(ack(1, AckStatus.STORED));
        stored(five);
        assertThat(acks(line)).containsExactly(ack(5, AckStatus.STORED));
    }

    @Test
    void whatComesByTwoConnectionsIsToldOnceAndAcknowledgedToBoth() {
        TestingLine first = open();
        TestingLine second = open();
        tell(first, 1, 2);
        tell(second, 1, 2);
        Delivery one = next(1);
        Delivery two = next(2);
        assertThat(deliveries.next()).isNull();
        stored(one);
        assertThat(acks(second)).containsExactly(ack(1, AckStatus.DUPLICATE));
        stored(two);
        assertThat(acks(second)).containsExactly(ack(2, AckStatus.DUPLICATE));
        assertThat(acks(first)).containsExactly(ack(2, AckStatus.STORED));
        tell(second, 2);
        assertThat(acks(second)).containsExactly(ack(2, AckStatus.DUPLICATE));
        assertThat(second.conversation.unacknowledged()).isZero();
    }

    @Test
    void aRestartForgetsNothingThatIsStored() {
        TestingLine before = open();
        tell(before, 1, 2);
        stored(next(1));
        deliveries = deliveries(100);
        TestingLine after = open();
        tell(after, 1, 2);
        assertThat(acks(after)).containsExactly(ack(1, AckStatus.DUPLICATE));
        stored(next(2));
        assertThat(store).containsEntry(READER, 2L);
    }

    @Test
    void whatIsForgottenHereTheStoreRemembers() {
        deliveries = deliveries(3);
        TestingLine line = open();
        for (int i = 0; i < 10; i++) {
            Message.Report report =
                    TestingReports.report(7, "wan" + i, Message.Priority.BULK, TestingReports.sample("v4-bound"));
            deliveries.take(line.conversation, report, Duration.ZERO);
            stored(next(7));
        }
        assertThat(deliveries.courses()).isLessThanOrEqualTo(3);
        deliveries.take(
                line.conversation,
                TestingReports.report(7, "wan0", Message.Priority.BULK, TestingReports.sample("v4-bound")),
                Duration.ZERO);
        assertThat(deliveries.next()).isNull();
    }

    /** Senders, connections that break, stores that take their time, monitors that start anew: in any order. */
    @Test
    void everythingArrivesOnceAndInOrder() {
        Property.check(300, samples -> new House(samples).live());
    }

    /** Two senders that say everything until it is acknowledged, and a monitor that stores slowly and is killed. */
    private final class House {
        private static final int EACH = 30;

        private final Samples chance;
        private final List<Teller> tellers = new ArrayList<>();
        private final List<Delivery> underWay = new ArrayList<>();
        private final Map<String, List<Long>> told = new HashMap<>();

        House(Samples chance) {
            this.chance = chance;
            store.clear();
            deliveries = deliveries(2);
            for (String sender : List.of(TestingLine.SENDER, "f".repeat(32))) {
                tellers.add(new Teller(sender, "wan0"));
                tellers.add(new Teller(sender, "wan1"));
            }
        }

        void live() {
            while (tellers.stream().anyMatch(teller -> teller.acknowledged < EACH)) {
                switch (chance.below(10)) {
                    case 0, 1, 2, 3 -> tellers.get(chance.below(4)).tell(1 + chance.below(6));
                    case 4, 5, 6, 7 -> store();
                    case 8 -> tellers.get(chance.below(4)).line = null;
                    default -> kill(chance.oneIn(10));
                }
            }
            List<Long> all = new ArrayList<>();
            for (long i = 1; i <= EACH; i++) {
                all.add(i);
            }
            assertThat(told.values()).hasSize(4).allMatch(all::equals);
        }

        private void store() {
            for (Delivery next = deliveries.next(); next != null; next = deliveries.next()) {
                underWay.add(next);
            }
            for (int left = chance.below(6); left > 0 && !underWay.isEmpty(); left--) {
                Delivery first = underWay.removeFirst();
                told.computeIfAbsent(first.reader(), _ -> new ArrayList<>())
                        .add(first.report().sequence());
                stored(first);
            }
        }

        /** What is under way is lost, and nobody heard of it. */
        private void kill(boolean really) {
            if (really) {
                underWay.clear();
                deliveries = deliveries(2);
                tellers.forEach(teller -> teller.line = null);
            }
        }

        /** One interface of one sender. */
        private final class Teller {
            final String sender;
            final String ifname;

            @Nullable
            TestingLine line;

            long said;
            long acknowledged;

            Teller(String sender, String ifname) {
                this.sender = sender;
                this.ifname = ifname;
            }

            void tell(int count) {
                TestingLine open = line;
                if (open == null) {
                    open = new TestingLine(new Conversation(TERMS, door, TestingLine.nonce(nonces++), 0));
                    open.greet(new Message.Hello(Message.VERSION, sender, "", TestingLine.nonce(nonces++), 0), null, 0);
                    line = open;
                    said = acknowledged;
                }
                hear(open);
                for (int i = 0; i < count && said < EACH; i++) {
                    Message.Report report = TestingReports.report(
                            ++said, ifname, Message.Priority.RENEW, TestingReports.sample("v4-bound"));
                    deliveries.take(open.conversation, report, Duration.ZERO);
                }
            }

            private void hear(TestingLine open) {
                for (Ack ack : acks(open)) {
                    assertThat(ack.status()).isNotEqualTo(AckStatus.REJECTED);
                    assertThat(store.get(Deliveries.reader(sender, ifname)))
                            .as("what is acknowledged is stored")
                            .isGreaterThanOrEqualTo(ack.sequence());
                    acknowledged = Math.max(acknowledged, ack.sequence());
                }
            }
        }
    }
}
