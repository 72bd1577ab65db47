package io.innkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.NothingToRun;
import io.innkeeper.TestingApp;
import io.innkeeper.TestingDns;
import io.innkeeper.view.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands about the DNS server, on a running program that answers real questions. */
class DnsCommandsTest {
    private static final String CLIENT = "127.0.0.8";

    /** What a command printed, and what it returned. */
    private record Result(int exitCode, StringWriter out, StringWriter err) {}

    private static Result ask(TestingApp app, StringWriter out, String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine line = Commands.of(new NothingToRun(), Map.of());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("dns"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--url", app.uri().toString()));
        int exitCode = line.execute(all.toArray(new String[0]));
        line.getErr().flush();
        return new Result(exitCode, out, err);
    }

    private static String good(TestingApp app, String... arguments) {
        Result result = ask(app, new StringWriter(), arguments);
        assertThat(result.err().toString()).isEmpty();
        assertThat(result.exitCode()).isZero();
        return result.out().toString();
    }

    @Test
    void whatIsAskedAndWhy(@TempDir Path folder) throws Exception {
        try (TestingDns upstream = TestingDns.start()) {
            TestingApp.write(
                    folder.resolve("innkeeper.yaml"),
                    TestingApp.yaml(folder, upstream.section("rules: [\"||ads.example^\"]\n")));
            Thread follower;
            StringWriter followed = new StringWriter();
            try (TestingApp app = TestingApp.start(folder)) {
                int port = TestingDns.port(app);
                await().until(
                                () -> good(app, "explain", "www.ads.example", "--client", CLIENT),
                                text -> text.startsWith("www.ads.example A for " + CLIENT + ": blocked by rules"));
                assertThat(good(app, "explain", "ads.example")).contains("||ads.example^", "block");
                assertThat(Json.MAPPER
                                .readTree(good(app, "explain", "other.example", "--type", "aaaa", "--json"))
                                .path("type")
                                .asString())
                        .isEqualTo("AAAA");
                follower =
                        Thread.ofVirtual().start(() -> ask(app, followed, "queries", "--follow", "--step", "blocked"));
                await().until(() -> {
                    TestingDns.ask(port, CLIENT, "www.ads.example");
                    return followed.toString().contains("www.ads.example A (rules)");
                });
                TestingDns.ask(port, CLIENT, "other.example");
                await().until(() -> good(app, "queries", "--name", "other"), text -> text.contains("other.example A"));
                assertThat(good(app, "queries", "--name", "never")).startsWith("no queries");
                assertThat(good(app, "queries", "--json", "-n", "1").lines().count())
                        .isEqualTo(1);
                Result wrong = ask(app, new StringWriter(), "queries", "--step", "maybe");
                assertThat(wrong.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(wrong.err().toString()).contains("step: not one of");
            }
            follower.join();
            assertThat(followed.toString()).doesNotContain("other.example");
        }
    }
}
