package io.innkeeper.feed.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.innkeeper.wire.dnsmasq.ScriptNotice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script for dnsmasq, run by the shells it meets, against a server that keeps what arrives. */
class NotifyScriptTest {
    private static final Path SCRIPT =
            Path.of(System.getProperty("innkeeper.root", ".")).resolve("packaging/dnsmasq/innkeeper-notify.sh");

    /** All that a small router has. */
    private static final List<String> APPLETS =
            List.of("sh", "od", "awk", "sed", "env", "head", "sleep", "wget", "cat");

    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private HttpServer server;
    private int status = 204;
    private Path folder = Path.of("unset");

    NotifyScriptTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    /** What the script said on its standard error, and how long it took. */
    private record Run(int exit, String errors, Duration took) {}

    @BeforeEach
    void serve(@TempDir Path temporary) {
        folder = temporary;
        server.createContext("/internal/v1/dnsmasq", exchange -> {
            bodies.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Run run(String shell, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        Path binary = List.of(Path.of("/bin"), Path.of("/usr/bin")).stream()
                .map(directory -> directory.resolve(shell))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(binary != null, shell + " is not installed");
        command.add(Objects.requireNonNull(binary).toString());
        String path = "/usr/sbin:/usr/bin:/sbin:/bin";
        if (shell.equals("busybox")) {
            command.add("sh");
            path = applets(binary).toString();
        }
        command.add(SCRIPT.toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(java.util.Locale.ROOT).contains("proxy"));
        process.environment().put("INNKEEPER_URL", url());
        process.environment().putAll(environment);
        process.environment().put("PATH", path);
        process.redirectError(folder.resolve("errors").toFile());
        long startedNanos = System.nanoTime();
        Process started = process.start();
        assertThat(started.waitFor(20, TimeUnit.SECONDS)).isTrue();
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        return new Run(started.exitValue(), Files.readString(folder.resolve("errors")), took);
    }

    private Path applets(Path busybox) throws IOException {
        Path bin = folder.resolve("bin");
        if (!Files.exists(bin)) {
            Files.createDirectory(bin);
            for (String applet : APPLETS) {
                Files.createSymbolicLink(bin.resolve(applet), busybox);
            }
        }
        return bin;
    }

    /** The form that arrived. */
    private Map<String, String> form() throws InterruptedException {
        String request = Objects.requireNonNull(bodies.poll(10, TimeUnit.SECONDS));
        assertThat(request).startsWith("POST application/x-www-form-urlencoded ");
        Map<String, String> form = new HashMap<>();
        for (String pair : request.substring(request.lastIndexOf(' ') + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
            assertThat(form.put(pair.substring(0, equals), value)).isNull();
        }
        return form;
    }

    @ParameterizedTest
    @ValueSource(strings = {"busybox", "dash", "bash"})
    void whatDnsmasqSaysArrives(String shell) throws Exception {
        Map<String, String> environment = Map.of(
                "INNKEEPER_SOURCE", "home",
                "DNSMASQ_LEASE_EXPIRES", "1700003600",
                "DNSMASQ_TAGS", "known br-lan",
                "DNSMASQ_VENDOR_CLASS", "a&b=c%41+d \"e\" 'f' $(g) `h` \\ *",
                "DNSMASQ_USER_CLASS0", "; | < > ! ~ ^ {} []",
                "DNSMASQ_REQUESTED_OPTIONS", "1,3,6,15",
                "DNSMASQ_MUD_URL", "https://mud.example/x.json?a=1#b",
                "DNSMASQ_DOMAIN", "line one\nDNSMASQ_FALSE=x\n  line two\t",
                "OTHER", "not sent");
        Run run = run(shell, environment, "add", "aa:bb:cc:dd:ee:ff", "192.168.1.10", "my laptop");
        assertThat(run.errors()).isEmpty();
        assertThat(run.exit()).isZero();
        Map<String, String> form = form();
        Map<String, String> expected = new HashMap<>(environment);
        expected.remove("OTHER");
        expected.remove("INNKEEPER_SOURCE");
        expected.putAll(Map.of(
                "action",
                "add",
                "mac",
                "aa:bb:cc:dd:ee:ff",
                "ip",
                "192.168.1.10",
                "hostname",
                "my laptop",
                "source",
                "home"));
        assertThat(form).isEqualTo(expected);
        assertThat(ScriptNotice.parse(form).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"busybox", "dash"})
    void withoutHostnameAndVariables(String shell) throws Exception {
        assertThat(run(shell, Map.of(), "del", "aa:bb:cc:dd:ee:ff", "fd00::1").errors())
                .isEmpty();
        assertThat(form()).isEqualTo(Map.of("action", "del", "mac", "aa:bb:cc:dd:ee:ff", "ip", "fd00::1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"busybox", "dash"})
    void manyVariablesAreCut(String shell) throws Exception {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < 150; i++) {
            environment.put("DNSMASQ_USER_CLASS" + i, "c" + i);
        }
        assertThat(run(shell, environment, "add", "aa:bb:cc:dd:ee:ff", "10.0.0.1")
                        .errors())
                .isEmpty();
        assertThat(form()).hasSizeBetween(50, ScriptNotice.MAX_FIELDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"busybox", "dash"})
    void aRefusalIsSaidAndNotAFailure(String shell) throws Exception {
        status = 403;
        Run run = run(shell, Map.of(), "add", "aa:bb:cc:dd:ee:ff", "10.0.0.1");
        assertThat(run.exit()).isZero();
        assertThat(run.errors())
                .startsWith("innkeeper-notify: " + url())
                .contains("add 10.0.0.1")
                .contains("403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"busybox", "dash"})
    void nobodyThereIsSaidAndNotAFailure(String shell) throws Exception {
        server.stop(0);
        Run run = run(shell, Map.of(), "add", "aa:bb:cc:dd:ee:ff", "10.0.0.1");
        assertThat(run.exit()).isZero();
        assertThat(run.errors()).contains("was not told of add 10.0.0.1");
        assertThat(run.took()).isLessThan(Duration.ofSeconds(6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"busybox", "dash"})
    void aServerThatDoesNotAnswerHoldsNobodyUp(String shell) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Run run = run(
                    shell,
                    Map.of("INNKEEPER_URL", "http://127.0.0.1:" + silent.getLocalPort()),
                    "add",
                    "aa:bb:cc:dd:ee:ff",
                    "10.0.0.1");
            assertThat(run.exit()).isZero();
            assertThat(run.errors()).contains("was not told of add 10.0.0.1");
            assertThat(run.took()).isLessThan(Duration.ofSeconds(6));
        }
    }

    @Test
    void octetsThatAreNoTextArrive() throws Exception {
        // The JVM passes only text of its own locale to a process, so a shell makes the octets.
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dash")), "dash is not installed");
        Path caller = Files.writeString(folder.resolve("caller"), """
                DNSMASQ_VENDOR_CLASS=$(printf 'a\\377\\001b')
                DNSMASQ_USER_CLASS0=$(printf 'k\\303\\244se')
                export DNSMASQ_VENDOR_CLASS DNSMASQ_USER_CLASS0
                exec dash "%s" add aa:bb:cc:dd:ee:ff 10.0.0.1
                """.formatted(SCRIPT.toAbsolutePath()));
        ProcessBuilder process = new ProcessBuilder("/usr/bin/dash", caller.toString());
        process.environment().put("INNKEEPER_URL", url());
        assertThat(process.start().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(bodies.poll(10, TimeUnit.SECONDS))
                .contains("DNSMASQ_VENDOR_CLASS=a%ff%01b")
                .contains("DNSMASQ_USER_CLASS0=k%c3%a4se");
    }
}
