package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.App;
import io.innkeeper.NothingToRun;
import io.innkeeper.StartException;
import io.innkeeper.cli.Commands;
import io.innkeeper.config.ConfigSources;
import io.innkeeper.ops.LogSetup;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole program watches a dnsmasq by its file and its bus, sees it lose its leases, and gives them back. */
@Tag("slow")
class RestoreCommandPeerTest {
    private static final String LAPTOP = "02:00:00:00:00:01";
    private static final String PHONE = "02:00:00:00:00:02";

    @TempDir
    private Path folder;

    private App app(RealDnsmasq dnsmasq, RealBus bus) throws StartException {
        List<String> settings = List.of(
                "store=sqlite:" + folder.resolve("innkeeper.db"),
                "api.listen=127.0.0.1:0",
                "log.console=off",
                "dnsmasq.name=peer",
                "dnsmasq.leases=" + dnsmasq.leases(),
                "dnsmasq.config=" + dnsmasq.config(),
                "dnsmasq.ethers=" + folder.resolve("ethers"),
                "dnsmasq.dbus.address=" + bus.address(),
                "dnsmasq.dbus.metrics=1s");
        return new App(
                new ConfigSources(null, Map.of(), settings),
                false,
                new LogSetup(OutputStream.nullOutputStream(), false));
    }

    private static String command(App app, String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = Commands.of(new NothingToRun(), Map.of());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", app.uri().toString()));
        int code = line.execute(all.toArray(new String[0]));
        line.getErr().flush();
        assertThat(code).as(out.toString()).isZero();
        return out.toString();
    }

    private static String get(HttpClient http, URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void whatTheFileLostComesBackAndWhatWasReleasedDoesNot() throws IOException, StartException, InterruptedException {
        try (Namespaces network = Namespaces.create("dnsmasq", "dbus-daemon", "busybox");
                RealBus bus = new RealBus(folder, "");
                RealDnsmasq dnsmasq = new RealDnsmasq(
                        network,
                        Files.createDirectory(folder.resolve("dnsmasq")),
                        List.of("enable-dbus"),
                        bus.environment());
                App app = app(dnsmasq, bus);
                HttpClient http = HttpClient.newHttpClient()) {
            network.addDevice("laptop", LAPTOP);
            network.addDevice("phone", PHONE);
            dnsmasq.start();
            app.start();
            try (Udhcpc laptop = new Udhcpc(network, folder, "laptop");
                    Udhcpc phone = new Udhcpc(network, folder, "phone")) {
                laptop.stay("laptop");
                phone.stay("phone");
                await("both leases")
                        .atMost(20, SECONDS)
                        .until(() -> command(app, "leases").matches("(?s).*laptop.*phone.*|.*phone.*laptop.*"));
                phone.release();
                await("one is released")
                        .atMost(20, SECONDS)
                        .until(() -> !command(app, "leases").contains(PHONE));
                List<String> before = dnsmasq.leaseLines();
                assertThat(before).anyMatch(line -> line.contains(LAPTOP)).noneMatch(line -> line.contains(PHONE));
                await("its counters")
                        .atMost(20, SECONDS)
                        .until(() -> get(http, app.uri().resolve("/api/v1/dnsmasq/peer/metrics"))
                                .matches(".*\"dhcp_release\":1.*"));
                assertThat(get(http, app.uri().resolve("/metrics")))
                        .containsPattern("innkeeper_dnsmasq_counter\\{name=\"dhcp_ack\",source=\"peer\"} [2-9]");

                dnsmasq.stop();
                Files.delete(dnsmasq.leases());
                dnsmasq.start();
                await("nothing stands any more")
                        .atMost(20, SECONDS)
                        .until(() -> !command(app, "leases").contains(LAPTOP));
                assertThat(command(app, "dnsmasq", "restore", "--dry-run"))
                        .contains(LAPTOP)
                        .contains("Would be: 1 given back to peer")
                        .doesNotContain(PHONE);
                assertThat(command(app, "dnsmasq", "restore")).contains("1 given back to peer, 0 there already");
                assertThat(dnsmasq.leaseLines())
                        .filteredOn(line -> !line.startsWith("duid"))
                        .singleElement()
                        .satisfies(line -> assertThat(line.split(" ")[2])
                                .isEqualTo(before.getFirst().split(" ")[2]));
                await("it is seen again")
                        .atMost(20, SECONDS)
                        .until(() -> command(app, "leases").contains(LAPTOP));
                assertThat(command(app, "dnsmasq", "restore")).contains("0 given back to peer, 1 there already");
            }
        }
    }
}
