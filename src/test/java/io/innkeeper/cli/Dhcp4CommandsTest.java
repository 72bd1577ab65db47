package io.innkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.NothingToRun;
import io.innkeeper.TestingApp;
import io.innkeeper.TestingDhcpClient;
import io.innkeeper.view.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The commands about our own DHCP server, on a running program. */
class Dhcp4CommandsTest {
    private static final String LAPTOP = "02:00:00:00:00:01";

    @TempDir
    private static Path folder;

    private static TestingApp app;
    private static TestingDhcpClient clients;

    /** What a command printed, and what it returned. */
    private record Result(int exitCode, String out, String err) {}

    @BeforeAll
    static void start() {
        int port = TestingDhcpClient.freePort();
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, """
                dhcp4:
                  listen: 127.0.0.1:%d
                  answer-to-source: true
                  conflict-check: off
                  subnets:
                    - prefix: 192.168.7.0/24
                      pools: [192.168.7.100-192.168.7.109]
                      options: {routers: 192.168.7.1}
                    - {prefix: 192.168.8.0/24}
                """.formatted(port)));
        app = TestingApp.start(folder);
        clients = new TestingDhcpClient(port, "192.168.7.1");
    }

    @AfterAll
    static void stop() {
        clients.close();
        app.close();
    }

    private static Result ask(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Commands.of(new NothingToRun(), Map.of());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", app.uri().toString()));
        int exitCode = line.execute(all.toArray(new String[0]));
        line.getOut().flush();
        line.getErr().flush();
        return new Result(exitCode, out.toString(), err.toString());
    }

    private static String good(String... arguments) {
        Result result = ask(arguments);
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        return result.out();
    }

    private static JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return Json.MAPPER.readTree(good(all.toArray(new String[0])));
    }

    @Test
    void subnetsAreATable() {
        assertThat(good("subnets").lines())
                .hasSize(3)
                .anyMatch(line -> line.matches("192\\.168\\.7\\.0/24 +192\\.168\\.7\\.100-192\\.168\\.7\\.109 +10 .*"));
        assertThat(json("subnets").path("items").size()).isEqualTo(2);
    }

    @Test
    void anExplanationIsInSentences() {
        assertThat(good("explain", LAPTOP, "--subnet", "192.168.7.0/24"))
                .contains(LAPTOP + " gets 192.168.7.10")
                .containsPattern("3 +routers +192\\.168\\.7\\.1 +if asked +\\S*innkeeper\\.yaml:\\d+");
        assertThat(json("explain", LAPTOP).path("verdict").asString()).isEqualTo("offered");
        Result wrong = ask("explain", "zz");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("mac: not a hardware address");
    }

    @Test
    void aLeaseIsKeptAndEnded() {
        String address = clients.lease(LAPTOP, "laptop");
        await().until(() -> app.get("api/v1/leases/" + address).status() == 200);
        String made = good("reservations", "add", "--lease", address);
        assertThat(made).startsWith("reserved " + address + " for " + LAPTOP + ", id ");
        String id = made.strip().substring(made.strip().lastIndexOf(' ') + 1);
        assertThat(good("reservations").lines())
                .anyMatch(line -> line.matches(address + " +laptop +" + LAPTOP + " +yes +" + id + " +API"));
        Result twice = ask("reservations", "add", "--lease", address);
        assertThat(twice.exitCode()).isEqualTo(1);
        assertThat(twice.err()).contains("reserved already");
        assertThat(good("reservations", "delete", id)).contains(address);
        assertThat(ask("reservations", "delete", id).exitCode()).isEqualTo(1);
        assertThat(good("release", address)).contains(address + " is free again");
        assertThat(ask("release", "192.168.7.99").exitCode()).isEqualTo(1);
    }

    @Test
    void optionsAreGivenByName() {
        JsonNode made = json(
                "reservations",
                "add",
                "--mac",
                "02:00:00:00:00:21",
                "--address",
                "192.168.8.21",
                "--option",
                "ntp-servers=192.168.8.1",
                "--option",
                "ntp-servers=192.168.8.2");
        assertThat(made.path("reservation").path("options").path("ntp-servers").size())
                .isEqualTo(2);
        assertThat(ask("reservations", "add", "--option", "x").exitCode()).isEqualTo(2);
    }

    @Test
    void filesAreTakenAsAWhole() throws Exception {
        Path file = Files.writeString(folder.resolve("hosts.csv"), "02:00:00:00:00:31,192.168.8.31,a\nzz,10.0.0.1\n");
        Result dry = ask("reservations", "import", file.toString(), "--dry-run");
        assertThat(dry.exitCode()).isEqualTo(1);
        assertThat(dry.out())
                .contains("line 2: mac")
                .contains("line 2: address")
                .contains("nothing was taken");
        Result wrong = ask("reservations", "import", file.toString());
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("line 2: mac");
        Files.writeString(file, "02:00:00:00:00:31,192.168.8.31,a\n");
        assertThat(good("reservations", "import", file.toString(), "--dry-run")).contains("0 mistakes");
        assertThat(good("reservations", "import", file.toString())).isEqualTo("1 reservations taken\n");
        assertThat(ask("reservations", "import", folder.resolve("none").toString())
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void exceptionsComeAndGo() {
        String made = good("exceptions", "add", "--mac", "00:11:22:*", "--for", "2h", "--refuse", "--name", "cams");
        assertThat(made).startsWith("refused until 2").contains("mac=00:11:22:*");
        String id = made.strip().substring(made.strip().lastIndexOf(' ') + 1);
        assertThat(good("exceptions").lines()).anyMatch(line -> line.startsWith(id + "  refuse"));
        assertThat(json("exceptions").path("items").size()).isEqualTo(1);
        assertThat(good("exceptions", "delete", id)).contains("mac=00:11:22:*");
        assertThat(good("exceptions")).isEqualTo("no exceptions\n");
        assertThat(ask("exceptions", "delete", id).exitCode()).isEqualTo(1);
        assertThat(ask("exceptions", "add", "--until", "2020-01-01T00:00:00Z").err())
                .contains("until: ")
                .contains("body: ");
    }

    @Test
    void anotherModeHasNoShadow() {
        Result result = ask("shadow");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("dhcp4.mode: shadow");
    }

    @Test
    void leasesOfDnsmasqAreTakenOver() {
        app.leases(
                TestingApp.lease("02:00:00:00:00:41", "192.168.7.109", "tv"),
                TestingApp.lease("02:00:00:00:00:42", "192.168.1.101", "pad"));
        await().until(() ->
                app.get("api/v1/leases?origin=dnsmasq").json().path("items").size() == 2);
        assertThat(good("takeover", "--dry-run"))
                .containsPattern("192\\.168\\.7\\.109 +02:00:00:00:00:41 +tv +home +\\S.* adopted")
                .containsPattern("192\\.168\\.1\\.101 .* not taken: in no subnet of the configuration")
                .contains("Would be: 1 taken over, 0 extended, 0 there already, 1 not taken.")
                .contains("dnsmasq seems to answer clients:\n  - The configuration of 'home' hands out addresses: ")
                .contains("Next:\n  - Run 'innkeeper takeover' to do it.\n");
        assertThat(good("takeover", "--from", "home")).contains("\n1 taken over, ");
        assertThat(good("takeover")).contains("\n0 taken over, 0 extended, 1 there already", "nothing new to take");
        assertThat(json("takeover", "--dry-run").path("known").asInt()).isEqualTo(1);
        assertThat(good("takeover", "--config")).startsWith("dhcp4:\n  mode: shadow\n");
        assertThat(json("takeover", "--config").path("source").asString()).isEqualTo("home");
        assertThat(ask("takeover", "--from", "x").err()).contains("there are: home");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain",
                "release",
                "reservations delete",
                "reservations import",
                "exceptions add --mac *",
                "exceptions add --mac * --for soon",
                "exceptions add --mac * --for 1h --until 2099-01-01T00:00:00Z",
                "exceptions delete"
            })
    void commandLinesThatMakeNoSense(String line) {
        assertThat(ask(line.split(" ")).exitCode()).isEqualTo(2);
    }
}
