package io.innkeeper.config;

import static io.innkeeper.config.TestingConfig.config;
import static io.innkeeper.config.TestingConfig.errors;
import static io.innkeeper.config.TestingConfig.file;
import static io.innkeeper.config.TestingConfig.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadersTest {
    @Test
    void theThreeExamplesSayTheSame() throws Exception {
        Path folder = TestingConfig.repository().resolve("config");
        Config fromYaml = example(folder.resolve("innkeeper.yaml"));
        assertThat(example(folder.resolve("innkeeper.json"))).isEqualTo(fromYaml);
        assertThat(example(folder.resolve("innkeeper.ini"))).isEqualTo(fromYaml);
        assertThat(fromYaml.dnsmasq()).hasSize(4);
        assertThat(fromYaml.log().levels()).containsEntry("io.innkeeper.feed", LogLevel.DEBUG);
    }

    /** The parser's buffer of 1,025 characters ended within this one, and it read behind its end. */
    @Test
    void aCharacterOfTwoHalvesMayStandAnywhere() {
        for (int before = 1_000; before < 1_040; before++) {
            String text = "#" + "x".repeat(before) + "\uD83D\uDE00\nstore: sqlite:a.db\n";
            ConfigResult result = ConfigLoader.load(new ConfigDocument("a.yaml", text), Map.of(), List.of(), null);
            assertThat(config(result).store())
                    .as("behind %d characters", before)
                    .isEqualTo("sqlite:a.db");
        }
    }

    private static Config example(Path path) {
        assertThat(Files.exists(path)).isTrue();
        ConfigResult result = new ConfigSources(path, Map.of(), List.of()).load(null);
        assertThat(result.text()).isEmpty();
        return config(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            a.yaml | api: {listen: [            | a.yaml:1: cannot be read
            a.yaml | §store: x\n  api: y§       | a.yaml:2: cannot be read
            a.yaml | §dnsmasq:\n leases: "/l\n\n§ | a.yaml:4: cannot be read: while scanning a quoted scalar from line 2
            a.yaml | [1, 2]                     | a.yaml:1: must be keys and values at the top
            a.yaml | hello                      | a.yaml:1: must be keys and values at the top
            a.yaml | §a: &x 1\nb: *x§           | a.yaml:2: aliases (*name) are not supported
            a.yaml | §log: {}\n---\nlog: {}§    | has a second document
            a.yaml | §log:\n\tlevel: info§      | a.yaml:2: cannot be read
            a.json | {"store": }                | a.json:1: cannot be read
            a.json | {"store": "sqlite:x"       | cannot be read
            a.json | §{"log": {}}\n{}§          | has a second document
            a.json | §{\n"log": {},\n"log": {}}§| a.json:3: log: is given twice; the first is in line 2
            a.yaml | §log: {}\n\nlog: {}§       | a.yaml:3: log: is given twice; the first is in line 1
            a.ini  | [api                       | a.ini:1: is not a section
            a.ini  | §[api]\nlisten§            | a.ini:2: is neither [section] nor key = value
            a.ini  | §[api]\nlisten = "x§       | a.ini:2: api.listen: has a quote that does not end
            a.ini  | §[log]\nlevel=info\nlevel=warn§ | log.level: is given more than once: a.ini:2, a.ini:3
            a.ini  | §[log]\nlevel=info\n[log.level]\nx=1§ | stands under 'level', which has a value already
            """)
    void badSyntaxIsReportedWithItsLine(String name, String text, String message) {
        assertThat(errors(file(name, text.replace("\\n", "\n").replace("\\t", "\t"))))
                .first()
                .asString()
                .contains(message);
    }

    @Test
    void iniFindsItsListsQuotesAndComments() {
        Config config = config(file("a.ini", """
                ; first
                api.max-sse-clients = 5   # after a space
                [api] ; the listener
                allowed-hosts = [a, b]
                allowed-hosts = c
                notify-from =
                [dnsmasq]
                leases = '/a#b ;c'
                config = "/etc/a,b.conf" , /etc/c.conf ; two
                """));
        assertThat(config.api().maxSseClients()).isEqualTo(5);
        assertThat(config.api().allowedHosts()).containsExactly("a", "b", "c");
        assertThat(config.dnsmasq()).first().satisfies(source -> {
            assertThat(source.leases()).isEqualTo(Path.of("/a#b ;c"));
            assertThat(source.config()).containsExactly(Path.of("/etc/a,b.conf"), Path.of("/etc/c.conf"));
        });
    }

    @Test
    void yamlWordsKeepTheirLetters() {
        assertThat(config(yaml("log: {console: off}")).log().console()).isEqualTo(ConsoleFormat.OFF);
        assertThat(config(yaml("api: {listen: 8067}")).api().listen()).isEqualTo(new ListenAddress("127.0.0.1", 8067));
        assertThat(config(yaml("log: {file: {rotate: 20000}}")).log().file())
                .isNotNull()
                .satisfies(file -> assertThat(file.rotate()).isEqualTo(new ByteSize(20_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "json", "ini"})
    void limitsHold(String kind) {
        String deep = kind.equals("ini") ? "a.".repeat(40) + "b = 1" : "{\"a\":".repeat(40) + "1" + "}".repeat(40);
        assertThat(errors(file("deep." + kind, deep))).isNotEmpty();
        String wide = kind.equals("ini")
                ? "a=1\n".repeat(TokenReader.MAX_NODES + 2)
                : "{\"api\":{\"cors\":[" + "1,".repeat(TokenReader.MAX_NODES + 2) + "1]}}";
        assertThat(errors(file("wide." + kind, wide))).isNotEmpty();
        String large = "# " + "x".repeat(ConfigDocument.MAX_LENGTH);
        assertThat(errors(file("large." + kind, large)))
                .containsExactly("large." + kind + ":1: is longer than 1000000 characters");
    }

    @Test
    void problemsEndSomewhere() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            text.append("key").append(i).append(": 1\n");
        }
        assertThat(errors(yaml(text.toString()))).hasSize(Problems.MAX_PROBLEMS + 1);
    }

    @Test
    void controlCharactersDoNotReachTheMessage() {
        assertThat(errors(file("a.json", "{\"log\":{\"level\":\"a\\u001b[31m\"},\"\\u0007x\":1}")))
                .allSatisfy(line -> assertThat(line.chars().noneMatch(Character::isISOControl))
                        .isTrue());
    }
}
