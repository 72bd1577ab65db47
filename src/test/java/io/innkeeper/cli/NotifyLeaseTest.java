package io.innkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.feed.rdk.TestingMonitor;
import io.innkeeper.tell.push.PushSender;
import io.innkeeper.tell.push.Sent;
import io.innkeeper.view.Json;
import io.innkeeper.wire.rdk.PluginEnvironment;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.PluginSample;
import io.innkeeper.wire.rdk.SpAddress;
import io.innkeeper.wire.rdk.SpFrames;
import io.innkeeper.wire.rdk.SpHello;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code notify lease} against a monitor that keeps what arrives. */
class NotifyLeaseTest {
    private static final Map<String, String> BOUND = Map.of("interface", "wan0", "ip", "192.0.2.9", "lease", "60");

    private TestingMonitor monitor;

    @BeforeEach
    void listen() throws IOException {
        monitor = new TestingMonitor();
    }

    @AfterEach
    void close() throws IOException {
        monitor.close();
    }

    private record Result(int exitCode, String out, String err) {}

    private String address() {
        return "rdk:tcp://127.0.0.1:" + monitor.port();
    }

    private static Result run(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Commands.of(new NoProgram(), environment);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] all = new String[arguments.length + 2];
        all[0] = "notify";
        all[1] = "lease";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return new Result(line.execute(all), out.toString(), err.toString());
    }

    private static final class NoProgram implements Program {
        @Override
        public int run(@Nullable Path config, List<String> settings) {
            return 1;
        }

        @Override
        public int demo(int devices, double speed, List<String> settings) {
            return 1;
        }

        @Override
        public int training() {
            return 1;
        }
    }

    @ParameterizedTest
    @MethodSource("io.innkeeper.wire.rdk.PluginSample#sent")
    void sendsWhatThePluginSends(PluginSample sample) throws Exception {
        Result told = run(
                sample.environment(),
                sample.isV6() ? "dibbler" : "udhcpc",
                sample.action(),
                "--to",
                address(),
                "--octets",
                String.valueOf(sample.layout().length()));
        assertThat(told).isEqualTo(new Result(0, "", ""));
        byte[] message = monitor.message();
        assertThat(message).isEqualTo(sample.asOfLaterRelease(message));
        assertThat(monitor.tooEarly()).isZero();
    }

    @Test
    void theFirstMonitorThatAnswersIsTold() throws Exception {
        Result told = run(BOUND, "udhcpc", "bound", "--to", "rdk:tcp://127.0.0.1:1", "--to", address(), "--json");
        assertThat(told.exitCode()).isZero();
        assertThat(Json.MAPPER.readTree(told.out()))
                .isEqualTo(Json.MAPPER.readTree(
                        "{\"state\":\"told\",\"interface\":\"wan0\",\"to\":\"" + address() + "\",\"detail\":\"\"}"));
        assertThat(PluginMessage.parse(monitor.message())).isInstanceOf(PluginMessage.class);
    }

    @Test
    void whatIsNoMonitorIsTriedAgain() throws Exception {
        monitor.answerFirst(SpHello.of(SpHello.PUSH), new byte[3]);
        assertThat(run(BOUND, "udhcpc", "bound", "--to", address()).exitCode()).isZero();
        monitor.message();
        assertThat(monitor.connections()).isEqualTo(3);
    }

    @Test
    void nobodyAnswers() {
        Result lost = run(BOUND, "udhcpc", "bound", "--to", "rdk:tcp://127.0.0.1:1", "--wait", "1ms");
        assertThat(lost.exitCode()).isEqualTo(3);
        assertThat(lost.err()).contains("no lease monitor took 'bound' of wan0, it is lost: tcp://127.0.0.1:1: ");
        Result json = run(BOUND, "udhcpc", "bound", "--to", "rdk:tcp://127.0.0.1:1", "--wait", "1ms", "--json");
        assertThat(json.exitCode()).isEqualTo(3);
        assertThat(json.out()).contains("\"state\":\"unreachable\"");
    }

    @Test
    void overAUnixSocket(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            CompletableFuture<byte[]> heard = CompletableFuture.supplyAsync(() -> all(server));
            PluginMessage message = PluginEnvironment.udhcpc(
                            "bound", BOUND, PluginSample.named("v4-bound").layout())
                    .orElseThrow();
            SpAddress address = SpAddress.parse("ipc://" + path).orElseThrow();
            Sent sent = new PushSender(List.of(address), Duration.ofSeconds(5)).send(message);
            assertThat(sent).isEqualTo(new Sent(Sent.State.TOLD, "rdk:ipc://" + path, ""));
            byte[] octets = message.write();
            assertThat(heard.get())
                    .isEqualTo(ByteBuffer.allocate(17 + octets.length)
                            .put(SpHello.of(SpHello.PUSH))
                            .put(SpFrames.head(SpFrames.Form.IPC, octets.length))
                            .put(octets)
                            .array());
        }
    }

    private static byte[] all(ServerSocketChannel server) {
        try (SocketChannel peer = server.accept()) {
            peer.write(ByteBuffer.wrap(SpHello.of(SpHello.PULL)));
            return Channels.newInputStream(peer).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDryRunShowsTheMessageAndSendsNothing() {
        Result shown = run(BOUND, "udhcpc", "bound", "--dry-run", "--to", address());
        assertThat(shown.out().lines().toList())
                .contains("ifname: wan0", "assigned: true", "address: 192.0.2.9", "leaseTime: 60", "state: bound")
                .noneMatch(line -> line.startsWith("gateway"));
        Result json = run(Map.of("IFACE", "wan0"), "dibbler", "expire", "--dry-run", "--json");
        assertThat(Json.MAPPER.readTree(json.out()).path("isExpired").asBoolean(false))
                .isTrue();
        assertThat(monitor.connections()).isZero();
    }

    @Test
    void wherePluginsSayNothingNothingIsSent() {
        assertThat(run(BOUND, "udhcpc", "nak", "--to", address())).isEqualTo(new Result(0, "", ""));
        assertThat(run(BOUND, "udhcpc", "nak", "--json").out()).isEqualTo("{\"state\":\"nothing\"}\n");
        assertThat(monitor.connections()).isZero();
    }

    @Test
    void withoutAnInterfaceItWarnsAndSends() throws Exception {
        Result told = run(Map.of(), "udhcpc", "deconfig", "--to", address());
        assertThat(told.exitCode()).isZero();
        assertThat(told.err()).contains("names no interface");
        assertThat(monitor.message()).startsWith(new byte[32]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "udhcpc",
                "odhcp6c bound",
                "udhcpc bound --to tcp://127.0.0.1:1",
                "udhcpc bound --to rdk:ws://127.0.0.1:1",
                "udhcpc bound --to rdk:tcp://*:1",
                "udhcpc bound --to rdk:tcp://127.0.0.1:0",
                "udhcpc bound --wait soon",
                "udhcpc bound --octets 1721",
                "udhcpc bound --frobnicate"
            })
    void whatMakesNoSense(String line) {
        Result wrong = run(BOUND, line.split(" "));
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("Usage: innkeeper notify lease");
    }

    @Test
    void theUsualFormIsReadWithoutTheLibrary() {
        assertThat(LeaseNotice.quick("notify lease udhcpc bound --to a --wait 1s --to b".split(" ")))
                .contains(new LeaseNotice(
                        "udhcpc",
                        "bound",
                        new LeaseTargets(List.of("a", "b"), List.of(), null, "first", "1s"),
                        1720,
                        false,
                        false));
        for (String other : List.of(
                "notify add a b",
                "notify lease udhcpc",
                "notify lease udhcpc bound --json",
                "notify lease udhcpc bound --octets 1712",
                "notify lease --help x",
                "leases")) {
            assertThat(LeaseNotice.quick(other.split(" "))).as(other).isEmpty();
        }
    }

    @Test
    void variablesComeAsTheKernelHasThem() {
        assertThat(LeaseNotice.variables(Map.of())).containsKey("PATH");
    }

    @Test
    void theTrainingTellsItsOwnMonitor() {
        assertThat(QuickCommand.execute(new String[] {NotifyTraining.COMMAND})).hasValue(0);
    }
}
