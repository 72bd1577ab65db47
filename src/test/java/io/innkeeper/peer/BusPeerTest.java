package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.feed.dnsmasq.Listener;
import io.innkeeper.feed.dnsmasq.Witness;
import io.innkeeper.feed.dnsmasq.Word;
import io.innkeeper.feed.dnsmasq.bus.BusListener;
import io.innkeeper.feed.dnsmasq.bus.BusMetrics;
import io.innkeeper.wire.dnsmasq.ScriptNotice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real dnsmasq says on a real D-Bus is heard: each lease once, in order, whoever restarts. */
@Tag("slow")
class BusPeerTest {
    private static final String LAPTOP = "02:00:00:00:00:01";
    private static final String PHONE = "02:00:00:00:00:02";
    private static final long PATIENCE_SECONDS = 20;

    @TempDir
    private Path folder;

    private final BlockingQueue<Word> words = new LinkedBlockingQueue<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Namespaces network = Namespaces.create("dnsmasq", "dbus-daemon", "dbus-send", "busybox", "dhclient");

    @AfterEach
    void noTraces() {
        network.close();
        assertThat(failures).isEmpty();
    }

    private RealDnsmasq dnsmasq(RealBus bus, String... lines) throws IOException {
        return new RealDnsmasq(
                network, Files.createDirectory(folder.resolve("dnsmasq")), List.of(lines), bus.environment());
    }

    private BusListener listener(RealBus bus, String service) {
        BusListener made = new BusListener(
                new BusListener.Settings("peer", bus.address(), service, Duration.ofMillis(100)),
                words::add,
                InstantSource.system());
        made.start(failures::add);
        return made;
    }

    private static void awaitState(BusListener listener, Listener.State state) {
        await("the listener is " + state)
                .atMost(PATIENCE_SECONDS, SECONDS)
                .until(() -> listener.status().state() == state);
    }

    private ScriptNotice heard(ScriptNotice.Action action) throws InterruptedException {
        Word word = words.poll(PATIENCE_SECONDS, SECONDS);
        assertThat(word).as("a word: " + action).isNotNull();
        assertThat(word.by()).isEqualTo(Witness.DBUS);
        assertThat(word.notice().action()).isEqualTo(action);
        assertThat(word.notice().source()).isEqualTo("peer");
        return word.notice();
    }

    @Test
    void leasesComeChangeAndGo() throws IOException, InterruptedException {
        try (RealBus bus = new RealBus(folder, "");
                BusListener listener = listener(bus, "uk.org.thekelleys.dnsmasq")) {
            awaitState(listener, Listener.State.WAITING);
            assertThat(listener.status().message()).contains("enable-dbus");
            network.addDevice("laptop", LAPTOP);
            network.addDevice("phone", PHONE);
            try (RealDnsmasq dnsmasq = dnsmasq(bus, "enable-dbus", "server=192.0.2.53");
                    Udhcpc laptop = new Udhcpc(network, folder, "laptop");
                    Udhcpc phone = new Udhcpc(network, folder, "phone");
                    Dhclient six = new Dhclient(network, folder, 6, "laptop")) {
                dnsmasq.start();
                awaitState(listener, Listener.State.LISTENING);
                laptop.stay("laptop");
                ScriptNotice added = heard(ScriptNotice.Action.ADD);
                assertThat(added.mac()).hasToString(LAPTOP);
                assertThat(added.address())
                        .hasToString(dnsmasq.leaseLines().getFirst().split(" ")[2]);
                // dnsmasq tells the name once it has it: with the lease, or as a change right after.
                String name = added.hostname() != null
                        ? added.hostname()
                        : heard(ScriptNotice.Action.OLD).hostname();
                assertThat(name).isEqualTo("laptop");

                phone.obtain("phone");
                assertThat(heard(ScriptNotice.Action.ADD).mac()).hasToString(PHONE);
                phone.obtain("new-phone");
                ScriptNotice changed = heard(ScriptNotice.Action.OLD);
                assertThat(changed.mac()).hasToString(PHONE);
                assertThat(changed.hostname()).isEqualTo("new-phone");

                laptop.release();
                ScriptNotice released = heard(ScriptNotice.Action.DEL);
                assertThat(released.address()).isEqualTo(added.address());

                six.stay("laptop-six");
                ScriptNotice sixth = heard(ScriptNotice.Action.ADD);
                assertThat(sixth.address()).asString().startsWith("fd00:77::1");
                assertThat(sixth.clientId()).as("the DUID").isNotNull();
                assertThat(sixth.mac()).isNull();

                countersAreTold(listener);
                assertThat(listener.status().taken()).isGreaterThanOrEqualTo(5);
                assertThat(listener.status().message()).isNull();
            }
            awaitState(listener, Listener.State.WAITING);
            assertThat(listener.metrics()).isEmpty();
        }
    }

    private static void countersAreTold(BusListener listener) {
        await("counters")
                .atMost(5, SECONDS)
                .until(() -> listener.metrics()
                        .map(now -> now.counters().getOrDefault("dhcp_ack", 0L) >= 3)
                        .orElse(false));
        BusMetrics counted = listener.metrics().orElseThrow();
        assertThat(counted.version()).startsWith("2.");
        assertThat(counted.counters()).containsKeys("dns_queries_forwarded", "leases_allocated_4");
        assertThat(counted.servers()).singleElement().satisfies(server -> {
            assertThat(server.address()).isEqualTo("192.0.2.53");
            assertThat(server.port()).isEqualTo(53);
            assertThat(server.counters()).containsEntry("queries", 0L);
        });
    }

    @Test
    void whoRestartsIsFoundAgain() throws IOException, InterruptedException {
        try (RealBus bus = new RealBus(folder, "");
                RealDnsmasq dnsmasq = dnsmasq(bus, "enable-dbus=org.example.dnsmasq");
                BusListener listener = listener(bus, "org.example.dnsmasq")) {
            network.addDevice("laptop", LAPTOP);
            dnsmasq.start();
            awaitState(listener, Listener.State.LISTENING);
            try (Udhcpc laptop = new Udhcpc(network, folder, "laptop")) {
                laptop.stay("laptop");
                heard(ScriptNotice.Action.ADD);
                dnsmasq.stop();
                awaitState(listener, Listener.State.WAITING);
                words.clear();
                dnsmasq.start();
                awaitState(listener, Listener.State.LISTENING);
                assertThat(heard(ScriptNotice.Action.OLD).mac())
                        .as("what it has, told when it starts")
                        .hasToString(LAPTOP);

                bus.stop();
                awaitState(listener, Listener.State.FAILING);
                dnsmasq.stop();
                words.clear();
                bus.start();
                awaitState(listener, Listener.State.WAITING);
                dnsmasq.start();
                awaitState(listener, Listener.State.LISTENING);
                assertThat(heard(ScriptNotice.Action.OLD).mac()).hasToString(LAPTOP);
                laptop.release();
                ScriptNotice last = words.poll(PATIENCE_SECONDS, SECONDS).notice();
                while (last.action() == ScriptNotice.Action.OLD) {
                    last = words.poll(PATIENCE_SECONDS, SECONDS).notice(); // it tells twice what it has
                }
                assertThat(last.action()).isEqualTo(ScriptNotice.Action.DEL);
            }
        }
    }

    @Test
    void whoOnlySpeaksLikeDnsmasqIsNotBelieved() throws IOException, InterruptedException {
        try (RealBus bus = new RealBus(folder, "<deny send_destination=\"uk.org.thekelleys.dnsmasq\"/>");
                RealDnsmasq dnsmasq = dnsmasq(bus, "enable-dbus");
                BusListener listener = listener(bus, "uk.org.thekelleys.dnsmasq")) {
            network.addDevice("laptop", LAPTOP);
            dnsmasq.start();
            awaitState(listener, Listener.State.LISTENING);
            Programs.run(
                    "dbus-send",
                    "--bus=" + bus.address(),
                    "--type=signal",
                    "/uk/org/thekelleys/dnsmasq",
                    "uk.org.thekelleys.dnsmasq.DhcpLeaseAdded",
                    "string:192.168.77.66",
                    "string:02:00:00:00:00:66",
                    "string:mallory");
            await("it is refused")
                    .atMost(PATIENCE_SECONDS, SECONDS)
                    .until(() -> listener.status().dropped() == 1);
            await("it may not call").atMost(PATIENCE_SECONDS, SECONDS).until(() -> {
                String message = listener.status().message();
                return message != null && message.contains("counters");
            });
            assertThat(listener.status().state()).isEqualTo(Listener.State.LISTENING);
            try (Udhcpc laptop = new Udhcpc(network, folder, "laptop")) {
                laptop.stay("laptop");
                assertThat(heard(ScriptNotice.Action.ADD).mac()).hasToString(LAPTOP);
            }
        }
    }
}
