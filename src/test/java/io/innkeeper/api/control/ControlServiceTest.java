package io.innkeeper.api.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.innkeeper.config.ByteSize;
import io.innkeeper.config.ControlConfig;
import io.innkeeper.service.ServiceController;
import io.innkeeper.service.ServiceException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The control socket, over real sockets. */
class ControlServiceTest {
    private static final int LINE = 1_024;
    private static final int PLENTY = 1_000_000;

    @TempDir
    private Path folder;

    private Path file;
    private final TestingTeller teller = new TestingTeller();
    private final ServiceController services = new ServiceController(
            InstantSource.system(),
            (type, service, message) -> {},
            Duration.ofSeconds(5),
            ServiceController.BackOff.USUAL);
    private @Nullable ControlService control;

    @BeforeEach
    void startServices() {
        file = folder.resolve("control.sock");
        services.add("teller", () -> teller);
        services.start();
    }

    @AfterEach
    void stop() {
        if (control != null) {
            control.close();
        }
        services.close();
    }

    private ControlConfig config(int connections, int rate, Duration idle) {
        return new ControlConfig(file, "0600", connections, rate, new ByteSize(LINE), idle);
    }

    private ControlService start(ControlConfig config) {
        ControlService made = new ControlService(config, services);
        try {
            made.start(reason -> {
                throw new AssertionError(reason);
            });
        } catch (ServiceException e) {
            throw new AssertionError(e);
        }
        control = made;
        return made;
    }

    private ControlService start() {
        return start(config(10, PLENTY, Duration.ofMinutes(1)));
    }

    private static String error(JsonNode answer) {
        assertThat(answer.path("status").asString()).isEqualTo("error");
        assertThat(answer.path("message").asString()).isNotBlank();
        return answer.path("data").path("error").asString();
    }

    @Test
    void oneLineOneAnswerInOrder() {
        start();
        try (TestingControlClient client = new TestingControlClient(file)) {
            assertThat(client.ask("{\"service\":\"teller\",\"command\":\"double\",\"args\":{\"number\":21}}")
                            .toString())
                    .isEqualTo("{\"status\":\"success\",\"message\":null,\"data\":{\"twice\":42}}");
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                many.append("{\"command\":\"double\",\"args\":{\"number\":")
                        .append(i)
                        .append("}}\n");
            }
            client.send(many.toString().getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 500; i++) {
                assertThat(client.answer().path("data").path("twice").asInt()).isEqualTo(2 * i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense | not JSON",
                "[] | a command is a JSON object",
                "{} | 'command' is missing",
                "{\"command\":5} | 'command' is missing or not a text",
                "{\"command\":\"double\",\"service\":5} | 'service' is not a text",
                "{\"command\":\"double\",\"args\":[]} | 'args' is not an object",
                "{\"command\":\"double\",\"arg\":{}} | and no others",
                "{\"command\":\"double\",\"command\":\"double\"} | not JSON",
                "{\"command\":\"list_services\"} {} | not JSON",
                "{\"command\":\"double\",\"args\":{\"number\":-1}} | from 0 to 1000000",
                "{\"command\":\"get_status\"} | there are: teller",
                "{\"command\":\"fly\"} | there are: teller",
                "{\"command\":\"fly\",\"service\":\"teller\"} | teller has no command 'fly'",
                "{\"command\":\"fly\",\"service\":\"tellr\"} | did you mean 'teller'?",
                "{\"command\":\"list_services\",\"args\":{\"a\":1}} | takes no arguments",
            })
    void whatIsWrongIsAnErrorAndTheConnectionStays(String line, String reason) {
        start();
        try (TestingControlClient client = new TestingControlClient(file)) {
            JsonNode answer = client.ask(line);
            assertThat(error(answer)).isEqualTo("CommandError");
            assertThat(answer.path("message").asString()).contains(reason);
            client.send("\n  \n");
            assertThat(client.ask("{\"command\":\"double\",\"args\":{\"number\":1}}")
                            .path("status")
                            .asString())
                    .as("after empty lines, which are no questions")
                    .isEqualTo("success");
        }
    }

    @Test
    void servicesAndCommandsAreListed() {
        start();
        try (TestingControlClient client = new TestingControlClient(file)) {
            JsonNode listed = client.ask("{\"command\":\"list_services\"}");
            assertThat(listed.path("data").path("services").get(0).path("name").asString())
                    .isEqualTo("teller");
            JsonNode all = client.ask("{\"command\":\"list_commands\"}")
                    .path("data")
                    .path("services")
                    .get(0);
            assertThat(all.path("service").asString()).isEqualTo("teller");
            assertThat(all.path("commands").get(0).path("arguments").get(0).toString())
                    .isEqualTo(
                            "{\"name\":\"number\",\"type\":\"integer\",\"required\":true,\"preset\":null,\"min\":0.0,"
                                    + "\"max\":1000000.0,\"choices\":[],\"doc\":\"Which.\"}");
            assertThat(error(client.ask("{\"command\":\"ping\"}"))).isEqualTo("NetworkError");
        }
    }

    @Test
    void aLineThatIsTooLongOrNoTextIsSaidSo() {
        start();
        try (TestingControlClient client = new TestingControlClient(file)) {
            String fits = "{\"command\":\"double\",\"args\":{\"number\":1}}";
            assertThat(client.ask(" ".repeat(LINE - fits.length()) + fits)
                            .path("status")
                            .asString())
                    .isEqualTo("success");
            JsonNode answer = client.ask(" ".repeat(LINE + 1 - fits.length()) + fits);
            assertThat(error(answer)).isEqualTo("CommandError");
            assertThat(answer.path("message").asString()).contains("longer than 1024 bytes");
            client.send("x".repeat(5 << 20));
            assertThat(error(client.answer())).isEqualTo("CommandError");
            assertThat(java.util.Objects.requireNonNull(control).held()).isLessThan(LINE + 4_096);
            client.send(new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
            assertThat(client.answer().path("message").asString()).contains("not UTF-8");
            assertThat(client.ask(fits).path("status").asString()).isEqualTo("success");
        }
    }

    @ParameterizedTest
    @CsvSource({"0600, rw-------", "0660, rw-rw----", "0755, rwxr-xr-x", "0007, ------rwx"})
    void theFileHasItsMode(String mode, String permissions) throws IOException {
        start(new ControlConfig(file, mode, 1, 1, new ByteSize(LINE), Duration.ofMinutes(1)));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo(permissions);
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).as("nothing else is left").containsExactly(file);
        }
    }

    @Test
    void theFileGoesWithTheService() {
        ControlService first = start();
        assertThat(file).exists();
        first.close();
        assertThat(file).doesNotExist();
    }

    @Test
    void whatADeadProcessLeftIsReplaced() throws IOException {
        ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        dead.bind(UnixDomainSocketAddress.of(file));
        dead.close();
        assertThat(file).exists();
        start();
        try (TestingControlClient client = new TestingControlClient(file)) {
            assertThat(client.ask("{\"command\":\"list_services\"}")
                            .path("status")
                            .asString())
                    .isEqualTo("success");
        }
    }

    @Test
    void oneThatIsAliveIsLeftAlone() {
        start();
        assertThatThrownBy(() -> new ControlService(config(1, 1, Duration.ofMinutes(1)), services).start(reason -> {}))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("another process listens there")
                .hasMessageContaining("api.control");
        try (TestingControlClient client = new TestingControlClient(file)) {
            assertThat(client.ask("{\"command\":\"list_services\"}")
                            .path("status")
                            .asString())
                    .isEqualTo("success");
        }
    }

    @Test
    void whatIsNoSocketIsLeftAlone() throws IOException {
        Files.writeString(file, "precious");
        ControlService one = new ControlService(config(1, 1, Duration.ofMinutes(1)), services);
        assertThatThrownBy(() -> one.start(reason -> {}))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("no socket");
        one.close();
        assertThat(file).hasContent("precious");
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("elsewhere"));
        assertThatThrownBy(() -> new ControlService(config(1, 1, Duration.ofMinutes(1)), services).start(reason -> {}))
                .hasMessageContaining("no socket");
    }

    @Test
    void aPlaceThatCannotBeIsSaidSo() {
        Path far = folder.resolve("x".repeat(120));
        for (Path wrong : List.of(far, folder.resolve("none").resolve("c.sock"))) {
            ControlConfig config = new ControlConfig(wrong, "0600", 1, 1, new ByteSize(LINE), Duration.ofMinutes(1));
            assertThatThrownBy(() -> new ControlService(config, services).start(reason -> {}))
                    .isInstanceOf(ServiceException.class)
                    .hasMessageContaining(wrong.toString());
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void moreConnectionsThanMayBeAreTurnedAway() {
        ControlService made = start(config(2, PLENTY, Duration.ofMinutes(1)));
        TestingControlClient first = new TestingControlClient(file);
        try (TestingControlClient second = new TestingControlClient(file)) {
            first.ask("{\"command\":\"list_services\"}");
            second.ask("{\"command\":\"list_services\"}");
            try (TestingControlClient third = new TestingControlClient(file)) {
                JsonNode told = third.answer();
                assertThat(error(told)).isEqualTo("ServiceError");
                assertThat(told.path("message").asString()).contains("2 connections already");
                assertThat(third.line()).isNull();
            }
            first.close();
            await().until(() -> made.connections() == 1);
            try (TestingControlClient fourth = new TestingControlClient(file)) {
                assertThat(fourth.ask("{\"command\":\"list_services\"}")
                                .path("status")
                                .asString())
                        .isEqualTo("success");
            }
        }
        assertThat(made.health().detail()).containsEntry("turnedAway", 1L);
    }

    @Test
    void anIdleConnectionIsClosedOneThatWaitsForItsAnswerIsNot() {
        ControlService made = start(config(10, PLENTY, Duration.ofMillis(200)));
        try (TestingControlClient idle = new TestingControlClient(file);
                TestingControlClient waiting = new TestingControlClient(file)) {
            waiting.send("{\"command\":\"wait\"}");
            assertThat(idle.line()).isNull();
            await().during(Duration.ofMillis(600)).until(() -> made.connections() == 1);
            teller.gate.countDown();
            assertThat(waiting.answer().path("status").asString()).isEqualTo("success");
        }
    }

    @Test
    void atTheEndAllConnectionsEnd() {
        ControlService made = start();
        try (TestingControlClient client = new TestingControlClient(file)) {
            client.ask("{\"command\":\"list_services\"}");
            made.close();
            assertThat(client.line()).isNull();
            await().until(() -> made.connections() == 0);
        }
    }

    /** Seeded. Each gets one answer that fits, and a good command in between gets the right one. */
    @ParameterizedTest
    @ValueSource(longs = {7})
    void tenThousandMalformedCommands(long seed) {
        ControlService made = start();
        Random random = new Random(seed);
        try (TestingControlClient client = new TestingControlClient(file)) {
            for (int i = 0; i < 10_000; i++) {
                client.send(malformed(random));
                JsonNode answer = client.answer();
                assertThat(error(answer)).isIn("CommandError");
                assertThat(answer.path("message").asString()).hasSizeLessThan(3_000);
                assertThat(made.held()).isLessThan(LINE + 4_096);
                if (i % 100 == 0) {
                    assertThat(client.ask("{\"command\":\"double\",\"args\":{\"number\":" + i + "}}")
                                    .path("data")
                                    .path("twice")
                                    .asInt())
                            .isEqualTo(2 * i);
                }
            }
        }
        assertThat(made.health().detail()).containsEntry("answered", 10_100L);
    }

    private static byte[] malformed(Random random) {
        String good = "{\"service\":\"teller\",\"command\":\"double\",\"args\":{\"number\":7}}";
        byte[] line = switch (random.nextInt(6)) {
            case 0 -> good.substring(0, 1 + random.nextInt(good.length() - 1)).getBytes(StandardCharsets.UTF_8);
            case 1 -> noise(random);
            case 2 -> "[".repeat(1 + random.nextInt(3_000)).getBytes(StandardCharsets.UTF_8);
            case 3 ->
                good.replace(
                                "7",
                                List.of("-1", "1e99", "{}", "\"x\"", "[7]", "1.5")
                                        .get(random.nextInt(6)))
                        .getBytes(StandardCharsets.UTF_8);
            case 4 -> good.replace("number", "n" + random.nextInt()).getBytes(StandardCharsets.UTF_8);
            default -> good.replace("teller", "t\\u0000" + random.nextInt()).getBytes(StandardCharsets.UTF_8);
        };
        byte[] ended = java.util.Arrays.copyOf(line, line.length + 1);
        ended[line.length] = '\n';
        return ended;
    }

    /** Octets that are no line end, and begin as no JSON object does. */
    private static byte[] noise(Random random) {
        byte[] noise = new byte[1 + random.nextInt(2 * LINE)];
        random.nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = noise[i] == '\n' || noise[i] == '\r' ? (byte) 'x' : noise[i];
        }
        noise[0] = '#';
        return noise;
    }

    @Test
    void aThousandConnectionsAtATime() throws InterruptedException {
        int count = 1_000;
        ControlService made = start(config(count, PLENTY, Duration.ofMinutes(1)));
        List<TestingControlClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                clients.add(new TestingControlClient(file));
            }
            List<String> wrong = java.util.Collections.synchronizedList(new ArrayList<>());
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                TestingControlClient client = clients.get(i);
                threads.add(Thread.ofVirtual().start(() -> talk(client, number, wrong)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(wrong).isEmpty();
            assertThat(made.connections()).isEqualTo(count);
            assertThat(made.held()).isLessThanOrEqualTo(count * (LINE + 4_096L));
            try (TestingControlClient one = new TestingControlClient(file)) {
                assertThat(error(one.answer())).isEqualTo("ServiceError");
            }
        } finally {
            clients.forEach(TestingControlClient::close);
        }
        await().until(() -> made.connections() == 0);
    }

    private static void talk(TestingControlClient client, int number, List<String> wrong) {
        for (int i = 0; i < 10; i++) {
            int asked = number * 10 + i;
            JsonNode answer = client.ask("{\"command\":\"double\",\"args\":{\"number\":" + asked + "}}");
            if (answer.path("data").path("twice").asInt() != 2 * asked) {
                wrong.add(asked + " " + answer);
            }
            JsonNode refused = client.ask("{\"command\":\"double\",\"args\":{\"nubmer\":" + asked + "}}");
            if (!refused.path("message").asString().contains("did you mean 'number'?")) {
                wrong.add(refused.toString());
            }
        }
    }
}
