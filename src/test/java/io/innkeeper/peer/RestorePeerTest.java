package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.feed.dnsmasq.bus.BusListener;
import io.innkeeper.feed.dnsmasq.bus.KnownLease;
import io.innkeeper.feed.dnsmasq.bus.Restore;
import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.service.Arguments;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.service.ServiceException;
import io.innkeeper.wire.dnsmasq.LeaseFile;
import io.innkeeper.wire.dnsmasq.LeaseLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real dnsmasq that lost its lease file is given its leases back, and goes on as if it had never lost them. */
@Tag("slow")
class RestorePeerTest {
    private static final String LAPTOP = "02:00:00:00:00:01";

    @TempDir
    private Path folder;

    private final Namespaces network = Namespaces.create("dnsmasq", "dbus-daemon", "busybox", "dhclient");
    private final List<KnownLease> known = new ArrayList<>();

    @AfterEach
    void noTraces() {
        network.close();
    }

    /** What a store has that watched the file. */
    private void remember(RealDnsmasq dnsmasq) throws IOException {
        for (LeaseLine line :
                LeaseFile.parse(Files.readAllBytes(dnsmasq.leases())).leases()) {
            LeaseFact fact = new LeaseFact(
                    line.address(),
                    line.mac(),
                    line.clientId(),
                    line.name(),
                    Expiry.at(Instant.ofEpochSecond(line.expires())),
                    line.iaid(),
                    line.temporary(),
                    Allocation.DYNAMIC,
                    null,
                    null,
                    Map.of());
            known.add(new KnownLease(
                    new Lease(LeaseSource.dnsmasq("home"), fact, LeaseState.RELEASED, Instant.now()), Instant.now()));
        }
    }

    private CommandResponse restore(RealBus bus, Path leases, boolean dry) throws ServiceException {
        SequencedMap<String, Restore.Target> targets = new LinkedHashMap<>();
        targets.put(
                "home",
                new Restore.Target(
                        new BusListener.Settings(
                                "home", bus.address(), "uk.org.thekelleys.dnsmasq", Duration.ofSeconds(30)),
                        leases));
        Restore restore = new Restore(() -> targets, (_, _) -> known, InstantSource.system());
        return restore.own().action().run(new Arguments(Map.of("dry_run", dry), "test"));
    }

    private static List<String> withoutDuid(RealDnsmasq dnsmasq) throws IOException {
        // The server makes a new DUID where it lost its own; what it gives back is the clients'.
        return dnsmasq.leaseLines().stream()
                .filter(line -> !line.startsWith("duid "))
                .map(line -> line.substring(line.indexOf(' ')))
                .toList();
    }

    @Test
    void leasesComeBackAsTheyWere() throws IOException, InterruptedException, ServiceException {
        network.addDevice("laptop", LAPTOP);
        try (RealBus bus = new RealBus(folder, "");
                RealDnsmasq dnsmasq = new RealDnsmasq(
                        network,
                        Files.createDirectory(folder.resolve("dnsmasq")),
                        List.of("enable-dbus"),
                        bus.environment());
                // A name of four octets: those behind it in the message must not become part of it.
                Udhcpc laptop = new Udhcpc(network, folder, "laptop");
                Dhclient six = new Dhclient(network, folder, 6, "laptop")) {
            dnsmasq.start();
            laptop.stay("opal");
            six.stay("opal-six");
            await("two leases")
                    .atMost(20, SECONDS)
                    .until(() -> withoutDuid(dnsmasq).size() == 2);
            remember(dnsmasq);
            List<String> before = withoutDuid(dnsmasq);
            long endsBefore = ends(dnsmasq);

            dnsmasq.stop();
            Files.delete(dnsmasq.leases());
            dnsmasq.start();
            assertThat(withoutDuid(dnsmasq)).isEmpty();

            CommandResponse plan = restore(bus, dnsmasq.leases(), true);
            assertThat(plan.data()).containsEntry("done", false).containsEntry("restored", 2);
            assertThat(withoutDuid(dnsmasq)).as("only a plan").isEmpty();

            CommandResponse done = restore(bus, dnsmasq.leases(), false);
            assertThat(done.data()).containsEntry("done", true).containsEntry("restored", 2);
            assertThat(withoutDuid(dnsmasq)).containsExactlyInAnyOrderElementsOf(before);
            assertThat(ends(dnsmasq)).isBetween(endsBefore - 2, endsBefore + 2);

            CommandResponse again = restore(bus, dnsmasq.leases(), false);
            assertThat(again.data()).containsEntry("restored", 0).containsEntry("stands", 2);

            String ack = "DHCPACK(lan) " + before.getFirst().split(" ")[2];
            int acksBefore = dnsmasq.said().split(Pattern.quote(ack), -1).length;
            laptop.renew();
            await("the client keeps its address")
                    .atMost(20, SECONDS)
                    .until(() -> dnsmasq.said().split(Pattern.quote(ack), -1).length > acksBefore);
            assertThat(withoutDuid(dnsmasq)).containsExactlyInAnyOrderElementsOf(before);
        }
    }

    private static long ends(RealDnsmasq dnsmasq) throws IOException {
        return Long.parseLong(dnsmasq.leaseLines().getFirst().split(" ")[0]);
    }

    @Test
    void withoutDnsmasqOrBusItSaysWhatToDo() throws IOException, ServiceException {
        try (RealBus bus = new RealBus(folder, "")) {
            CommandResponse absent = restore(bus, folder.resolve("none"), false);
            assertThat(absent.succeeded()).isFalse();
            assertThat(absent.message()).contains("enable-dbus");
            bus.stop();
            CommandResponse noBus = restore(bus, folder.resolve("none"), false);
            assertThat(noBus.message()).contains("the bus cannot be reached at " + bus.address());
        }
    }
}
