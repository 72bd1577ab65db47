package io.innkeeper.feed.rdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.feed.MsgType;
import io.innkeeper.feed.ReadPlace;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.PluginMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lanes: order within an interface, no interface held up by another, ends that nobody tells, limits. */
class InterfaceRouterTest {
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

    private final TestingSink sink = new TestingSink();
    private final MonitorCounts counts = new MonitorCounts();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<String> roomy = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> became = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private InterfaceRouter router = router(10, Set.of(), List.of());

    private InterfaceRouter router(int queue, Set<String> known, List<Lease> leases) {
        ClientNews news = new ClientNews() {
            @Override
            public void told4(String ifname, MsgType type, Dhcpv4Client.Shown shown, Instant at) {
                told.add(ifname + " " + type);
            }

            @Override
            public void told6(String ifname, MsgType type, Dhcpv6Client.Shown shown, Instant at) {
                told.add(ifname + " " + type);
            }

            @Override
            public void heard(PluginMessage message, String outcome, int version, Instant at) {
                became.add(message.ifname() + " " + outcome + " " + version);
            }

            @Override
            public void processed(long nanos) {
                assertThat(nanos).isNotNegative();
            }
        };
        InterfaceRouter made = new InterfaceRouter(
                new InterfaceRouter.Settings(Compatibility.NONE, queue, 3, known),
                new InterfaceRouter.World(sink, news, counts, now::get, failures::add),
                leases);
        made.onRoom(roomy::add);
        return made;
    }

    private void instead(InterfaceRouter other) {
        router.close();
        router = other;
    }

    @AfterEach
    void close() {
        router.close();
        assertThat(failures).isEmpty();
    }

    private static PluginMessage bound(String ifname, String address) {
        return PluginWords.of(ifname, "bound", Map.of("ip", address, "lease", "60"));
    }

    @Test
    void theOrderOfAnInterfaceIsKept() {
        instead(router(1_000, Set.of(), List.of()));
        for (int i = 0; i < 200; i++) {
            assertThat(router.offer(bound("wan" + i % 2, "10.0.0." + i))).isTrue();
        }
        await().until(() -> sink.reports.size() == 200);
        for (int i = 0; i < 200; i++) {
            assertThat(sink.of("wan" + i % 2).get(i / 2).seen().getFirst().address())
                    .hasToString("10.0.0." + i);
        }
    }

    @Test
    void anInterfaceThatIsHeldUpHoldsUpNoOther() {
        sink.holdUp("slow");
        int taken = 0;
        while (router.offer(bound("slow", "10.0.0." + taken))) {
            taken++;
        }
        // Those that wait, and at most those that its thread has taken already.
        assertThat(taken).isBetween(10, 20);
        assertThat(router.offer(bound("fast", "10.1.0.1"))).isTrue();
        await().until(() -> sink.of("fast").size() == 1);
        assertThat(sink.of("slow")).isEmpty();
        assertThat(roomy).isEmpty();
        sink.letGo("slow");
        int all = taken;
        await().until(() -> sink.of("slow").size() == all);
        await().until(() -> roomy.contains("slow"));
    }

    @Test
    void whatWaitsIsHandedOnTogetherAndEachHearsForItselfThatItIsStored() {
        instead(router(100, Set.of(), List.of()));
        List<String> stored = new CopyOnWriteArrayList<>();
        sink.holdUp("wan0");
        for (int i = 0; i < 50; i++) {
            String place = String.valueOf(i);
            Receipt receipt = new Receipt(new ReadPlace("rdk2/x/wan0", place), () -> stored.add(place));
            assertThat(router.offer(bound("wan0", "10.0.0." + i), i % 2 == 0 ? receipt : null))
                    .isTrue();
        }
        sink.letGo("wan0");
        await().until(() -> sink.clientReports.size() == 50);
        assertThat(sink.pieces).hasSizeLessThan(40);
        assertThat(sink.pieces.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
        assertThat(stored).hasSize(25).startsWith("0", "2", "4").endsWith("46", "48");
        assertThat(sink.clientReports.get(48).places()).containsExactly(new ReadPlace("rdk2/x/wan0", "48"));
        assertThat(sink.clientReports.get(49).places()).isEmpty();
    }

    @Test
    void anEndThatNobodyTellsIsNoticed() {
        instead(router(10, Set.of(), List.of(stored(START.minusSeconds(61)))));
        await().until(() -> told.contains("wan0 DEL"));
        assertThat(sink.of("wan0").getFirst().gone()).hasSize(1);
        assertThat(sink.of("wan0").getFirst().via()).isEqualTo("time");
    }

    private static Lease stored(Instant heardAt) {
        return new Lease(
                LeaseSource.rdk("wan0"),
                LeaseDetails.of((Dhcpv4PluginMessage) bound("wan0", "10.0.0.1"), heardAt),
                LeaseState.ACTIVE,
                heardAt);
    }

    @Test
    void whatTheStoreHoldsIsRenewed() {
        instead(router(10, Set.of(), List.of(stored(START.minusSeconds(5)))));
        assertThat(router.states().getFirst().v4().phase()).isEqualTo(Phase.BOUND);
        router.offer(bound("wan0", "10.0.0.1"));
        await().until(() -> told.contains("wan0 RENEW"));
        assertThat(told).containsExactly("wan0 RENEW");
    }

    @Test
    void furtherInterfacesAndUnknownOnesAreCounted() {
        for (String ifname : List.of("a", "b", "c", "d", "e")) {
            assertThat(router.offer(bound(ifname, "10.0.0.1"))).isTrue();
        }
        assertThat(counts.ofInterface(MonitorCounts.OTHERS)).containsEntry("too-many-interfaces", 2L);
        instead(router(10, Set.of("wan0"), List.of()));
        router.offer(bound("a", "10.0.0.1"));
        assertThat(counts.ofInterface(MonitorCounts.OTHERS)).containsEntry("unknown-interface", 1L);
        assertThat(router.states()).isEmpty();
    }

    @Test
    void whatWaitsIsDealtWithBeforeTheEnd() {
        for (int i = 0; i < 10; i++) {
            router.offer(bound("wan0", "10.0.0." + i));
        }
        router.close();
        assertThat(sink.of("wan0")).hasSize(10);
    }
}
