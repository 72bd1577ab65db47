package io.innkeeper.feed.rdk.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.rdk.v2.Message;
import io.innkeeper.wire.rdk.v2.Message.Priority;
import io.innkeeper.wire.rdk.v2.TestingReports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who goes first. */
class WaitingReportsTest {
    private final Conversation nobody = new Conversation(
            new Conversation.Terms("", 1, Duration.ZERO, Duration.ZERO, Duration.ZERO),
            new Doorkeeper(KeyRing.EMPTY),
            "",
            0);
    private long arrivals;

    private Delivery delivery(String ifname, Priority priority) {
        Message.Report report =
                TestingReports.report(arrivals + 1, ifname, priority, TestingReports.sample("v4-bound"));
        return new Delivery(nobody, "reader", report, Duration.ZERO, arrivals++);
    }

    private static List<String> all(WaitingReports waiting) {
        List<String> order = new ArrayList<>();
        for (Delivery next = waiting.next(); next != null; next = waiting.next()) {
            order.add(next.ifname() + " " + next.report().priority().text());
        }
        return order;
    }

    @Test
    void expiryOvertakesBulkOfOtherInterfacesAndNotOfItsOwn() {
        WaitingReports waiting = new WaitingReports(100, 100);
        waiting.add(delivery("bulky", Priority.BULK));
        waiting.add(delivery("bulky", Priority.BULK));
        waiting.add(delivery("renewing", Priority.RENEW));
        waiting.add(delivery("ending", Priority.BULK));
        waiting.add(delivery("ending", Priority.EXPIRY));
        assertThat(all(waiting))
                .containsExactly("ending bulk", "ending expiry", "renewing renew", "bulky bulk", "bulky bulk");
        assertThat(waiting.waiting()).isZero();
        assertThat(waiting.underWay()).isEqualTo(5);
    }

    @Test
    void whatIsEquallyUrgentGoesAsItCame() {
        WaitingReports waiting = new WaitingReports(100, 100);
        waiting.add(delivery("b", Priority.RENEW));
        waiting.add(delivery("a", Priority.RENEW));
        waiting.add(delivery("b", Priority.RENEW));
        assertThat(all(waiting)).containsExactly("b renew", "a renew", "b renew");
    }

    @Test
    void nobodyWaitsForEver() {
        WaitingReports waiting = new WaitingReports(1_000, 1_000);
        waiting.add(delivery("patient", Priority.BULK));
        for (int i = 0; i < 20; i++) {
            waiting.add(delivery("urgent", Priority.EXPIRY));
        }
        assertThat(all(waiting).indexOf("patient bulk")).isEqualTo(WaitingReports.FAIR - 1);
    }

    @Test
    void slotsAreForAllAndNotForOne() {
        WaitingReports waiting = new WaitingReports(3, 2);
        List<Delivery> slow = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            slow.add(delivery("slow", Priority.EXPIRY));
            waiting.add(slow.getLast());
        }
        waiting.add(delivery("other", Priority.BULK));
        waiting.add(delivery("third", Priority.BULK));
        assertThat(all(waiting)).containsExactly("slow expiry", "slow expiry", "other bulk");
        waiting.arrived(slow.getFirst());
        assertThat(all(waiting)).containsExactly("slow expiry");
        waiting.arrived(slow.get(1));
        waiting.arrived(slow.get(2));
        assertThat(all(waiting)).containsExactly("third bulk");
    }

    @Test
    void whereThereIsNoRoomItWaitsForRoomAndKeepsItsOrder() {
        WaitingReports waiting = new WaitingReports(100, 100);
        Delivery first = delivery("full", Priority.EXPIRY);
        waiting.add(first);
        waiting.add(delivery("full", Priority.BULK));
        waiting.add(delivery("other", Priority.BULK));
        assertThat(waiting.next()).isEqualTo(first);
        waiting.held(first);
        assertThat(all(waiting)).containsExactly("other bulk");
        waiting.add(delivery("full", Priority.EXPIRY));
        assertThat(waiting.next()).isNull();
        waiting.room("full");
        assertThat(all(waiting)).containsExactly("full expiry", "full bulk", "full expiry");
    }
}
