package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.innkeeper.peer.EventTape.Told;
import io.innkeeper.view.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** dnsmasq calls our script, and its file says the same: one lease, one event, with what only the script knows. */
@Tag("slow")
class NotifyPeerTest {
    private static final String URL = "http://127.0.0.1:8067";
    private static final Path SHIPPED =
            Path.of(System.getProperty("innkeeper.root", "."), "packaging", "dnsmasq", "innkeeper-notify.sh");

    /** What a user might write where ours does not suit. */
    private static final String PLAIN = """
            #!/bin/sh
            exec curl -s -o /dev/null --max-time 5 "$INNKEEPER_URL/internal/v1/dnsmasq" \\
              --data-urlencode "action=$1" --data-urlencode "mac=$2" \\
              --data-urlencode "ip=$3" --data-urlencode "hostname=$4" \\
              --data-urlencode "DNSMASQ_REQUESTED_OPTIONS=$DNSMASQ_REQUESTED_OPTIONS" \\
              --data-urlencode "DNSMASQ_INTERFACE=$DNSMASQ_INTERFACE"
            """;

    @TempDir
    private Path folder;

    @Test
    void aScriptOfOneLine() throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("notify.sh"), PLAIN);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        scriptAndFileAgree(script);
    }

    @Test
    void theScriptWeShip() throws IOException, InterruptedException {
        assumeTrue(Files.exists(SHIPPED), "skipped: there is no " + SHIPPED);
        Path script = Files.copy(SHIPPED, folder.resolve("innkeeper-notify.sh"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        scriptAndFileAgree(script);
    }

    private void scriptAndFileAgree(Path script) throws IOException, InterruptedException {
        Path files = Files.createDirectory(folder.resolve("dnsmasq"));
        try (Namespaces network = Namespaces.create("dnsmasq", "busybox", "curl");
                RealDnsmasq dnsmasq = new RealDnsmasq(
                        network, files, List.of("dhcp-script=" + script), Map.of("INNKEEPER_URL", URL));
                InnkeeperProcess innkeeper = InnkeeperProcess.start(network.onServer(), folder, settings(dnsmasq));
                Udhcpc laptop = new Udhcpc(network, folder, Namespaces.CLIENT_INTERFACE)) {
            innkeeper.awaitPage();
            Process curl = new ProcessBuilder(
                            network.onServer(Programs.find("curl"), "-sN", URL + "/api/v1/events?after=0"))
                    .start();
            try (EventTape tape = new EventTape(curl.getInputStream())) {
                dnsmasq.start();
                laptop.stay("laptop");
                Told added = tape.next("lease.added", Duration.ofSeconds(20));
                String address = added.lease("address");
                await("what only the script knows")
                        .atMost(5, SECONDS)
                        .untilAsserted(() -> assertThat(details(network, address))
                                .containsEntry("interface", "lan")
                                .containsKey("requestedOptions"));
                laptop.release();
                assertThat(tape.next("lease.released", Duration.ofSeconds(5)).lease("address"))
                        .isEqualTo(address);
                // Longer than a word of the script waits for the file.
                tape.nothingMore(Duration.ofMillis(2_500));
            } finally {
                Programs.end(curl);
            }
        }
    }

    private List<String> settings(RealDnsmasq dnsmasq) {
        return List.of(
                "store=sqlite:" + folder.resolve("innkeeper.db"),
                "dnsmasq.name=peer",
                "dnsmasq.leases=" + dnsmasq.leases(),
                "dnsmasq.config=" + dnsmasq.config());
    }

    private static Map<String, String> details(Namespaces network, String address) {
        JsonNode lease = Json.MAPPER.readTree(
                Programs.run(network.onServer(Programs.find("curl"), "-s", URL + "/api/v1/leases/" + address)));
        Map<String, String> details = new TreeMap<>();
        lease.path("details")
                .properties()
                .forEach(entry -> details.put(entry.getKey(), entry.getValue().asString()));
        return details;
    }
}
