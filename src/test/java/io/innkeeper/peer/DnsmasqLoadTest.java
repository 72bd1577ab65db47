package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.StartException;
import io.innkeeper.peer.EventTape.Told;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients at once: dnsmasq rewrites its file all the time, and still each lease is told once. */
@Tag("slow")
class DnsmasqLoadTest {
    private static final int CLIENTS = 30;

    @TempDir
    private Path folder;

    @Test
    void everyLeaseIsToldOnce() throws IOException, InterruptedException, StartException, ExecutionException {
        List<Udhcpc> clients = new ArrayList<>();
        try (WatchedNetwork watched = new WatchedNetwork(folder)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(watched.udhcpc("guest" + i, "02:00:00:00:01:%02x".formatted(i)));
            }
            allAtOnce(i -> clients.get(i).obtain("guest-" + i));
            await("all leases are told")
                    .atMost(10, SECONDS)
                    .until(() -> watched.tape.aboutLeases().size() >= CLIENTS);
            watched.tape.aboutLeases().forEach(told -> assertThat(told.type()).isEqualTo("lease.added"));
            assertThat(addresses(watched.tape.aboutLeases())).hasSize(CLIENTS).isEqualTo(inFile(watched));

            // All come back; every third goes while the others come.
            allAtOnce(i -> {
                if (i % 3 == 0) {
                    clients.get(i).stay("guest-" + i);
                    clients.get(i).release();
                } else {
                    clients.get(i).obtain("guest-" + i);
                }
            });
            await("those who left are not in the file")
                    .atMost(5, SECONDS)
                    .until(() -> inFile(watched).size() == CLIENTS - CLIENTS / 3);
            await("those who left are told")
                    .atMost(15, SECONDS)
                    .until(() -> present(watched.tape.aboutLeases()).equals(inFile(watched)));
            List<Told> story = watched.tape.aboutLeases();
            assertThat(story)
                    .filteredOn(told -> told.type().equals("lease.added"))
                    .hasSize(CLIENTS);
            assertThat(story)
                    .filteredOn(told -> told.type().equals("lease.released"))
                    .hasSize(CLIENTS / 3);
            assertThat(story).extracting(Told::type).isSubsetOf("lease.added", "lease.renewed", "lease.released");
        }
    }

    /** What one client does. */
    private interface Visit {
        void by(int client) throws IOException;
    }

    private static void allAtOnce(Visit visit) throws InterruptedException, ExecutionException {
        List<Callable<Void>> visits = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            visits.add(() -> {
                visit.by(client);
                return null;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done : threads.invokeAll(visits)) {
                done.get();
            }
        }
    }

    private static Set<String> addresses(List<Told> events) {
        Set<String> addresses = new TreeSet<>();
        events.forEach(told -> addresses.add(told.lease("address")));
        return addresses;
    }

    private static Set<String> inFile(WatchedNetwork watched) throws IOException {
        Set<String> addresses = new TreeSet<>();
        for (String line : watched.dnsmasq.leaseLines()) {
            if (!line.startsWith("duid")) {
                addresses.add(line.split(" ")[2]);
            }
        }
        return addresses;
    }

    /** Who is there, if one believes the events; they must make sense. */
    private static Set<String> present(List<Told> events) {
        Set<String> present = new HashSet<>();
        for (Told told : events) {
            String address = told.lease("address");
            switch (told.type()) {
                case "lease.added" ->
                    assertThat(present.add(address)).as("%s is new", address).isTrue();
                case "lease.released", "lease.expired" ->
                    assertThat(present.remove(address))
                            .as("%s was there", address)
                            .isTrue();
                default -> assertThat(present).contains(address);
            }
        }
        return present;
    }
}
