package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.innkeeper.view.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The Python clients of the documents against the program: registering, watching, cut off, going on. */
@Tag("slow")
class GrpcPeerTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path EXAMPLES = Path.of(System.getProperty("innkeeper.root", "."), "docs", "examples")
            .toAbsolutePath();

    @TempDir
    private Path folder;

    private int port;
    private int systems;

    @BeforeEach
    void pythonKnowsGrpc() throws IOException {
        boolean knows = Files.isExecutable(Path.of(PYTHON)) && imports();
        if (!knows) {
            System.out.println("SKIPPED: this test needs the packages python3-grpcio and python3-protobuf");
            if ("true".equals(System.getenv("CI")) && "root".equals(System.getProperty("user.name"))) {
                throw new AssertionError("python3-grpcio or python3-protobuf is missing");
            }
        }
        assumeTrue(knows, "this test needs the packages python3-grpcio and python3-protobuf");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    private static boolean imports() {
        try {
            return Programs.run(PYTHON, "-c", "import grpc, google.protobuf").isEmpty();
        } catch (AssertionError e) {
            return false;
        }
    }

    private InnkeeperProcess innkeeper() throws IOException {
        InnkeeperProcess process = InnkeeperProcess.start(
                List.of(),
                folder,
                List.of(
                        "store=sqlite:" + folder.resolve("innkeeper.db"),
                        "api.listen=127.0.0.1:0",
                        "api.grpc=127.0.0.1:" + port,
                        "dnsmasq.leases=" + folder.resolve("dnsmasq.leases")));
        process.awaitPage();
        return process;
    }

    private Process watch(int at) throws IOException {
        return new ProcessBuilder(
                        PYTHON,
                        EXAMPLES.resolve("watch.py").toString(),
                        "--server",
                        "127.0.0.1:" + at,
                        "--from-oldest",
                        "--place",
                        folder.resolve("place").toString())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(events().toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("trouble").toFile()))
                .start();
    }

    private Path events() {
        return folder.resolve("events");
    }

    private List<JsonNode> watched() throws IOException {
        List<JsonNode> watched = new ArrayList<>();
        for (String line : Files.exists(events()) ? Files.readAllLines(events()) : List.<String>of()) {
            watched.add(Json.MAPPER.readTree(line));
        }
        return watched;
    }

    /** Registers so many new systems, one after the other, by the other program. */
    private String register(int count) {
        List<String> command = new ArrayList<>(
                List.of(PYTHON, EXAMPLES.resolve("register.py").toString(), "--server", "127.0.0.1:" + port));
        for (int i = 0; i < count; i++) {
            systems++;
            command.add("00:11:32:00:%02x:%02x,host-%d,10.1.%d.%d"
                    .formatted(systems >> 8, systems & 0xff, systems, systems >> 8, systems & 0xff));
        }
        return Programs.run(command);
    }

    private void awaitAllSystems() {
        await().atMost(60, SECONDS)
                .until(() -> watched().stream()
                                .filter(event -> event.path("type").asString().equals("device.discovered"))
                                .count()
                        >= systems);
    }

    @Test
    void itIsCutAndGoesOnWithoutGapAndWithoutRepetition() throws Exception {
        InnkeeperProcess innkeeper = innkeeper();
        Process watching = null;
        try (CuttingRelay relay = new CuttingRelay(port)) {
            assertThat(register(10)).contains("\"mac\": \"00:11:32:00:00:01\"");
            watching = watch(relay.port());
            awaitAllSystems();
            for (int round = 0; round < 3; round++) {
                relay.cut();
                register(10);
                awaitAllSystems();
            }
            innkeeper.kill();
            innkeeper = innkeeper();
            register(10);
            awaitAllSystems();
            Programs.end(watching);
            register(10);
            watching = watch(relay.port());
            awaitAllSystems();
        } finally {
            if (watching != null) {
                Programs.end(watching);
            }
            innkeeper.close();
        }
        List<Long> numbers =
                watched().stream().map(event -> event.path("number").asLong()).toList();
        assertThat(numbers)
                .as(() -> "what it complained about: " + trouble())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, numbers.size()).boxed().toList());
        assertThat(watched().stream()
                        .filter(event -> event.path("type").asString().equals("device.discovered")))
                .hasSize(60);
    }

    private String trouble() {
        try {
            return Files.readString(folder.resolve("trouble"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        try (InnkeeperProcess innkeeper = innkeeper()) {
            assertThat(innkeeper.awaitPage().getPort()).isPositive();
            Process wrong = new ProcessBuilder(
                            PYTHON,
                            EXAMPLES.resolve("register.py").toString(),
                            "--server",
                            "127.0.0.1:" + port,
                            "nonsense")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(wrong.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(wrong.waitFor()).isEqualTo(1);
            assertThat(said).contains("INVALID_ARGUMENT", "mac: must be a hardware address");
        }
    }
}
