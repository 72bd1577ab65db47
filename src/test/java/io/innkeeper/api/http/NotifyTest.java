package io.innkeeper.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.TestingApp;
import io.innkeeper.TestingApp.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The endpoint that dnsmasq's script calls, and who may call what. */
class NotifyTest {
    private static final String PATH = "internal/v1/dnsmasq";
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    private Path folder;

    private TestingApp app;

    @BeforeEach
    void start() {
        app = TestingApp.start(folder);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private void awaitLease(String address, String hostname) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(app.get("api/v1/leases/" + address)
                                .json()
                                .path("hostname")
                                .asString(""))
                        .isEqualTo(hostname));
    }

    @Test
    void aNoticeBecomesALeaseInEveryForm() {
        Reply json = app.send(
                "POST",
                PATH,
                "{\"action\":\"add\",\"mac\":\"02:00:00:00:00:01\",\"ip\":\"192.168.1.101\",\"hostname\":\"json\","
                        + "\"variables\":{\"DNSMASQ_LEASE_EXPIRES\":\"1999999999\",\"DNSMASQ_TAGS\":\"known\"}}");
        assertThat(json.status()).isEqualTo(202);
        assertThat(json.json().path("status").asString()).isEqualTo("accepted");
        assertThat(json.json().path("source").asString()).isEqualTo("home");
        Reply form = app.send(
                "POST",
                PATH,
                "action=add&mac=02%3A00%3A00%3a00:00:02&ip=192.168.1.102&hostname=f%C3%B6rm+x&DNSMASQ_LEASE_EXPIRES=1999999999",
                "Content-Type",
                FORM);
        assertThat(form.status()).as(form.body()).isEqualTo(202);
        Reply curl = app.send(
                "POST",
                PATH,
                "{\"action\":\"add\",\"mac\":\"02:00:00:00:00:03\",\"ip\":\"192.168.1.103\",\"hostname\":\"curl\"}",
                "Content-Type",
                FORM);
        assertThat(curl.status()).isEqualTo(202);
        awaitLease("192.168.1.101", "json");
        awaitLease("192.168.1.102", "förm x");
        awaitLease("192.168.1.103", "curl");
        assertThat(app.get("api/v1/leases/192.168.1.101")
                        .json()
                        .path("details")
                        .path("tags")
                        .asString())
                .isEqualTo("known");
        assertThat(app.eventTypes())
                .filteredOn(type -> type.equals("lease.added"))
                .hasSize(3);
    }

    @Test
    void wildNumbersOfAScriptBreakNothing() {
        int host = 101;
        for (String variable :
                new String[] {"DNSMASQ_LEASE_EXPIRES", "DNSMASQ_LEASE_LENGTH", "DNSMASQ_TIME_REMAINING"}) {
            assertThat(app.send("POST", PATH, wild(host++, variable)).status()).isEqualTo(202);
        }
        for (int i = 101; i < host; i++) {
            awaitLease("192.168.1." + i, "h");
        }
        assertThat(app.send("POST", PATH, wild(host, "DNSMASQ_IAID")).wrongFields())
                .containsExactly("DNSMASQ_IAID");
        assertThat(app.get("health/ready").status()).isEqualTo(200);
        app.send("POST", PATH, "{\"action\":\"del\",\"mac\":\"02:00:00:00:00:01\",\"ip\":\"192.168.1.102\"}");
        await().until(() -> app.get("api/v1/leases/192.168.1.102").status() == 404);
    }

    private static String wild(int host, String variable) {
        return "{\"action\":\"add\",\"mac\":\"02:00:00:00:00:01\",\"ip\":\"192.168.1." + host
                + "\",\"hostname\":\"h\",\"" + variable + "\":\"999999999999999999\"}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"action\":\"add\",\"mac\":\"02:00:00:00:00:01\"} | ip",
                "{\"ip\":\"192.168.1.101\"} | action",
                "{\"action\":\"add\",\"mac\":\"zz\",\"ip\":\"x\",\"DNSMASQ_LEASE_EXPIRES\":\"soon\"} | mac ip DNSMASQ_LEASE_EXPIRES",
                "{\"action\":\"add\",\"mac\":\"02:00:00:00:00:01\",\"ip\":\"192.168.1.1\",\"source\":\"guest\"} | source",
                "{\"action\":{},\"ip\":[]} | action",
                "nonsense | body",
                "'' | body",
            })
    void everyWrongFieldIsNamed(String body, String fields) {
        Reply reply = app.send("POST", PATH, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.wrongFields()).containsExactlyInAnyOrder(fields.split(" "));
    }

    @Test
    void actionsOfLaterVersionsAndEmptyOnesAreTaken() {
        for (String action : new String[] {"init", "tftp", "relay-snoop", "arp-del", "something-new"}) {
            assertThat(app.send("POST", PATH, "{\"action\":\"" + action + "\"}").status())
                    .as(action)
                    .isEqualTo(202);
        }
    }

    @Test
    void tooMuchIsRefused() {
        assertThat(app.send("POST", PATH, "{\"action\":\"" + "x".repeat(DnsmasqRoutes.MAX_BODY) + "\"}")
                        .status())
                .isEqualTo(413);
        Reply fields = app.send("POST", PATH, "a=b&".repeat(5_000) + "action=add", "Content-Type", FORM);
        assertThat(fields.status()).isEqualTo(400);
        StringBuilder many = new StringBuilder("{\"action\":\"init\"");
        for (int i = 0; i < 200; i++) {
            many.append(",\"f").append(i).append("\":1");
        }
        assertThat(app.send("POST", PATH, many.append('}').toString()).wrongFields())
                .containsExactly("body");
    }

    @Test
    void onlyConfiguredNetworksMayCall() throws IOException {
        app.close();
        TestingApp.write(
                folder.resolve("innkeeper.yaml"),
                TestingApp.yaml(folder, "api: {listen: \"[::1]:0\", notify-from: [\"::1/128\"]}\n"));
        app = TestingApp.start(folder);
        assertThat(app.send("POST", PATH, "{\"action\":\"init\"}").status()).isEqualTo(202);
        Reply changed = app.send("PATCH", "api/v1/config", "{\"api\":{\"notify-from\":[\"172.17.0.0/16\"]}}");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        Reply refused = app.send("POST", PATH, "{\"action\":\"init\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("detail").asString()).contains("::1").contains("api.notify-from");
    }

    /** Sends a request as no library would, and returns the whole answer. */
    private String raw(String request) throws IOException {
        URI uri = app.uri();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void foreignPagesAreKeptOut() throws IOException {
        String rebound = raw("GET /api/v1/leases HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        assertThat(rebound)
                .startsWith("HTTP/1.1 403")
                .contains("application/problem+json")
                .contains("api.allowed-hosts");
        assertThat(app.send("POST", PATH, "{\"action\":\"init\"}", "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(app.send("POST", PATH, "action=init", "Content-Type", FORM, "Origin", "null")
                        .status())
                .isEqualTo(403);
        assertThat(app.send("POST", PATH, "action=init", "Content-Type", FORM, "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(app.get("api/v1/leases", "Sec-Fetch-Site", "cross-site").status())
                .isEqualTo(403);
        assertThat(app.get("api/v1/events", "Origin", "https://evil.example").status())
                .isEqualTo(403);
        assertThat(app.get("", "Sec-Fetch-Site", "cross-site").status())
                .as("a link")
                .isEqualTo(200);
        String own = "http://" + app.uri().getAuthority();
        assertThat(app.send("POST", PATH, "{\"action\":\"init\"}", "Origin", own)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void anAllowedPageGetsCors() {
        String origin = "https://dash.example";
        assertThat(app.get("api/v1/leases", "Origin", origin).status()).isEqualTo(403);
        app.send("PATCH", "api/v1/config", "{\"api\":{\"cors\":[\"" + origin + "\"]}}");
        Reply allowed = app.get("api/v1/leases", "Origin", origin);
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.header("access-control-allow-origin")).isEqualTo(origin);
        assertThat(allowed.header("vary")).isEqualTo("Origin");
        Reply preflight = app.send("OPTIONS", "api/v1/devices/02:00:00:00:00:01", null, "Origin", origin);
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("access-control-allow-methods")).isEqualTo("GET, PATCH");
        assertThat(preflight.header("access-control-allow-headers"))
                .contains("Content-Type")
                .contains("Last-Event-ID");
        assertThat(app.send("OPTIONS", "api/v1/nothing", null, "Origin", origin).status())
                .isEqualTo(404);
        assertThat(app.send("OPTIONS", "api/v1/leases", null, "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whereSeveralAreWatchedANoticeMustSayWhose() {
        app.close();
        app = TestingApp.start(folder, "dnsmasq.lab.leases=" + folder.resolve("lab.leases"));
        String lease = "\"action\":\"add\",\"mac\":\"02:00:00:00:00:07\",\"ip\":\"192.168.1.107\"";
        Reply nobodys = app.send("POST", PATH, "{" + lease + "}");
        assertThat(nobodys.status()).isEqualTo(400);
        assertThat(nobodys.json().path("errors").path(0).path("field").asString())
                .isEqualTo("source");
        assertThat(nobodys.body()).contains("home", "lab");
        assertThat(app.send("POST", PATH, "{" + lease + ",\"source\":\"lab\"}").status())
                .isEqualTo(202);
    }

    @Test
    void whatIsNoHttpIsAProblemToo() throws IOException {
        assertThat(raw("GET /x y HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET / HTTP/1.1\r\n\r\n")).as("no Host").startsWith("HTTP/1.1 400");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("application/problem+json");
        assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(app.get("health/live").status()).isEqualTo(200);
    }
}
