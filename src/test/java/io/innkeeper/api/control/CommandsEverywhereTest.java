package io.innkeeper.api.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.NothingToRun;
import io.innkeeper.TestingApp;
import io.innkeeper.TestingApp.Reply;
import io.innkeeper.TestingDhcpClient;
import io.innkeeper.cli.Commands;
import io.innkeeper.view.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The same commands by HTTP, socket and command line, on a running program; and the examples of the page about them. */
class CommandsEverywhereTest {
    private static final Path PAGE = Path.of("docs/commands.md");

    @TempDir
    private static Path folder;

    private static TestingApp app;
    private static Path socket;

    /** What the command line printed, and what it returned. */
    private record Result(int exitCode, String out, String err) {}

    @BeforeAll
    static void start() {
        socket = folder.resolve("innkeeper.sock");
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, """
                api: {listen: "127.0.0.1:0", control: %s}
                lease-monitor: {listen: "tcp://127.0.0.1:0"}
                dhcp4:
                  listen: 127.0.0.1:%d
                  conflict-check: off
                  subnets: [{prefix: 192.168.7.0/24, pools: [192.168.7.100-192.168.7.109]}]
                """.formatted(
                        socket, TestingDhcpClient.freePort())));
        app = TestingApp.start(folder);
    }

    @AfterAll
    static void stop() {
        app.close();
        assertThat(socket).doesNotExist();
    }

    private static JsonNode bySocket(String line) {
        try (TestingControlClient client = new TestingControlClient(socket)) {
            return client.ask(line);
        }
    }

    private static Reply byHttp(String service, String body) {
        return app.send("POST", "api/v1/services/" + service + "/commands", body);
    }

    private static Result byCommandLine(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Commands.of(new NothingToRun(), Map.of());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("command"));
        all.addAll(List.of(arguments));
        int exitCode = line.execute(all.toArray(new String[0]));
        line.getOut().flush();
        line.getErr().flush();
        return new Result(exitCode, out.toString(), err.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "dnsmasq, reread",
        "dhcp4, get_subnets",
        "lease-monitor, dump",
        "api, list_commands",
        "control, list_commands"
    })
    void eachServiceByEachWay(String service, String command) {
        String args = "\"command\":\"" + command + "\",\"args\":{}}";
        JsonNode answer = bySocket("{\"service\":\"" + service + "\"," + args);
        assertThat(answer.path("status").asString()).isEqualTo("success");
        Reply http = byHttp(service, "{" + args);
        assertThat(http.status()).isEqualTo(200);
        assertThat(http.json()).isEqualTo(answer);
        Result throughSocket = byCommandLine("--socket", socket.toString(), service, command);
        assertThat(throughSocket).isEqualTo(new Result(0, answer.path("data") + System.lineSeparator(), ""));
        assertThat(byCommandLine("--url", app.uri().toString(), service, command))
                .isEqualTo(throughSocket);
        assertThat(bySocket("{\"service\":\"" + service + "\",\"command\":\"get_status\"}")
                        .path("data")
                        .path("health")
                        .asString())
                .isEqualTo("ok");
        Result listed = byCommandLine("--socket", socket.toString(), service);
        assertThat(listed.exitCode()).isZero();
        assertThat(listed.out()).contains("list_commands\n", "get_status\n", "restart\n", "    gives ");
        assertThat(byCommandLine("--url", app.uri().toString(), service)).isEqualTo(listed);
    }

    @Test
    void theListForPeopleTellsArgumentsAndRanges() {
        assertThat(byCommandLine("--socket", socket.toString(), "dhcp4").out())
                .contains("release address=ADDRESS\n")
                .contains("except [mac=MAC-PATTERN] [vendor_class=TEXT] [hostname=TEXT] [allow=BOOLEAN] [for=DURATION]")
                .contains("    for: How long it holds. (from 1, up to 316224000 seconds)\n")
                .contains("    allow: True to answer, false to refuse. (without it true)\n");
    }

    @Test
    void aWrongCommandIsOneByEachWay() {
        Reply http = byHttp("dhcp4", "{\"command\":\"release\",\"args\":{\"adress\":\"192.168.7.1\"}}");
        assertThat(http.status()).isEqualTo(422);
        JsonNode answer =
                bySocket("{\"service\":\"dhcp4\",\"command\":\"release\",\"args\":{\"adress\":\"192.168.7.1\"}}");
        assertThat(http.json()).isEqualTo(answer);
        assertThat(answer.path("message").asString())
                .contains("address is missing")
                .contains("did you mean 'address'?");
        Result line = byCommandLine("--socket", socket.toString(), "dhcp4", "release", "adress=192.168.7.1");
        assertThat(line)
                .isEqualTo(
                        new Result(1, "", "innkeeper: " + answer.path("message").asString() + "\n"));
        assertThat(byCommandLine("--socket", socket.toString(), "dhcp4", "release", "a=1", "a=2")
                        .exitCode())
                .isEqualTo(2);
        Result nobody = byCommandLine("--socket", folder.resolve("none.sock").toString(), "dhcp4", "release");
        assertThat(nobody.exitCode()).isEqualTo(3);
        assertThat(nobody.err()).contains("no Innkeeper answers at the socket").contains("api.control");
    }

    @Test
    void theLastWordAboutAClientCounts() {
        String mac = "\"mac\":\"02:00:00:00:00:09\"";
        JsonNode denied = bySocket("{\"command\":\"deny\",\"args\":{" + mac + "}}");
        String id = denied.path("data").path("exception").path("id").asString();
        assertThat(denied.path("data").path("exception").path("until").asString())
                .startsWith("9999-");
        JsonNode allowed = bySocket("{\"command\":\"except\",\"args\":{" + mac + ",\"for\":60,\"name\":\"guest\"}}");
        JsonNode exception = allowed.path("data").path("exception");
        assertThat(exception.path("allow").asBoolean()).isTrue();
        assertThat(exception.path("name").asString()).isEqualTo("guest");
        assertThat(allowed.path("data").path("replaced").toString()).isEqualTo("[\"" + id + "\"]");
        assertThat(exceptions()).contains(exception.path("id").asString()).doesNotContain(id);
        JsonNode ended = bySocket("{\"command\":\"end_exception\",\"args\":{\"id\":\""
                + exception.path("id").asString() + "\"}}");
        assertThat(ended.path("data").path("exception")).isEqualTo(exception);
        assertThat(exceptions()).doesNotContain(exception.path("id").asString());
        assertThat(bySocket("{\"command\":\"end_exception\",\"args\":{\"id\":\"none\"}}")
                        .path("message")
                        .asString())
                .contains("list_exceptions");
    }

    private static List<String> exceptions() {
        return bySocket("{\"command\":\"list_exceptions\"}")
                .path("data")
                .path("exceptions")
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{}` | mac is missing: say whom",
                "`{\"mac\":\"02:00:00:00:00:07\"}` | for is missing",
                "`{\"mac\":\"x\",\"for\":\"1h\"}` | mac must be a MAC address or a pattern",
                "`{\"mac\":\"*\",\"for\":\"1h\",\"until\":5}` | until cannot stand beside 'for'",
                "`{\"mac\":\"*\",\"until\":5}` | until is over already",
                "`{\"mac\":\"*\",\"for\":\"1h\",\"name\":\"a b\"}` | name ",
            },
            delimiter = '|')
    void anExceptionMustMakeSense(String args, String reason) {
        JsonNode answer = bySocket(
                "{\"service\":\"dhcp4\",\"command\":\"except\",\"args\":" + args.replace("{}", "{\"for\":5}") + "}");
        assertThat(answer.path("data").path("error").asString()).isEqualTo("CommandError");
        assertThat(answer.path("message").asString()).contains(reason);
    }

    @Test
    void aServiceThatDoesNotRunSaysSo(@TempDir Path place) {
        TestingApp.write(
                place.resolve("innkeeper.yaml"),
                TestingApp.yaml(place, "dhcp4: {listen: \"192.0.2.77:6767\", subnets: [{prefix: 192.168.7.0/24}]}\n"));
        try (TestingApp one = TestingApp.start(place)) {
            Reply reply = one.send("POST", "api/v1/services/dhcp4/commands", "{\"command\":\"get_subnets\"}");
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.json().path("data").path("error").asString()).isEqualTo("ServiceError");
            assertThat(reply.json().path("message").asString()).contains("'dhcp4' is not running (failed: ");
            Reply status = one.send("POST", "api/v1/services/dhcp4/commands", "{\"command\":\"get_status\"}");
            assertThat(status.json().path("data").path("last_error").asString()).contains("192.0.2.77");
            assertThat(byCommandLine("--url", one.uri().toString(), "dhcp4", "get_subnets")
                            .exitCode())
                    .isEqualTo(1);
        }
    }

    @Test
    void theSocketFollowsTheConfiguration(@TempDir Path place) {
        try (TestingApp one = TestingApp.start(place)) {
            Path first = place.resolve("a.sock");
            Path second = place.resolve("b.sock");
            change(one, place, first);
            awaitAnswer(first);
            change(one, place, second);
            awaitAnswer(second);
            assertThat(first).doesNotExist();
            TestingApp.write(place.resolve("innkeeper.yaml"), TestingApp.yaml(place, ""));
            one.reload();
            org.awaitility.Awaitility.await().until(() -> !Files.exists(second));
            assertThat(one.get("api/v1/services/control").status()).isEqualTo(404);
        }
    }

    private static void change(TestingApp one, Path place, Path control) {
        String api = "api: {listen: \"127.0.0.1:0\", control: " + control + "}\n";
        TestingApp.write(place.resolve("innkeeper.yaml"), TestingApp.yaml(place, api));
        one.reload();
    }

    private static void awaitAnswer(Path at) {
        org.awaitility.Awaitility.await().until(() -> Files.exists(at));
        try (TestingControlClient client = new TestingControlClient(at)) {
            assertThat(client.ask("{\"command\":\"list_services\"}")
                            .path("status")
                            .asString())
                    .isEqualTo("success");
        }
    }

    @Test
    void theExamplesOfThePageAreTrue() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int asked = 0;
        try (TestingControlClient client = new TestingControlClient(socket)) {
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith("> ")) {
                    String answer = client.ask(lines.get(i).substring(2)).toString();
                    assertThat(answer).as("answer to %s", lines.get(i)).containsPattern(pattern(lines.get(i + 1)));
                    asked++;
                }
            }
        }
        assertThat(asked).isGreaterThan(8);
    }

    /** A line of the page as a pattern: … stands for anything, and space between the parts of JSON for nothing. */
    private static Pattern pattern(String line) {
        String example = line.substring(2)
                .replace("\": ", "\":")
                .replace(", \"", ",\"")
                .replace(", {", ",{")
                .replace(", …", ",…");
        return Pattern.compile(
                "^" + Arrays.stream(example.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    static List<String> commandLines() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("./innkeeper command "))
                .map(line -> line.substring("./innkeeper command ".length()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commandLines")
    void theCommandLinesOfThePageWork(String line) {
        List<String> words = new ArrayList<>(List.of(
                line.replace("/run/innkeeper/innkeeper.sock", socket.toString()).split(" ")));
        words.addAll(List.of("--url", app.uri().toString(), "--json"));
        Result result = byCommandLine(words.toArray(new String[0]));
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(Json.MAPPER.readTree(result.out()).path("status").asString()).isEqualTo("success");
    }
}
