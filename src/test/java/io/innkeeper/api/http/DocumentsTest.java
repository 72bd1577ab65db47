package io.innkeeper.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.TestingApp;
import io.innkeeper.TestingApp.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the program says of itself: OpenAPI, metrics, and the page's own headers. */
class DocumentsTest {
    private static final String DNS = "/api/v1/dns/";
    private static final Pattern UPLINKS = Pattern.compile("/api/v1/(lease-monitor|tr181)");
    private static final String INSTALLATIONS = "/api/v1/installations";

    @TempDir
    private static Path folder;

    private static TestingApp app;

    @BeforeAll
    static void start() {
        app = TestingApp.start(folder, "metrics.per-lease=true");
        app.leases(TestingApp.lease("00:11:32:00:00:01", "192.168.1.2", "nas"));
        org.awaitility.Awaitility.await()
                .until(() -> app.get("api/v1/leases").json().path("items").size() == 1);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void theOpenApiDocumentListsEveryRoute() {
        JsonNode document = app.get("openapi.json").json();
        assertThat(document.path("openapi").asString()).startsWith("3.1.");
        assertThat(document.path("info").path("title").asString()).isEqualTo("Innkeeper");
        assertThat(document.path("info").path("version").asString()).isNotBlank();
        assertThat(operations(document)
                        .filter(operation -> !operation.contains(DNS)
                                && !operation.contains(INSTALLATIONS)
                                && !UPLINKS.matcher(operation).find()))
                .containsExactlyInAnyOrder(
                        "get /api/v1/leases",
                        "get /api/v1/leases/history",
                        "get /api/v1/leases/{address}",
                        "delete /api/v1/leases/{address}",
                        "get /api/v1/reservations",
                        "post /api/v1/reservations",
                        "post /api/v1/reservations/import",
                        "get /api/v1/reservations/{id}",
                        "put /api/v1/reservations/{id}",
                        "delete /api/v1/reservations/{id}",
                        "get /api/v1/dhcp4/subnets",
                        "get /api/v1/dhcp4/explain",
                        "get /api/v1/dhcp4/shadow",
                        "get /api/v1/dhcp4/takeover",
                        "post /api/v1/dhcp4/takeover",
                        "get /api/v1/dhcp4/takeover/config",
                        "get /api/v1/dhcp4/statistics",
                        "get /api/v1/dhcp4/exceptions",
                        "post /api/v1/dhcp4/exceptions",
                        "delete /api/v1/dhcp4/exceptions/{id}",
                        "get /api/v1/devices",
                        "get /api/v1/devices/{mac}",
                        "patch /api/v1/devices/{mac}",
                        "get /api/v1/devices/{mac}/timeline",
                        "post /api/v1/devices/{mac}/wake",
                        "get /api/v1/systems",
                        "get /api/v1/systems/{mac}/hostname",
                        "put /api/v1/systems/{mac}/hostname",
                        "delete /api/v1/systems/{mac}/hostname",
                        "get /api/v1/map",
                        "get /api/v1/events",
                        "get /api/v1/services",
                        "get /api/v1/services/{name}",
                        "get /api/v1/services/{name}/commands",
                        "post /api/v1/services/{name}/commands",
                        "get /api/v1/config",
                        "patch /api/v1/config",
                        "post /api/v1/config/check",
                        "post /api/v1/config/reload",
                        "get /api/v1/config/schema",
                        "post /internal/v1/dnsmasq",
                        "get /api/v1/dnsmasq/{name}/metrics",
                        "get /api/v1/status",
                        "get /health/live",
                        "get /health/ready",
                        "get /metrics",
                        "get /openapi.json");
    }

    @Test
    void theOpenApiDocumentListsTheRoutesOfUplinks() {
        assertThat(operations(app.get("openapi.json").json())
                        .filter(operation -> UPLINKS.matcher(operation).find()))
                .containsExactlyInAnyOrder(
                        "get /api/v1/lease-monitor",
                        "get /api/v1/lease-monitor/messages",
                        "get /api/v1/tr181",
                        "get /api/v1/tr181/{path}",
                        "post /api/v1/tr181/{path}");
    }

    @Test
    void theOpenApiDocumentListsTheRoutesOfInstallations() {
        assertThat(operations(app.get("openapi.json").json()).filter(operation -> operation.contains(INSTALLATIONS)))
                .containsExactlyInAnyOrder(
                        "get /api/v1/installations",
                        "post /api/v1/installations",
                        "get /api/v1/installations/profiles",
                        "get /api/v1/installations/dnsmasq.conf",
                        "get /api/v1/installations/dnsmasq.hosts",
                        "get /api/v1/installations/{mac}",
                        "delete /api/v1/installations/{mac}",
                        "post /api/v1/installations/{mac}/ended");
    }

    @Test
    void theOpenApiDocumentListsTheRoutesOfTheDnsServer() {
        assertThat(operations(app.get("openapi.json").json()).filter(operation -> operation.contains(DNS)))
                .containsExactlyInAnyOrder(
                        "get /api/v1/dns/status",
                        "get /api/v1/dns/explain",
                        "post /api/v1/dns/cache/flush",
                        "get /api/v1/dns/servers",
                        "get /api/v1/dns/queries",
                        "delete /api/v1/dns/queries",
                        "get /api/v1/dns/queries/stream",
                        "get /api/v1/dns/statistics",
                        "get /api/v1/dns/lists",
                        "patch /api/v1/dns/lists/{name}",
                        "post /api/v1/dns/lists/{name}/refresh",
                        "get /api/v1/dns/exceptions",
                        "post /api/v1/dns/exceptions",
                        "delete /api/v1/dns/exceptions/{id}");
    }

    private static Stream<String> operations(JsonNode document) {
        List<String> operations = new ArrayList<>();
        document.path("paths")
                .forEachEntry((path, methods) ->
                        methods.propertyNames().forEach(method -> operations.add(method + " " + path)));
        return operations.stream();
    }

    @Test
    void theOpenApiDocumentIsWellFormed() {
        JsonNode document = app.get("openapi.json").json();
        Set<String> ids = new HashSet<>();
        document.path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> {
                    String where = method + " " + path;
                    assertThat(operation.path("summary").asString()).as(where).isNotBlank();
                    assertThat(ids.add(operation.path("operationId").asString()))
                            .as("unique id of %s", where)
                            .isTrue();
                    assertThat(operation.path("responses").size()).as(where).isGreaterThanOrEqualTo(2);
                    operation.path("responses").forEachEntry((status, response) -> {
                        assertThat(status).as(where).matches("[1-5]\\d\\d|default");
                        assertThat(response.path("description").asString())
                                .as(where)
                                .isNotBlank();
                    });
                    List<String> inPath = new ArrayList<>();
                    operation.path("parameters").forEach(parameter -> {
                        assertThat(parameter.path("schema").isObject())
                                .as(where)
                                .isTrue();
                        if (parameter.path("in").asString().equals("path")) {
                            assertThat(parameter.path("required").asBoolean())
                                    .as(where)
                                    .isTrue();
                            inPath.add(parameter.path("name").asString());
                        }
                    });
                    Matcher varying = Pattern.compile("\\{(\\w+)}").matcher(path);
                    assertThat(inPath)
                            .as(where)
                            .isEqualTo(varying.results()
                                    .map(found -> found.group(1))
                                    .toList());
                }));
    }

    @Test
    void theOpenApiDocumentDefinesWhatItRefersTo() {
        JsonNode document = app.get("openapi.json").json();
        Set<String> known =
                new HashSet<>(document.path("components").path("schemas").propertyNames());
        Matcher references = Pattern.compile("\"\\$ref\":\"([^\"]+)\"").matcher(document.toString());
        Set<String> used = new HashSet<>();
        while (references.find()) {
            assertThat(references.group(1)).startsWith("#/components/schemas/");
            used.add(references.group(1).substring("#/components/schemas/".length()));
        }
        assertThat(known).isEqualTo(used);
        assertThat(document.path("components")
                        .path("schemas")
                        .path("DevicePatch")
                        .path("required")
                        .size())
                .isZero();
        assertThat(document.path("components")
                        .path("schemas")
                        .path("NoticeBody")
                        .path("required")
                        .toString())
                .isEqualTo("[\"action\"]");
        assertThat(document.path("components")
                        .path("schemas")
                        .path("LeaseView")
                        .path("required")
                        .size())
                .isGreaterThan(15);
    }

    @Test
    void theConfigurationSchemaIsServed() {
        JsonNode schema = app.get("api/v1/config/schema").json();
        assertThat(schema.path("$schema").asString()).contains("2020-12");
        assertThat(schema.path("properties").propertyNames()).contains("api", "store", "dnsmasq");
    }

    @Test
    void metricsKeepTheirRules() {
        app.get("api/v1/leases?limit=0");
        Reply reply = app.get("metrics");
        assertThat(reply.header("content-type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(reply.body()).endsWith("\n");
        Map<String, String> types = new HashMap<>();
        Set<String> helped = new HashSet<>();
        Set<String> samples = new HashSet<>();
        Pattern sample = Pattern.compile("([a-z_][a-z0-9_]*)(\\{(?:[a-z_]+=\"[^\"]*\",?)*})? (\\S+)");
        for (String line : reply.body().split("\n")) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                assertThat(helped.add(words[2])).as(line).isTrue();
                assertThat(words[3]).as(line).isNotBlank();
            } else if (line.startsWith("# TYPE ")) {
                assertThat(types.put(words[2], words[3])).as(line).isNull();
            } else {
                Matcher form = sample.matcher(line);
                assertThat(form.matches()).as(line).isTrue();
                assertThat(samples.add(form.group(1) + form.group(2)))
                        .as("once: %s", line)
                        .isTrue();
                assertThat(form.group(1)).as(line).matches("(innkeeper|jvm|process)_.*");
            }
        }
        assertThat(helped).isEqualTo(types.keySet());
        types.forEach((name, type) -> {
            assertThat(name.endsWith("_total")).as("%s %s", name, type).isEqualTo(type.equals("counter"));
            assertThat(name).doesNotMatch(".*(_ms|_millis|_milliseconds|_minutes|_kb|_mb)$");
            if (type.equals("histogram") && name.startsWith("innkeeper_")) {
                assertThat(name).matches(".*_(seconds|bytes|messages)$"); // what is measured, last
            }
        });
        assertThat(reply.body())
                .contains("innkeeper_leases{allocation=\"static\",origin=\"dnsmasq\",source=\"home\"} 1.0")
                .contains("innkeeper_devices 1.0")
                .contains("innkeeper_service_up{service=\"dnsmasq\"} 1.0")
                .contains("innkeeper_http_requests_total{route=\"/api/v1/leases\",status=\"400\"}")
                .containsPattern("innkeeper_lease_expires_seconds\\{address=\"192\\.168\\.1\\.2\",.* \\d\\.\\d+E9")
                .contains("jvm_memory_used_bytes")
                .contains("process_cpu_seconds_total");
    }

    @Test
    void thePageComesWithItsOwnPolicy() throws Exception {
        Reply page = app.get("");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
        Matcher map = Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL)
                .matcher(page.body());
        assertThat(map.find()).isTrue();
        String hash = Base64.getEncoder()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(StandardCharsets.UTF_8)));
        assertThat(page.header("content-security-policy"))
                .contains("script-src 'self' 'sha256-" + hash + "'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        Matcher files = Pattern.compile("\"(/_static/[^\"]+\\.js)\"").matcher(map.group(1));
        while (files.find()) {
            assertThat(app.get(files.group(1).substring(1)).header("content-type"))
                    .as(files.group(1))
                    .startsWith("text/javascript");
        }
        assertThat(app.get("favicon.svg").header("content-type")).isEqualTo("image/svg+xml");
        assertThat(app.get("index.html").body()).isEqualTo(page.body());
    }

    @Test
    void aFileThatDidNotChangeIsNotSentAgain() {
        String etag = app.get("js/main.js").header("etag");
        assertThat(etag).matches("\"[0-9a-f]{24}\"");
        Reply again = app.get("js/main.js", "If-None-Match", etag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("etag")).isEqualTo(etag);
        assertThat(app.get("js/main.js", "If-None-Match", "\"other\"").status()).isEqualTo(200);
    }
}
