package io.innkeeper.feed.rdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.innkeeper.wire.rdk.MessageLayout;
import io.innkeeper.wire.rdk.PluginEnvironment;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.PluginSample;
import io.innkeeper.wire.rdk.SpHello;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts for udhcpc and dibbler, run by the shells they meet: what arrives is what the real plugins sent, octet for octet. */
class PluginScriptTest {
    private static final Path SCRIPTS =
            Path.of(System.getProperty("innkeeper.root", ".")).resolve("packaging/plugins");

    /** All that a box has. */
    private static final List<String> APPLETS =
            List.of("sh", "nc", "dd", "tr", "cat", "mkfifo", "mktemp", "rm", "sleep", "readlink");

    private static final List<String> FOLDERS = List.of("/bin", "/usr/bin");
    private static final byte[] PULL = SpHello.of(SpHello.PULL);

    @TempDir
    private Path folder;

    private TestingMonitor monitor;

    @BeforeEach
    void listen() throws IOException {
        monitor = new TestingMonitor();
    }

    @AfterEach
    void close() throws IOException {
        monitor.close();
    }

    /** What the script said on its standard error. */
    private record Run(int exit, String errors) {}

    private static Path program(String name) {
        Optional<Path> found = FOLDERS.stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), name + " is not installed");
        return found.orElseThrow();
    }

    /** A folder with these commands and no others, given as {@code NAME} of busybox or {@code NAME=PROGRAM}. */
    private Path box(List<String> commands) throws IOException {
        Path bin = Files.createTempDirectory(folder, "bin");
        for (String command : commands) {
            String name = command.replaceFirst("=.*", "");
            Files.createSymbolicLink(
                    bin.resolve(name),
                    program(command.equals(name) ? "busybox" : command.substring(name.length() + 1)));
        }
        return bin;
    }

    private Run run(List<String> shell, Path script, Path path, Map<String, String> environment, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(shell);
        command.add(script.toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().clear();
        process.environment().put("INNKEEPER_PLUGIN_SETTINGS", "/nonexistent");
        process.environment().put("INNKEEPER_LEASE_MONITOR", "127.0.0.1:" + monitor.port());
        process.environment().put("TMPDIR", folder.toString());
        process.environment().putAll(environment);
        process.environment().put("PATH", path.toString());
        process.redirectError(folder.resolve("errors").toFile());
        process.redirectOutput(folder.resolve("output").toFile());
        Process started = process.start();
        assertThat(started.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(started.exitValue(), Files.readString(folder.resolve("errors")));
    }

    private Run run(String shell, boolean v6, Map<String, String> environment, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(program(shell).toString()));
        if (shell.equals("busybox")) {
            words.add("sh");
        }
        Path path = shell.equals("busybox") ? box(APPLETS) : Path.of("/usr/bin:/bin");
        return run(words, script(v6), path, environment, arguments);
    }

    private static Path script(boolean v6) {
        return SCRIPTS.resolve(v6 ? "dibbler-lease-monitor.sh" : "udhcpc-lease-monitor.sh");
    }

    static Stream<Arguments> samples() throws IOException {
        List<PluginSample> samples = PluginSample.all().toList();
        return Stream.of("dash", "busybox").flatMap(shell -> samples.stream().map(one -> Arguments.of(shell, one)));
    }

    @ParameterizedTest
    @MethodSource
    void samples(String shell, PluginSample sample) throws Exception {
        Map<String, String> environment = new TreeMap<>(sample.environment());
        if (sample.layout() != MessageLayout.LP64_MAPE) {
            environment.put(
                    "INNKEEPER_LEASE_OCTETS", String.valueOf(sample.layout().length()));
        }
        Run run = run(shell, sample.isV6(), environment, sample.action());
        assertThat(run).isEqualTo(new Run(0, ""));
        if (sample.isSent()) {
            byte[] message = monitor.message();
            assertThat(message).isEqualTo(sample.asOfLaterRelease(message));
        }
        assertThat(monitor.connections()).isEqualTo(sample.isSent() ? 1 : 0);
    }

    /** Values as nobody would choose them, of all characters but NUL: the script and our own reading agree. */
    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox"})
    void anyValues(String shell) throws Exception {
        Random random = new Random(6);
        List<MessageLayout> layouts = List.of(MessageLayout.values());
        for (int round = 0; round < 24; round++) {
            boolean v6 = round % 2 == 1;
            MessageLayout layout = layouts.get(round / 2 % 4);
            Map<String, String> values = values(random, v6);
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (Map.Entry<String, String> value : values.entrySet()) {
                lines.writeBytes(
                        ("export " + value.getKey() + "='" + value.getValue().replace("'", "'\\''") + "'\n")
                                .getBytes(StandardCharsets.UTF_8));
            }
            Path settings = Files.write(folder.resolve("settings"), lines.toByteArray());
            String action = v6 ? "expire" : "renew";
            Run run = run(
                    shell,
                    v6,
                    Map.of(
                            "INNKEEPER_PLUGIN_SETTINGS",
                            settings.toString(),
                            "INNKEEPER_LEASE_OCTETS",
                            String.valueOf(layout.length())),
                    action);
            assertThat(run).isEqualTo(new Run(0, ""));
            PluginMessage expected = (v6
                            ? PluginEnvironment.dibbler(action, values, layout)
                            : PluginEnvironment.udhcpc(action, values, layout))
                    .orElseThrow();
            assertThat(monitor.message()).as(action + " " + values).isEqualTo(expected.write());
        }
    }

    private static Map<String, String> values(Random random, boolean v6) {
        List<String> names = v6
                ? List.of(("IFACE ADDR1 ADDR1IAID ADDR1PREF ADDR1VALID ADDR1T1 ADDR1T2 PREFIX1 PREFIX1LEN PREFIX1IAID"
                                + " PREFIX1VALID SRV_OPTION17 SRV_OPTION23 SRV_OPTION24 SRV_OPTION31"
                                + " SRV_OPTION64 SRV_OPTION94 SRV_OPTION95")
                        .split(" "))
                : List.of(
                        ("interface ip subnet router dns lease renewaltime opt58 rebindingtime opt59 timezone timeoffset"
                                        + " opt122 opt125 bootfile siaddr hostname domain upstreamrate downstreamrate serverid"
                                        + " sipsrv staticroutes")
                                .split(" "));
        Map<String, String> values = new TreeMap<>();
        for (String name : names) {
            switch (random.nextInt(5)) {
                case 0 -> {}
                case 1 -> values.put(name, "");
                case 2 -> values.put(name, (random.nextBoolean() ? " -" : "") + random.nextLong(1L << 40) + "x");
                default -> values.put(name, characters(random, name));
            }
        }
        return values;
    }

    /** Also what the shell finds meaningful, and characters of two octets; those only where the cut cannot part them. */
    private static String characters(Random random, String name) {
        boolean list = name.equals("dns") || name.equals("SRV_OPTION23") || name.equals("SRV_OPTION17");
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(random.nextInt(10) == 0 ? 400 : 70);
        for (int i = 0; i < length; i++) {
            text.append((char) (list || random.nextInt(3) > 0 ? 1 + random.nextInt(126) : 128 + random.nextInt(1_800)));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nc.openbsd", "nc.traditional", "busybox", "ncat"})
    void anyNc(String nc) throws Exception {
        List<String> commands = new ArrayList<>(APPLETS);
        commands.set(1, "nc=" + nc);
        sendsBy(commands);
    }

    @ParameterizedTest
    @ValueSource(strings = {"busybox", "ncat", "socat", "bash"})
    void otherPrograms(String name) throws Exception {
        List<String> commands = new ArrayList<>(APPLETS);
        commands.set(1, name + "=" + name);
        sendsBy(commands);
    }

    private void sendsBy(List<String> commands) throws Exception {
        PluginSample sample = PluginSample.named("v4-bound");
        Run run = run(List.of("/bin/sh"), script(false), box(commands), sample.environment(), "bound");
        assertThat(run).isEqualTo(new Run(0, ""));
        assertThat(monitor.message()).isEqualTo(sample.bytes());
    }

    @Test
    void withoutAnyProgramItSaysSo() throws Exception {
        List<String> commands =
                APPLETS.stream().filter(name -> !name.equals("nc")).toList();
        Path box = box(commands);
        Path script = Files.createDirectory(folder.resolve("copy")).resolve("udhcpc-lease-monitor.sh");
        Files.copy(script(false), script);
        // Elsewhere it also looks in the usual folders, where this machine has more than a box.
        Files.writeString(
                script.resolveSibling("lease-monitor.sh"),
                Files.readString(SCRIPTS.resolve("lease-monitor.sh")).replace(":/usr/sbin:/usr/bin:/sbin:/bin", ""));
        assertThat(run(List.of("/bin/sh"), script, box, Map.of("interface", "eth0"), "bound"))
                .isEqualTo(new Run(0, "udhcpc-lease-monitor.sh: none of nc, busybox nc, ncat, socat, bash is there\n"));
    }

    @Test
    void theOtherScriptIsCalledFirstAndItsStatusCounts() throws Exception {
        Path other = Files.writeString(
                folder.resolve("default script"),
                "#!/bin/sh\necho \"$# $1 $interface $ip ${LC_ALL-unset}\" >>\"$seen\"\nexit 3\n");
        assertThat(other.toFile().setExecutable(true)).isTrue();
        Path seen = folder.resolve("seen");
        PluginSample sample = PluginSample.named("v4-bound");
        Map<String, String> environment = new TreeMap<>(sample.environment());
        environment.put("INNKEEPER_UDHCPC_SCRIPT", other.toString());
        environment.put("seen", seen.toString());
        assertThat(run("busybox", false, environment, "bound")).isEqualTo(new Run(3, ""));
        assertThat(monitor.message()).isEqualTo(sample.bytes());
        assertThat(run("busybox", false, environment, "nak").exit()).isEqualTo(3);
        assertThat(Files.readAllLines(seen))
                .containsExactly("1 bound erouter0 192.0.2.45 unset", "1 nak erouter0 192.0.2.45 unset");
        Path settings = Files.writeString(folder.resolve("settings"), "INNKEEPER_DIBBLER_SCRIPT='" + other + "'\n");
        Map<String, String> six = Map.of("INNKEEPER_PLUGIN_SETTINGS", settings.toString(), "seen", seen.toString());
        assertThat(run("dash", true, six, "expire").exit()).isEqualTo(3);
        assertThat(monitor.message()).as("no interface").startsWith(new byte[32]);
        assertThat(Files.readAllLines(seen)).hasSize(3);
    }

    @Test
    void aLinkToItIsAsGood() throws Exception {
        Path link = Files.createSymbolicLink(
                folder.resolve("default.script"), script(false).toAbsolutePath().normalize());
        assertThat(run(List.of(), link, Path.of("/usr/bin:/bin"), Map.of("interface", "eth0"), "deconfig"))
                .isEqualTo(new Run(0, ""));
        assertThat(monitor.message()).startsWith("eth0\0".getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void statusesOfThePlugins(boolean v6) throws Exception {
        assertThat(run("dash", v6, Map.of())).isEqualTo(new Run(255, ""));
        assertThat(run("dash", v6, Map.of(), "")).isEqualTo(new Run(v6 ? 255 : 0, ""));
        assertThat(run("dash", v6, Map.of(), "frobnicate")).isEqualTo(new Run(0, ""));
        assertThat(run("dash", v6, Map.of("INNKEEPER_LEASE_OCTETS", "1721"), v6 ? "add" : "bound"))
                .isEqualTo(new Run(
                        0,
                        script(v6).getFileName()
                                + ": INNKEEPER_LEASE_OCTETS is 1720, 1712, 1464 or 1456, not '1721'\n"));
        assertThat(monitor.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox"})
    void whatIsNoMonitorIsTriedAgain(String shell) throws Exception {
        byte[] push = SpHello.of(SpHello.PUSH);
        monitor.answerFirst(push, "HTTP/1.1".getBytes(StandardCharsets.US_ASCII), Arrays.copyOf(PULL, 5));
        assertThat(run(shell, false, Map.of("interface", "eth0"), "deconfig")).isEqualTo(new Run(0, ""));
        assertThat(monitor.message()).hasSize(MessageLayout.LONGEST);
        assertThat(monitor.connections()).isEqualTo(4);
        assertThat(monitor.tooEarly())
                .as("nothing is sent before the monitor has greeted")
                .isZero();
    }

    @Test
    void afterFiveTriesItGivesUpAndSaysSo() throws Exception {
        monitor.close();
        long before = System.nanoTime();
        Run run = run("dash", true, Map.of("IFACE", "eth0"), "add");
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before)).isGreaterThanOrEqualTo(4);
        assertThat(run.exit()).isZero();
        assertThat(run.errors().lines().toList())
                .singleElement()
                .asString()
                .contains("'add' is lost: no lease monitor answers at 127.0.0.1 port " + monitor.port());
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString().toLowerCase(Locale.ROOT)))
                    .noneMatch(name -> name.startsWith("tmp"));
        }
    }
}
