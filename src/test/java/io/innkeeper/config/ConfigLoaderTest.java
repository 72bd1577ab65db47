package io.innkeeper.config;

import static io.innkeeper.config.TestingConfig.config;
import static io.innkeeper.config.TestingConfig.errors;
import static io.innkeeper.config.TestingConfig.file;
import static io.innkeeper.config.TestingConfig.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.innkeeper.wire.net.Prefix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    @Test
    void defaultsAreWhatTheReferenceSays() {
        Config config = ConfigLoader.defaults();
        assertThat(config.store()).isEqualTo("sqlite:innkeeper.db");
        assertThat(config.api())
                .isEqualTo(new ApiConfig(
                        new ListenAddress("127.0.0.1", 8067),
                        List.of(),
                        List.of(),
                        5000,
                        10_000,
                        List.of(),
                        null,
                        new GrpcConfig(new ListenAddress("127.0.0.1", 9067), 1_000)));
        assertThat(config.log()).isEqualTo(new LogConfig(LogLevel.INFO, Map.of(), ConsoleFormat.TEXT, null, null));
        assertThat(config.events().keep()).isEqualTo(1_000_000);
        assertThat(config.history().keep()).isEqualTo(Duration.ofDays(365));
        assertThat(config.devices().max()).isEqualTo(1_000_000);
        assertThat(config.metrics().perLease()).isFalse();
        assertThat(config.dnsmasq()).isNull();
    }

    @Test
    void everyPropertyArrivesInItsField() {
        Config config = config(yaml("""
                store: sqlite:/var/lib/innkeeper/db
                api:
                  listen: "[::1]:80"
                  allowed-hosts: [a.example, b]
                  cors: ["https://dash.example:8443"]
                  max-sse-clients: 7
                  sse-buffer: 11
                  notify-from: [172.17.0.0/16]
                  control: {file: /run/i.sock, mode: "0660", connections: 5, rate: 6, line: 4KiB, idle: 1m}
                  grpc: {listen: "[::1]:81", calls: 12}
                log:
                  level: warn
                  levels: {io.innkeeper.feed: trace}
                  console: json
                  file: {path: x.log, rotate: 1MiB, keep: 3, format: json}
                  syslog: tcp://[fd00::1]:6514
                events: {keep: 2000}
                history: {keep: 12h}
                devices: {max: 5}
                metrics: {per-lease: true}
                limits: {desk-queue: 17, sightings: 1001, devices-in-memory: 101, devices-watched: 102, events-in-memory: 257,
                  dhcp4-news: 103, arp-news: 104, outbound-events: 2, http-threads: 5}
                dnsmasq:
                  - {name: home, leases: /l, config: [/c, d], poll: 500ms, ethers: /e}
                """));
        assertThat(config)
                .isEqualTo(new Config(
                        "sqlite:/var/lib/innkeeper/db",
                        everyPropertyOfApi(),
                        new LogConfig(
                                LogLevel.WARN,
                                Map.of("io.innkeeper.feed", LogLevel.TRACE),
                                ConsoleFormat.JSON,
                                new LogFileConfig(Path.of("x.log"), new ByteSize(1 << 20), 3, LogFormat.JSON),
                                new SyslogAddress(SyslogAddress.Transport.TCP, "fd00::1", 6514)),
                        new EventsConfig(2000),
                        new HistoryConfig(Duration.ofHours(12)),
                        new DevicesConfig(
                                5,
                                new DevicePresence(
                                        Duration.ofMinutes(5),
                                        Duration.ofMinutes(15),
                                        new DeviceProbe(8, Duration.ofSeconds(10))),
                                new DeviceNames(true, true, List.of(), 4, Duration.ofHours(6)),
                                new DeviceHostnames(HostnamePolicy.FIRST_WINS, "{prefix}-{mac}", "host"),
                                null),
                        new MetricsConfig(true),
                        List.of(everyPropertyOfFiles()),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        new LimitsConfig(17, 1_001, 101, 102, 257, 103, 104, 2, 5)));
    }

    private static DnsmasqSource everyPropertyOfFiles() {
        return new DnsmasqSource(
                "home",
                Path.of("/l"),
                List.of(Path.of("/c"), Path.of("d")),
                Duration.ofMillis(500),
                Path.of("/e"),
                null,
                null,
                null,
                null,
                null,
                Duration.ofMillis(250),
                DnsmasqMessages.ALL);
    }

    private static ApiConfig everyPropertyOfApi() {
        return new ApiConfig(
                new ListenAddress("::1", 80),
                List.of("a.example", "b"),
                List.of("https://dash.example:8443"),
                7,
                11,
                List.of(Prefix.parse("172.17.0.0/16").orElseThrow()),
                new ControlConfig(Path.of("/run/i.sock"), "0660", 5, 6, new ByteSize(4096), Duration.ofMinutes(1)),
                new GrpcConfig(new ListenAddress("::1", 81), 12));
    }

    @Test
    void allMistakesAreReportedAtOnce() {
        ConfigResult result = ConfigLoader.load(
                new ConfigDocument("innkeeper.yaml", """
                        store: postgresql://db/x
                        api:
                          lisen: :80
                          sse-buffer: 5
                          cors: http://x
                        log:
                          level: inf
                          levels: {a: loud}
                        dnsmasq:
                          - name: home
                          - {leases: /l, poll: 2h}
                        """),
                Map.of("INNKEEPER_API_LISTN", "x", "INNKEEPER_DEVICES_MAX", "many", "HOME", "/root"),
                List.of("metrics.per-lease=perhaps", "nonsense"),
                "{\"events\":{\"keep\":\"5000\"}}");
        assertThat(errors(result))
                .containsExactlyInAnyOrder(
                        "innkeeper.yaml:1: store: 'postgresql://db/x' is not a store of this version: write sqlite:FILE"
                                + " (postgresql:// comes with a later version)",
                        "innkeeper.yaml:3: api.lisen: unknown key; did you mean 'listen'?",
                        "innkeeper.yaml:4: api.sse-buffer: must be from 10 to 1000000, not 5",
                        "innkeeper.yaml:5: api.cors: is a list: write [one, another]",
                        "innkeeper.yaml:7: log.level: 'inf' is not one of trace, debug, info, warn, error; did you mean"
                                + " 'info'?",
                        "innkeeper.yaml:8: log.levels.a: 'loud' is not one of trace, debug, info, warn, error",
                        "innkeeper.yaml:10: dnsmasq[0]: is watched in no way: name its lease file (leases), its log"
                                + " (log, syslog, journal) or its bus (dbus, ubus)",
                        "innkeeper.yaml:11: dnsmasq[1].poll: must be from 100ms to 1h, not 2h",
                        "environment INNKEEPER_API_LISTN: no key has this name; did you mean 'INNKEEPER_API_LISTEN'?",
                        "environment INNKEEPER_DEVICES_MAX: devices.max: 'many' is not a whole number",
                        "--set metrics.per-lease: metrics.per-lease: 'perhaps' is not true or false",
                        "--set nonsense: is not key=value",
                        "run-time:1: events.keep: the text '5000' is not a whole number; write 5000 without quotes");
    }

    @Test
    void aKeyInTheWrongPlaceIsShownItsPlace() {
        assertThat(errors(yaml("per-lease: true")))
                .containsExactly("innkeeper.yaml:1: per-lease: unknown key; did you mean 'metrics.per-lease'?");
    }

    @Test
    void mistakesBetweenKeysAreFoundBesideOthers() {
        assertThat(errors(yaml("api: {x: 1}\ndnsmasq:\n - {leases: /a}\n - {leases: /a}")))
                .containsExactlyInAnyOrder(
                        "innkeeper.yaml:1: api.x: unknown key",
                        "innkeeper.yaml:4: dnsmasq[1].name: the name 'dnsmasq' is taken by dnsmasq[0]; names are unique",
                        "innkeeper.yaml:4: dnsmasq[1].leases: this lease file is watched by another entry too");
    }

    @Test
    void absentDnsmasqDiffersFromNone() {
        assertThat(config(yaml("log: {}")).dnsmasq()).isNull();
        assertThat(config(yaml("dnsmasq:")).dnsmasq()).isNull();
        assertThat(config(yaml("dnsmasq: []")).dnsmasq()).isEmpty();
        assertThat(config(ConfigLoader.load(null, Map.of(), List.of("dnsmasq=[]"), null))
                        .dnsmasq())
                .isEmpty();
    }

    @Test
    void eachLayerLiesOverTheOneBefore() {
        ConfigDocument document = new ConfigDocument("i.yaml", "log: {level: trace}\nevents: {keep: 1001}");
        Map<String, String> environment = Map.of("INNKEEPER_LOG_LEVEL", "debug", "INNKEEPER_API_SSE_BUFFER", "99");
        List<String> settings = List.of("log.level=error", "log.level=warn", "api.max-sse-clients=3");
        String runTime = "{\"log\":{\"level\":\"error\"}}";

        assertThat(level(ConfigLoader.load(document, Map.of(), List.of(), null)))
                .isEqualTo(LogLevel.TRACE);
        assertThat(level(ConfigLoader.load(document, environment, List.of(), null)))
                .isEqualTo(LogLevel.DEBUG);
        assertThat(level(ConfigLoader.load(document, environment, settings, null)))
                .isEqualTo(LogLevel.WARN);
        ConfigResult all = ConfigLoader.load(document, environment, settings, runTime);
        assertThat(level(all)).isEqualTo(LogLevel.ERROR);
        assertThat(config(all).events().keep()).isEqualTo(1001);
        assertThat(config(all).api().sseBuffer()).isEqualTo(99);
        assertThat(config(all).api().maxSseClients()).isEqualTo(3);
        assertThat(((ConfigResult.Valid) all).provenance())
                .containsEntry("log.level", new Origin("run-time", 1))
                .containsEntry("events.keep", new Origin("i.yaml", 2))
                .containsEntry("api.sse-buffer", new Origin("environment INNKEEPER_API_SSE_BUFFER", 0))
                .containsEntry("api.max-sse-clients", new Origin("--set api.max-sse-clients", 0))
                .containsEntry("devices.max", Origin.DEFAULT);
    }

    private static LogLevel level(ConfigResult result) {
        return config(result).log().level();
    }

    @Test
    void environmentNamesAreResolvedByTheKeysThereAre() {
        Config config = config(ConfigLoader.load(
                null,
                Map.of(
                        "INNKEEPER_DNSMASQ_LEASES", "/l",
                        "INNKEEPER_DNSMASQ_CONFIG", "/a, /b",
                        "INNKEEPER_API_MAX_SSE_CLIENTS", "9",
                        "INNKEEPER_LOG_LEVELS", "a.b=debug, c=warn",
                        "INNKEEPER_LOG_FILE_PATH", "x",
                        "INNKEEPER_API_CORS", "",
                        "INNKEEPER_JAVA_OPTS", "-Xmx64m",
                        "INNKEEPER_SERVICE_HOST", "10.0.0.1",
                        "INNKEEPER_PORT_8067_TCP_ADDR", "10.0.0.1"),
                List.of(),
                null));
        assertThat(config.dnsmasq()).hasSize(1).first().satisfies(source -> {
            assertThat(source.leases()).isEqualTo(Path.of("/l"));
            assertThat(source.config()).containsExactly(Path.of("/a"), Path.of("/b"));
        });
        assertThat(config.api().maxSseClients()).isEqualTo(9);
        assertThat(config.log().levels()).isEqualTo(Map.of("a.b", LogLevel.DEBUG, "c", LogLevel.WARN));
        assertThat(config.log().file()).isNotNull();
    }

    @Test
    void laterSectionsAreWarnings() {
        ConfigResult result = ConfigLoader.load(
                new ConfigDocument("i.yaml", ""), Map.of("INNKEEPER_DHCP6_LISTEN", "x"), List.of("dhcp6.x=y"), null);
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        assertThat(result.text().lines())
                .containsExactlyInAnyOrder(
                        "warning: environment INNKEEPER_DHCP6_LISTEN: not part of this version, ignored",
                        "warning: --set dhcp6.x: dhcp6: not part of this version, ignored");
        assertThat(ConfigLoader.load(new ConfigDocument("i.yaml", "dhcp6: {anything: [1]}"), Map.of(), List.of(), null)
                        .text())
                .isEqualTo("warning: i.yaml:1: dhcp6: not part of this version, ignored");
    }

    @Test
    void thePathOfTheControlSocketNeedsNoSection() {
        ControlConfig written =
                config(yaml("api: {control: innkeeper.sock}")).api().control();
        assertThat(written)
                .isEqualTo(new ControlConfig(
                        Path.of("innkeeper.sock"), "0600", 1000, 200, new ByteSize(16 << 10), Duration.ofMinutes(5)));
        ConfigResult fromOutside = ConfigLoader.load(
                new ConfigDocument("i.yaml", "{}"),
                Map.of("INNKEEPER_API_CONTROL_FILE", "innkeeper.sock"),
                List.of("api.control.mode=0660"),
                null);
        ControlConfig given = config(fromOutside).api().control();
        assertThat(java.util.Objects.requireNonNull(given).mode()).isEqualTo("0660");
        assertThat(config(yaml("api: {control: off}")).api().control()).isNull();
        assertThat(yaml("api: {control: {file: x, mode: \"0800\"}}").text()).contains("a file mode such as 0600");
    }

    @Test
    void listeningBeyondThisMachineIsAWarning() {
        assertThat(yaml("api: {listen: \":8067\"}").text())
                .contains("warning: innkeeper.yaml:1: api.listen: :8067 can be reached from other machines");
        assertThat(yaml("api: {listen: \"127.0.0.2:1\"}").warnings()).isEmpty();
    }

    @Test
    void dnsmasqTakesThreeForms() {
        List<DnsmasqSource> one = config(yaml("dnsmasq: {leases: /l}")).dnsmasq();
        assertThat(one).extracting(DnsmasqSource::name).containsExactly("dnsmasq");
        assertThat(config(yaml("dnsmasq: [{leases: /l}]")).dnsmasq()).isEqualTo(one);
        assertThat(config(yaml("dnsmasq: {dnsmasq: {leases: /l}}")).dnsmasq()).isEqualTo(one);
        assertThat(errors(yaml("dnsmasq: {home: {leases: /l, name: other}}")))
                .containsExactly("innkeeper.yaml:1: dnsmasq.home: has another name inside than outside");
    }

    @Test
    void waysOfWatchingDoNotShareWhatTheyRead() {
        assertThat(errors(yaml("""
                        dnsmasq:
                          a: {log: /var/log/d.log, syslog: {udp: 5514, tcp: ["127.0.0.1:5514"]}, journal: {}, dbus: {}}
                          b: {log: {file: /var/log/../log/d.log}, syslog: {udp: "*:5514"}, journal: {}, dbus: {}}
                          c: {syslog: {}}
                          d: {syslog: {tcp: "nowhere:1"}, journal: {unit: other}}
                        """)))
                .containsExactlyInAnyOrder(
                        "innkeeper.yaml:3: dnsmasq[1].log: this log file is read by another entry too",
                        "innkeeper.yaml:3: dnsmasq[1].syslog.udp: UDP port 5514 is taken by dnsmasq[0].syslog.udp",
                        "innkeeper.yaml:3: dnsmasq[1].journal: this journal is read by another entry too",
                        "innkeeper.yaml:3: dnsmasq[1].dbus: this name on the bus is listened to by another entry too",
                        "innkeeper.yaml:4: dnsmasq[2].syslog: is received nowhere: write udp: 127.0.0.1:5514, tcp or tls",
                        "innkeeper.yaml:5: dnsmasq[3].syslog.tcp: 'nowhere' is no address of a listener: write an IP"
                                + " address, localhost or *");
    }

    @Test
    void oneOfSeveralIsReachedByItsName() {
        ConfigDocument two = new ConfigDocument("i.yaml", "dnsmasq: [{name: a, leases: /a}, {name: b, leases: /b}]");
        Config config = config(ConfigLoader.load(two, Map.of(), List.of("dnsmasq.b.poll=5s"), null));
        assertThat(config.dnsmasq())
                .extracting(DnsmasqSource::name, source -> source.poll().toSeconds())
                .containsExactly(tuple("a", 1L), tuple("b", 5L));
        assertThat(errors(ConfigLoader.load(two, Map.of(), List.of("dnsmasq.poll=5s"), null)))
                .containsExactly("--set dnsmasq.poll: dnsmasq: there are several; say which, as in dnsmasq.NAME.KEY");
    }

    @Test
    void offTakesAwayWhatALowerLayerSet() {
        ConfigDocument document = new ConfigDocument("i.yaml", "log: {file: {path: x}, syslog: \"udp://h:1\"}");
        Config config = config(
                ConfigLoader.load(document, Map.of("INNKEEPER_LOG_SYSLOG", "off"), List.of("log.file=off"), null));
        assertThat(config.log().file()).isNull();
        assertThat(config.log().syslog()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            api: 5                      | api: is a section with the keys
            api: {listen: [a]}          | api.listen: is one value, not a list
            api: {listen: {a: b}}       | api.listen: is one value, not a section
            api: {listen: }             | api.listen: has no value
            api: {listen: "a:70000"}    | api.listen: 'a:70000' is not an address to listen on
            api: {max-sse-clients: 1.5} | '1.5' is not a whole number
            devices: {max: 99999999999} | '99999999999' is not a whole number
            metrics: {per-lease: "yes"} | 'yes' is not true or false; write true without quotes
            metrics: {per-lease: 1}     | '1' is not
            dnsmasq: {leases: 7}        | '7' is not a text here; put it in quotes
            dnsmasq: {leases: /l, name: a b} | 'a b' is not a name of 1 to 32 letters
            dnsmasq: 7                  | dnsmasq: is a list
            dnsmasq: [7]                | dnsmasq[0]: is a section with the keys
            api: {cors: [~]}            | api.cors[0]: has no value
            api: {cors: ["http://a/b"]} | is not an origin such as
            api: {cors: ["*"]}          | is not an origin such as
            log: {levels: [a]}          | log.levels: is a mapping
            log: {file: x.log}          | log.file: is a section with the keys path, rotate, keep, format
            log: {syslog: "http://x"}   | is not udp://host:port
            log: {file: {rotate: 1kB}}  | must be from 10kB to 10GB, not 1kB
            """)
    void wrongValuesAreNamed(String document, String message) {
        assertThat(errors(yaml(document))).hasSize(1).first().asString().contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "---\n", "{}", "null", "api:\nlog:\n"})
    void emptyDocumentsGiveTheDefaults(String text) {
        assertThat(config(yaml(text))).isEqualTo(ConfigLoader.defaults());
    }

    @Test
    void theKindOfAFileIsSeenFromItsFirstLineWhereTheNameSaysNothing() {
        for (String text : List.of(
                "{\"log\":{\"level\":\"warn\"}}",
                "# c\n[log]\nlevel = warn",
                "log.level = warn",
                "log:\n  level: warn")) {
            assertThat(config(file("innkeeper.cfg.d/home", text)).log().level()).isEqualTo(LogLevel.WARN);
        }
    }

    @Test
    void aFileThatCannotBeReadIsAnErrorWithoutGuesses(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("innkeeper.yaml");
        ConfigSources sources = new ConfigSources(file, Map.of("INNKEEPER_DNSMASQ_POLL", "1s"), List.of());
        assertThat(errors(sources.load(null))).containsExactly(file + ": there is no such file");
        Files.write(file, new byte[] {'a', (byte) 0xff});
        assertThat(errors(sources.load(null))).containsExactly(file + ": is not UTF-8 text");
        Files.writeString(file, "\uFEFFdnsmasq: {leases: /l}");
        assertThat(config(sources.load(null)).dnsmasq()).hasSize(1);
        assertThat(ConfigSources.find(folder)).contains(file);
        assertThat(ConfigSources.find(folder.resolve("none"))).isEmpty();
    }
}
