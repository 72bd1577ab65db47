package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.innkeeper.TestingApp;
import io.innkeeper.TestingDhcpClient;
import io.innkeeper.TestingDns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a real dnsmasq was asked, by its log file: on record once each, with who asked, also over restarts. */
@Tag("slow")
class DnsmasqQueriesPeerTest {
    private static final String LAPTOP = "02:00:00:00:00:07";
    private static final String LAPTOP_ADDRESS = "127.0.0.7";
    private static final long PATIENCE_SECONDS = 20;

    @TempDir
    private Path folders;

    private Path folder;
    private final int port = TestingDhcpClient.freePort();

    @BeforeEach
    void freshFolder() throws IOException {
        folder = Files.createTempDirectory(folders, "one");
    }

    private Path log() {
        return folder.resolve("queries.txt");
    }

    private Process dnsmasq(String logging) throws IOException {
        Namespaces.skipUnlessPossible("dnsmasq", "dnsmasq");
        Process process = new ProcessBuilder(
                        Programs.find("dnsmasq"),
                        "--keep-in-foreground",
                        "--user=root",
                        "--conf-file=/dev/null",
                        "--pid-file=",
                        "--port=" + port,
                        "--listen-address=127.0.0.1",
                        "--bind-interfaces",
                        "--no-resolv",
                        "--no-hosts",
                        "--address=/ads.example/0.0.0.0",
                        "--host-record=www.example,192.0.2.1",
                        "--local=/example/",
                        logging,
                        "--log-facility=" + log())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();
        await("dnsmasq serves").atMost(10, SECONDS).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("dnsmasq ended: " + Files.readString(folder.resolve("said.txt")));
            }
            return Files.exists(log()) && Files.readString(log()).contains("started, version");
        });
        return process;
    }

    private TestingApp app() {
        TestingApp app = TestingApp.start(folder, "dnsmasq.log.file=" + log(), "dnsmasq.log.start=beginning");
        app.leases(TestingApp.lease(LAPTOP, LAPTOP_ADDRESS, "laptop"));
        return app;
    }

    private static List<JsonNode> rows(TestingApp app, int wanted) {
        List<JsonNode> rows = new ArrayList<>();
        await("so many are on record").atMost(PATIENCE_SECONDS, SECONDS).until(() -> {
            rows.clear();
            var reply = app.get("api/v1/dns/queries?server=dnsmasq/home&limit=1000");
            if (reply.status() == 200) {
                reply.json().path("items").forEach(rows::add);
            }
            return rows.size() >= wanted;
        });
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"--log-queries=extra", "--log-queries"})
    void eachQueryIsOnRecordOnce(String logging) throws Exception {
        Process dnsmasq = dnsmasq(logging);
        try (TestingApp app = app()) {
            await("the lease is known")
                    .atMost(PATIENCE_SECONDS, SECONDS)
                    .until(() -> app.get("api/v1/devices/" + LAPTOP).status() == 200);
            TestingDns.ask(port, LAPTOP_ADDRESS, "www.example");
            TestingDns.ask(port, LAPTOP_ADDRESS, "x.ads.example");
            TestingDns.ask(port, "127.0.0.8", "nothing.example");
            List<JsonNode> rows = rows(app, 3);
            assertThat(rows)
                    .extracting(row -> row.path("name").asString() + " "
                            + row.path("client").asString() + " "
                            + row.path("step").asString() + " "
                            + row.path("rcode").asString())
                    .containsExactlyInAnyOrder(
                            "www.example 127.0.0.7 local NOERROR",
                            "x.ads.example 127.0.0.7 blocked NOERROR",
                            "nothing.example 127.0.0.8 local NXDOMAIN");
            assertThat(app.get("api/v1/dns/servers").json().path("items").toString())
                    .isEqualTo("[\"dnsmasq/home\"]");
            assertThat(app.get("api/v1/dns/queries?server=dnsmasq/other").status())
                    .isEqualTo(400);
            await("who asked").atMost(PATIENCE_SECONDS, SECONDS).until(() -> {
                TestingDns.ask(port, LAPTOP_ADDRESS, "www.example");
                return rows(app, 1).getFirst().path("device").asString("").equals(LAPTOP);
            });
        } finally {
            Programs.end(dnsmasq);
        }
    }

    @Test
    void nothingIsOnRecordTwiceAfterARestart() throws Exception {
        Process dnsmasq = dnsmasq("--log-queries=extra");
        try {
            try (TestingApp app = app()) {
                for (int i = 0; i < 20; i++) {
                    TestingDns.ask(port, LAPTOP_ADDRESS, "before" + i + ".example");
                }
                rows(app, 20);
            }
            for (int i = 0; i < 20; i++) {
                TestingDns.ask(port, LAPTOP_ADDRESS, "meanwhile" + i + ".example");
            }
            try (TestingApp app = app()) {
                TestingDns.ask(port, LAPTOP_ADDRESS, "after.example");
                assertThat(rows(app, 41).stream()
                                .map(row -> row.path("name").asString())
                                .collect(Collectors.toList()))
                        .hasSize(41)
                        .doesNotHaveDuplicates();
            }
        } finally {
            Programs.end(dnsmasq);
        }
    }

    @Test
    void thePageShowsThem() throws Exception {
        Process dnsmasq = dnsmasq("--log-queries=extra");
        try (RealBrowser browser = RealBrowser.start();
                TestingApp app = app()) {
            TestingDns.ask(port, LAPTOP_ADDRESS, "www.example");
            rows(app, 1);
            try (Page page = browser.open(new Browser.NewContextOptions().setViewportSize(1_280, 900))) {
                page.navigate(app.uri() + "#/dns");
                page.locator("tr.row[data-name=\"www.example\"]").waitFor();
                TestingDns.ask(port, LAPTOP_ADDRESS, "x.ads.example");
                Locator blocked = page.locator("tr.row[data-name=\"x.ads.example\"]");
                blocked.waitFor();
                assertThat(blocked.innerText()).contains("blocked").doesNotContain("Allow");
                assertThat(page.locator("nav.tabs").innerText()).contains("DNS");
                assertThat(page.locator("inn-dns-lists").count())
                        .as("lists are our own server's")
                        .isZero();
                browser.shoot(page, "dnsmasq-queries");
            }
            assertThat(browser.complaints).isEmpty();
        } finally {
            Programs.end(dnsmasq);
        }
    }
}
