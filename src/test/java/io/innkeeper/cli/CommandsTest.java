package io.innkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.TestingApp;
import io.innkeeper.view.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Every command against a running program. */
class CommandsTest {
    @TempDir
    private static Path folder;

    private static TestingApp app;

    private final List<String> programs = new ArrayList<>();

    /** What a command printed, and what it returned. */
    private record Result(int exitCode, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }

        List<JsonNode> json() {
            return out.lines().map(Json.MAPPER::readTree).toList();
        }
    }

    /** Notes what it was asked to run. */
    private final class TestingProgram implements Program {
        @Override
        public int run(@Nullable Path config, List<String> settings) {
            programs.add("run " + config + " " + settings);
            return 0;
        }

        @Override
        public int demo(int devices, double speed, List<String> settings) {
            programs.add("demo " + devices + " " + speed + " " + settings);
            return 0;
        }

        @Override
        public int training() {
            programs.add("training");
            return 0;
        }
    }

    @BeforeAll
    static void start() {
        app = TestingApp.start(folder);
        List<String> lines = new ArrayList<>();
        lines.add(TestingApp.lease("00:11:32:00:00:01", "192.168.1.2", "nas"));
        lines.add("0 02:00:00:00:00:02 192.168.1.100 phone *\n");
        lines.add("this line is none\n");
        for (int i = 0; i < 600; i++) {
            lines.add(TestingApp.lease(
                    "02:00:00:01:%02x:%02x".formatted(i / 250, i % 250), "10.0." + i / 250 + "." + i % 250, "*"));
        }
        app.leases(lines.toArray(new String[0]));
        await().until(() ->
                app.get("api/v1/leases?limit=1").json().path("total").asInt() == 602);
        await().until(() ->
                app.get("api/v1/devices?limit=1").json().path("total").asInt() == 602);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private Result run(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Commands.of(new TestingProgram(), environment);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exitCode = line.execute(arguments);
        line.getOut().flush();
        line.getErr().flush();
        return new Result(exitCode, out.toString(), err.toString());
    }

    private Result run(String... arguments) {
        return run(Map.of(), arguments);
    }

    /** The command, asking the running program. */
    private Result ask(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", app.uri().toString()));
        Result result = run(all.toArray(new String[0]));
        if (result.exitCode() == 0) {
            assertThat(result.err()).isEmpty();
        }
        return result;
    }

    @Test
    void leasesAreATable() {
        Result result = ask("leases", "-q", "192.168");
        assertThat(result.exitCode()).isZero();
        assertThat(result.lines()).hasSize(3);
        assertThat(result.lines().getFirst()).matches("ADDRESS +NAME +MAC +VENDOR +KIND +LEFT +SOURCE");
        assertThat(result.lines().get(1))
                .matches("192\\.168\\.1\\.2 +nas +00:11:32:00:00:01 +Synology.* +static +\\d+m \\d+s +home");
        assertThat(result.lines().get(2))
                .matches("192\\.168\\.1\\.100 +phone +02:00:00:00:00:02 +- +dynamic +for ever +home");
    }

    @Test
    void aListIsReadToItsEnd() {
        assertThat(ask("leases", "-q", "02:00:00:01:").lines())
                .hasSize(601)
                .filteredOn(line -> line.startsWith("ADDRESS"))
                .hasSize(1);
        assertThat(ask("leases", "-q", "02:00:00:01:", "--json").json())
                .hasSize(600)
                .allMatch(lease -> lease.has("address"));
        assertThat(ask("leases", "-n", "501", "--json").lines()).hasSize(501);
        assertThat(ask("leases", "-n", "1", "--sort", "-address", "-q", "phone").lines())
                .hasSize(2)
                .last()
                .asString()
                .contains("192.168.1.100");
        assertThat(ask("leases", "--allocation", "static").lines()).hasSize(2);
        assertThat(ask("leases", "--source", "guest").out()).isEqualTo("no leases\n");
        assertThat(ask("leases", "--source", "guest", "--json").out()).isEmpty();
    }

    @Test
    void devicesHistoryAndReservations() {
        Result devices = ask("devices", "-q", "nas", "--sort", "mac");
        assertThat(devices.lines()).hasSize(2);
        assertThat(devices.lines().getLast()).contains("00:11:32:00:00:01").contains("192.168.1.2");
        assertThat(ask("devices", "-q", "02:00:00:00:00:02").out()).contains("(random MAC)");
        assertThat(ask("devices", "-q", "nobody").out()).isEqualTo("no devices\n");
        assertThat(devices.lines().getLast()).contains(" idle ");
        assertThat(ask("devices", "--presence", "offline").out()).isEqualTo("no devices\n");
        assertThat(ask("devices", "--new", "1h", "-n", "5").lines()).hasSize(6);
        assertThat(ask("device", "00:11:32:00:00:01").out())
                .contains("Presence    idle since")
                .contains("Host name   nas")
                .contains("192.168.1.2")
                .contains("PRESENCE  FROM");
        assertThat(ask("wake", "02:00:00:00:00:99").err()).contains("no device 02:00:00:00:00:99 was ever seen");
        assertThat(ask("history", "--address", "192.168.1.2").lines()).hasSize(2);
        assertThat(ask("history", "--mac", "00:11:32:00:00:01", "--at", "2020-01-01T00:00:00Z")
                        .out())
                .isEqualTo("nobody\n");
        assertThat(ask("reservations").lines().getLast())
                .contains("192.168.1.2")
                .contains("yes")
                .contains("dnsmasq.conf:2");
    }

    @Test
    void servicesShowTheirSources() {
        Result result = ask("services");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("SERVICE").contains("dnsmasq 'home'").contains("this line is none");
        assertThat(result.lines().getFirst()).matches("SERVICE +STATE +HEALTH +SINCE +UPTIME +RESTARTS +MESSAGE");
        assertThat(result.lines().get(2)).matches("api +running +ok +\\S+ \\S+ +(\\d+m )?\\d+s +0 +listening on .*");
        assertThat(Json.MAPPER
                        .readTree(ask("services", "--json").out())
                        .path("items")
                        .size())
                .isEqualTo(3);
    }

    @Test
    void commandsOfServices() {
        Result done = ask("command", "dnsmasq", "reread");
        assertThat(done.exitCode()).isZero();
        assertThat(done.out().strip()).isEqualTo("{\"sources\":1}");
        Result unknown = ask("command", "dnsmasq", "explode", "at=dawn");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("explode").contains("reread");
        Result json = ask("command", "dnsmasq", "explode", "--json");
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(Json.MAPPER.readTree(json.out()).path("status").asString()).isEqualTo("error");
        Result nobody = ask("command", "dns", "flush");
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.err()).contains("no service of that name");
        assertThat(ask("command", "dnsmasq", "reread", "novalue").exitCode()).isEqualTo(2);
    }

    @Test
    void eventsOfThePast() {
        Result some = ask("events", "-n", "3");
        assertThat(some.lines()).hasSize(3);
        Result typed = ask("events", "--after", "0", "--type", "service.*");
        assertThat(typed.lines()).isNotEmpty().allMatch(line -> line.contains("service.started"));
        assertThat(ask("events", "-n", "5", "--json").json()).hasSize(5).allMatch(event -> event.has("number"));
        Result wrong = ask("events", "--type", "lease.eaten", "-n", "5000");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("type: ").contains("recent: ");
    }

    @Test
    void eventsAsTheyCome() throws InterruptedException {
        long newest =
                app.get("api/v1/status").json().path("events").path("newest").asLong();
        StringWriter out = new StringWriter();
        CommandLine line = Commands.of(new TestingProgram(), Map.of());
        line.setOut(new PrintWriter(out));
        Thread following = Thread.ofVirtual()
                .start(() -> line.execute(
                        "events",
                        "--follow",
                        "--after",
                        String.valueOf(newest),
                        "--url",
                        app.uri().toString()));
        String mac = "02:00:00:00:0" + newest % 10 + ":99";
        app.send(
                "POST",
                "internal/v1/dnsmasq",
                "{\"action\":\"arp-add\",\"mac\":\"" + mac + "\",\"ip\":\"192.168.1.77\"}");
        await().atMost(Duration.ofSeconds(10)).until(() -> out.toString().contains(mac));
        assertThat(out.toString().lines().findFirst().orElseThrow()).contains("device.discovered");
        following.interrupt();
        following.join(Duration.ofSeconds(10));
        assertThat(following.isAlive()).isFalse();
    }

    @Test
    void notifyTakesWhatAScriptGets() {
        Result told = run(
                Map.of("DNSMASQ_TAGS", "known", "DNSMASQ_LEASE_EXPIRES", "1999999999", "PATH", "/bin"),
                "notify",
                "add",
                "02:00:00:00:00:42",
                "192.168.1.142",
                "told",
                "--url",
                app.uri().toString());
        assertThat(told).isEqualTo(new Result(0, "", ""));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> app.get("api/v1/leases/192.168.1.142").status() == 200);
        JsonNode lease = app.get("api/v1/leases/192.168.1.142").json();
        assertThat(lease.path("hostname").asString()).isEqualTo("told");
        assertThat(lease.path("details").path("tags").asString()).isEqualTo("known");
        assertThat(Instant.parse(lease.path("expiresAt").asString())).isEqualTo(Instant.ofEpochSecond(1_999_999_999L));
        assertThat(ask("notify", "init", "--json", "--source", "home").out()).contains("accepted");
        Result wrong = ask("notify", "add", "zz");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("mac: ").contains("ip: ");
        assertThat(ask("notify", "arp-add", "02:00:00:00:00:42", "192.168.1.142", "--source", "guest")
                        .err())
                .contains("source: ");
        assertThat(ask("notify", "del", "02:00:00:00:00:42", "192.168.1.142").exitCode())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1, 3, no Innkeeper answers",
        "http://no-such-host.invalid:8067, 3, no Innkeeper answers",
        "localhost:8067, 2, --url",
        "127.0.0.1:8067, 2, --url",
        "ftp://127.0.0.1/, 2, --url",
        "http:, 2, --url",
    })
    void aServerThatIsNotThere(String url, int exitCode, String words) {
        Result result = run("leases", "--url", url);
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.err()).contains(words).doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
        assertThat(run("events", "--follow", "--url", url).exitCode()).isEqualTo(exitCode);
    }

    @Test
    void aServerThatIsAnotherOne() {
        URI page = app.uri().resolve("js/main.js/");
        Result result = run("leases", "--url", page.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).doesNotContain("\tat ");
    }

    @Test
    void commandLinesThatMakeNoSense() {
        for (String[] arguments : new String[][] {
            {},
            {"nonsense"},
            {"leases", "--nonsense"},
            {"leases", "-n", "0"},
            {"leases", "-n", "x"},
            {"command"},
            {"notify"},
            {"check-config"},
            {"demo", "--devices", "0"},
            {"demo", "--speed", "1000"},
            {"events", "--after", "x"}
        }) {
            Result result = run(arguments);
            assertThat(result.exitCode()).as(String.join(" ", arguments)).isEqualTo(2);
            assertThat(result.err()).isNotBlank();
        }
        assertThat(programs).isEmpty();
    }

    @Test
    void helpIsNoError() {
        Result help = run("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .contains("Exit codes")
                .contains("leases")
                .contains("check-config")
                .doesNotContain("aot-training");
        for (String command : List.of(
                "run",
                "demo",
                "check-config",
                "leases",
                "devices",
                "device",
                "history",
                "reservations",
                "reservations add",
                "reservations delete",
                "reservations import",
                "subnets",
                "explain",
                "release",
                "shadow",
                "takeover",
                "tr181",
                "exceptions",
                "exceptions add",
                "exceptions delete",
                "events",
                "services",
                "command",
                "notify")) {
            Result one = run((command + " --help").split(" "));
            assertThat(one.exitCode()).as(command).isZero();
            assertThat(one.out()).as(command).contains("Usage: innkeeper " + command);
        }
        assertThat(run("--version").out()).startsWith("Innkeeper ");
    }

    @Test
    void checkConfigTellsEverythingThatIsWrong() throws Exception {
        Path good = Files.writeString(folder.resolve("good.yaml"), "api: {listen: 9000}\n");
        assertThat(run("check-config", good.toString())).isEqualTo(new Result(0, good + ": good\n", ""));
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "api: {listn: 9000}\nlog: {level: loud}\n");
        Result result = run("check-config", bad.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("bad.yaml:1")
                .contains("listn")
                .contains("listen")
                .contains("bad.yaml:2")
                .contains("log.level");
        Result json = run("check-config", bad.toString(), "--json");
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(Json.MAPPER.readTree(json.out()).path("problems").size()).isEqualTo(2);
        assertThat(run("check-config", good.toString(), "--set", "log.level=loud")
                        .exitCode())
                .isEqualTo(1);
        assertThat(run(Map.of("INNKEEPER_LOG_LEVEL", "loud"), "check-config", good.toString())
                        .err())
                .contains("INNKEEPER_LOG_LEVEL");
        assertThat(run("check-config", folder.resolve("none.yaml").toString()).err())
                .contains("no such file");
    }

    @Test
    void theProgramsAreStartedAsAsked() {
        run("run", "-c", "x.yaml", "--set", "a=b", "-s", "c=d");
        run("run");
        run("demo", "--devices", "7", "--speed", "2.5", "--set", "e=f");
        run("demo");
        assertThat(programs)
                .containsExactly("run x.yaml [a=b, c=d]", "run null []", "demo 7 2.5 [e=f]", "demo 40 1.0 []");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, over",
        "0, 0s",
        "59, 59s",
        "60, 1m 0s",
        "3599, 59m 59s",
        "3600, 1h 0m",
        "86399, 23h 59m",
        "90061, 1d 1h"
    })
    void timesAsPeopleSayThem(long seconds, String words) {
        assertThat(Remaining.of(Duration.ofSeconds(seconds))).isEqualTo(words);
    }
}
