package io.innkeeper.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.innkeeper.ops.LogSettings.Console;
import io.innkeeper.ops.LogSettings.FileSettings;
import io.innkeeper.ops.LogSettings.SyslogTarget;
import io.innkeeper.ops.LogSettings.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class LogSetupTest {
    private static final Logger LOG = LoggerFactory.getLogger("io.innkeeper.lease.LeaseFeed");
    private static final Logger LIBRARY = LoggerFactory.getLogger("org.library.Server");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final LogSetup setup = new LogSetup(console, false);

    @AfterEach
    void backToTheQuietConfiguration() {
        setup.close();
        LoggerContext.getContext(false).reconfigure();
    }

    private static LogSettings settings(Console console, @Nullable FileSettings file, @Nullable SyslogTarget syslog) {
        return new LogSettings(Level.INFO, Map.of(), console, file, syslog);
    }

    private List<String> consoleLines() {
        return console.toString(UTF_8).lines().toList();
    }

    @Test
    void textIsForPeople() {
        assertThat(setup.apply(LogSettings.DEFAULT)).isEmpty();
        LOG.atInfo().addKeyValue("ip", "192.0.2.1").log("watching {}", "home");
        LOG.debug("not shown");
        assertThat(consoleLines()).hasSize(1);
        assertThat(consoleLines().getFirst())
                .matches(
                        "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  LeaseFeed: watching home ip=192\\.0\\.2\\.1");
    }

    @Test
    void noGuestCanForgeALine() {
        setup.apply(LogSettings.DEFAULT);
        LOG.warn("name {}", "a\n2026-11-01 00:00:00.000 INFO  LeaseFeed: all is well\u001b[2J\r");
        assertThat(consoleLines()).hasSize(2);
        assertThat(consoleLines().get(1)).startsWith("    2026").endsWith("all is well\\x1b[2J");
    }

    @Test
    void anExceptionIsIndented() {
        setup.apply(LogSettings.DEFAULT);
        LOG.error("cannot read", new IOException("disk gone"));
        assertThat(consoleLines().get(0)).endsWith("ERROR LeaseFeed: cannot read");
        assertThat(consoleLines().get(1)).isEqualTo("    java.io.IOException: disk gone");
        assertThat(consoleLines().get(2)).startsWith("        at io.innkeeper.ops.LogSetupTest");
    }

    @Test
    void colourOnlyWhereAskedFor() {
        try (LogSetup coloured = new LogSetup(console, true)) {
            coloured.apply(LogSettings.DEFAULT);
            LOG.warn("careful");
        }
        assertThat(console.toString(UTF_8)).contains("\u001b[33mWARN \u001b[m LeaseFeed: careful");
    }

    @Test
    void jsonIsOneObjectALine() {
        setup.apply(settings(Console.JSON, null, null));
        LOG.atWarn().addKeyValue("mac", "02:00:00:00:00:01").log("odd \"name\"\n{}", "ü\u0000");
        LOG.error("failed", new IllegalStateException("boo"));
        assertThat(consoleLines()).hasSize(2);
        JsonNode first = JSON.readTree(consoleLines().get(0));
        assertThat(first.get("message").asString()).isEqualTo("odd \"name\"\nü\u0000");
        assertThat(first.get("log.level").asString()).isEqualTo("WARN");
        assertThat(first.get("log.logger").asString()).isEqualTo("io.innkeeper.lease.LeaseFeed");
        assertThat(first.get("labels").get("mac").asString()).isEqualTo("02:00:00:00:00:01");
        assertThat(Instant.parse(first.get("@timestamp").asString())).isBeforeOrEqualTo(Instant.now());
        JsonNode second = JSON.readTree(consoleLines().get(1));
        assertThat(second.get("error.type").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(second.get("error.stack_trace").asString()).contains("at io.innkeeper.ops.LogSetupTest");
        assertThat(second.has("labels")).isFalse();
    }

    @Test
    void levels() {
        setup.apply(new LogSettings(
                Level.DEBUG,
                Map.of("io.innkeeper.lease", Level.ERROR, "org.library", Level.INFO),
                Console.TEXT,
                null,
                null));
        LOG.warn("1 hidden");
        LOG.error("2 shown");
        LoggerFactory.getLogger("io.innkeeper.App").debug("3 shown");
        LoggerFactory.getLogger("io.innkeeper.App").trace("4 hidden");
        LIBRARY.info("5 shown");
        LoggerFactory.getLogger("org.other").info("6 hidden");
        LoggerFactory.getLogger("org.other").warn("7 shown");
        assertThat(consoleLines())
                .extracting(line -> line.replaceAll(".*: ", ""))
                .containsExactly("2 shown", "3 shown", "5 shown", "7 shown");
    }

    @Test
    void rootIsTheLibraries() {
        setup.apply(new LogSettings(Level.ERROR, Map.of("root", Level.INFO), Console.TEXT, null, null));
        LIBRARY.info("shown");
        LOG.warn("hidden");
        assertThat(consoleLines()).hasSize(1);
        setup.apply(new LogSettings(Level.ERROR, Map.of(), Console.TEXT, null, null));
        LIBRARY.warn("hidden");
        assertThat(consoleLines()).hasSize(1);
    }

    @Test
    void theFileRotatesAndKeepsAsManyAsAsked() throws IOException {
        Path file = folder.resolve("new folder/100%d {x}.log");
        setup.apply(settings(Console.OFF, new FileSettings(file, 1_000, 2, false), null));
        IntStream.range(0, 200).forEach(i -> LOG.info("line {}", i));
        assertThat(file).exists();
        assertThat(file.resolveSibling("100%d {x}.log.1")).exists();
        assertThat(file.resolveSibling("100%d {x}.log.2")).exists();
        assertThat(names(folder.resolve("new folder"))).hasSize(3);
        assertThat(Files.readString(file.resolveSibling("100%d {x}.log.1"))).hasSizeBetween(900, 1_200);
        assertThat(consoleLines()).isEmpty();
        assertThat(setup.problems()).isEmpty();
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theFileCanBeJson() throws IOException {
        Path file = folder.resolve("j.log");
        setup.apply(settings(Console.OFF, new FileSettings(file, 1_000_000, 1, true), null));
        LOG.info("hello");
        assertThat(JSON.readTree(Files.readString(file)).get("message").asString())
                .isEqualTo("hello");
    }

    @Test
    void appliedAgainWithoutLosingALine() throws Exception {
        Path file = folder.resolve("live.log");
        setup.apply(settings(Console.OFF, new FileSettings(file, 100_000_000, 1, false), null));
        AtomicBoolean stop = new AtomicBoolean();
        List<Integer> written = new ArrayList<>();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; !stop.get(); i++) {
                LOG.info("#{}#", i);
                written.add(i);
            }
        });
        for (int i = 0; i < 20; i++) {
            Level level = i % 2 == 0 ? Level.DEBUG : Level.INFO;
            FileSettings same = new FileSettings(file, 100_000_000 + i, 1, false);
            setup.apply(new LogSettings(level, Map.of(), Console.OFF, same, null));
        }
        stop.set(true);
        writer.join();
        List<Integer> found = Files.readAllLines(file).stream()
                .map(line -> Integer.valueOf(line.replaceAll(".*#(\\d+)#", "$1")))
                .toList();
        assertThat(found).isEqualTo(written).isNotEmpty();
    }

    @Test
    void theFileCanMoveAtRunTime() throws IOException {
        setup.apply(settings(Console.OFF, new FileSettings(folder.resolve("a.log"), 1_000_000, 1, false), null));
        LOG.info("one");
        setup.apply(settings(Console.TEXT, new FileSettings(folder.resolve("b.log"), 1_000_000, 1, false), null));
        LOG.info("two");
        assertThat(Files.readString(folder.resolve("a.log"))).contains("one").doesNotContain("two");
        assertThat(Files.readString(folder.resolve("b.log"))).contains("two").doesNotContain("one");
        assertThat(consoleLines()).hasSize(1);
    }

    @Test
    void syslogByDatagram() throws IOException {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(5_000);
            SyslogTarget target = new SyslogTarget(Transport.UDP, "127.0.0.1", server.getLocalPort());
            assertThat(setup.apply(settings(Console.OFF, null, target))).isEmpty();
            LOG.atWarn().addKeyValue("name", "a\"b]c\\d").log("odd é");
            assertThat(receive(server))
                    .matches("<28>1 \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z [!-~]+ innkeeper "
                            + ProcessHandle.current().pid()
                            + " LeaseFeed \\[fields@32473 name=\"a\\\\\"b\\\\]c\\\\\\\\d\"\\] odd é");
            LOG.error("failed", new IOException("gone"));
            assertThat(receive(server)).startsWith("<27>1 ").contains(" LeaseFeed - failed\njava.io.IOException: gone");
            LOG.info("x{}", "é".repeat(50_000));
            assertThat(receive(server).getBytes(UTF_8))
                    .hasSizeBetween(LogSyslogLayout.MAX_OCTETS - 3, LogSyslogLayout.MAX_OCTETS);
        }
    }

    private static String receive(DatagramSocket server) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        server.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    @Test
    void syslogByConnectionCountsOctets() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SyslogTarget target = new SyslogTarget(Transport.TCP, "127.0.0.1", server.getLocalPort());
            assertThat(setup.apply(settings(Console.OFF, null, target))).isEmpty();
            LOG.info("eins\nzwei é");
            LOG.info("drei");
            try (Socket connection = server.accept()) {
                connection.setSoTimeout(5_000);
                assertThat(frame(connection.getInputStream()))
                        .startsWith("<30>1 ")
                        .endsWith(" - eins\nzwei é");
                assertThat(frame(connection.getInputStream())).endsWith(" - drei");
            }
        }
    }

    private static String frame(InputStream in) throws IOException {
        int length = 0;
        for (int c = in.read(); c != ' '; c = in.read()) {
            length = length * 10 + Character.digit(c, 10);
        }
        return new String(in.readNBytes(length), UTF_8);
    }

    @Test
    void aSyslogServerThatIsAwayStopsNobody() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        setup.apply(settings(Console.TEXT, null, new SyslogTarget(Transport.TCP, "127.0.0.1", port)));
        for (int i = 0; i < 100; i++) {
            LOG.info("line {}", i);
        }
        await().until(() -> !setup.problems().isEmpty());
        assertThat(consoleLines())
                .filteredOn(line -> line.contains("LeaseFeed"))
                .hasSize(100);
        assertThat(consoleLines())
                .filteredOn(line -> line.contains("innkeeper: logging:"))
                .hasSizeBetween(1, LogSetup.MAX_PROBLEMS);
        assertThat(setup.problems()).hasSizeLessThanOrEqualTo(LogSetup.MAX_PROBLEMS);
    }

    @Test
    void aFileThatCannotBeOpenedIsNamed() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("plain"), "");
        FileSettings file = new FileSettings(notAFolder.resolve("x.log"), 1_000, 1, false);
        List<String> problems = setup.apply(settings(Console.TEXT, file, null));
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst())
                .startsWith("log file " + file.path() + " cannot be opened: ")
                .doesNotContain("log4j");
        LOG.info("still here");
        assertThat(consoleLines()).anyMatch(line -> line.startsWith("innkeeper: logging: log file"));
        assertThat(consoleLines()).anyMatch(line -> line.endsWith("still here"));
        assertThat(setup.problems()).containsAll(problems);
    }

    @Test
    void anUnknownSyslogHostIsNamed() {
        SyslogTarget target = new SyslogTarget(Transport.UDP, "no-such-host.invalid", 514);
        assertThat(setup.apply(settings(Console.TEXT, null, target))).hasSize(1);
        LOG.info("still here");
        assertThat(consoleLines()).anyMatch(line -> line.endsWith("still here"));
    }

    @Test
    void anUncaughtExceptionIsLogged() throws InterruptedException {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        try {
            setup.apply(LogSettings.DEFAULT);
            setup.logUncaught();
            Thread thread = Thread.ofPlatform().name("scanner").start(() -> {
                throw new IllegalStateException("our bug");
            });
            thread.join();
            assertThat(console.toString(UTF_8))
                    .contains("ERROR LogSetup: thread scanner ended by an exception")
                    .contains("java.lang.IllegalStateException: our bug");
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void withoutASetUpNoConfigurationFileIsLookedFor() {
        try (InputStream in = LogSetup.class.getResourceAsStream("/log4j2.component.properties")) {
            java.util.Properties properties = new java.util.Properties();
            properties.load(in);
            assertThat(properties.getProperty("log4j2.configurationFactory")).isEqualTo(LogBeforeSetup.class.getName());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        ConfigurationFactory factory = new LogBeforeSetup();
        LoggerContext context = new LoggerContext("own");
        assertThat(factory.getConfiguration(context, "own", (java.net.URI) null))
                .isInstanceOf(LogConfiguration.class);
    }

    @Test
    void limits() {
        Path path = folder.resolve("x");
        assertThatIllegalArgumentException().isThrownBy(() -> new FileSettings(path, 0, 1, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new FileSettings(path, 1, 0, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new FileSettings(path, 1, 1001, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new SyslogTarget(Transport.UDP, "h", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new SyslogTarget(Transport.UDP, "h", 65_536));
    }
}
