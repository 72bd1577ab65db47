package io.innkeeper.config;

import static io.innkeeper.config.TestingConfig.config;
import static io.innkeeper.config.TestingConfig.errors;
import static io.innkeeper.config.TestingConfig.file;
import static io.innkeeper.config.TestingConfig.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.config.ConfigChange.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The section {@code outbound}, and that what it hides stays hidden. */
class OutboundConfigTest {
    private static final String SECRETS = """
            outbound:
              webhooks:
                - {name: a, url: "http://h/x", secret: hunter2, headers: {Authorization: hunter3}}
                - {name: b, url: "http://h/x", secret: 12345, headers: {X-Key: "file:/k"}}
              mqtt: {broker: "mqtts://h", user: u, password: hunter4}
            """;

    @TempDir
    private Path folder;

    private static OutboundConfig outbound(String text) {
        return Objects.requireNonNull(config(yaml(text)).outbound());
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        OutboundConfig section =
                outbound("outbound: {webhooks: {chat: {url: \"http://h:1/x\"}}, mqtt: {broker: \"mqtt://h\"}}");
        OutboundWebhook webhook = section.webhooks().getFirst();
        assertThat(webhook.name()).isEqualTo("chat");
        assertThat(webhook.events()).containsExactly("*");
        assertThat(webhook.timeout()).hasSeconds(5);
        assertThat(webhook.secret()).isNull();
        OutboundMqtt mqtt = Objects.requireNonNull(section.mqtt());
        assertThat(mqtt.topic()).isEqualTo("innkeeper");
        assertThat(mqtt.homeAssistant()).isEqualTo(new OutboundHomeAssistant("homeassistant"));
        assertThat(mqtt.isTls()).isFalse();
        OutboundConfig without = outbound("outbound: {mqtt: {broker: \"mqtts://h:1\", home-assistant: off}}");
        assertThat(Objects.requireNonNull(without.mqtt()).homeAssistant()).isNull();
        assertThat(config(yaml("")).outbound()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"outbound\":{\"webhooks\":[{\"name\":\"a\",\"url\":\"http://h/x\",\"headers\":{\"X-K\":\"file:/etc/shadow\"}}]}}",
                "{\"outbound\":{\"webhooks\":[{\"name\":\"a\",\"url\":\"http://h/x\",\"secret\":\"env:PATH\"}]}}",
                "{\"outbound\":{\"mqtt\":{\"broker\":\"mqtts://h\",\"user\":\"u\",\"password\":\"file:/etc/shadow\"}}}"
            })
    void theApiCannotHaveFilesSentAway(String runTime) {
        ConfigResult result = ConfigLoader.load(null, Map.of(), List.of(), runTime);
        assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
        assertThat(result.text()).contains("only the configuration file and the command line may");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"outbound\":{\"webhooks\":{\"a\":{\"url\":\"http://elsewhere/\"}}}}",
                "{\"outbound\":{\"mqtt\":{\"broker\":\"mqtts://elsewhere\"}}}"
            })
    void norMaySecretsOfTheFileBeSentElsewhere(String runTime) {
        ConfigDocument file = new ConfigDocument("i.yaml", """
                outbound:
                  webhooks:
                    a: {url: "http://h/x", headers: {Authorization: hunter3}}
                  mqtt: {broker: "mqtts://h", user: u, password: hunter4}
                """);
        ConfigResult result = ConfigLoader.load(file, Map.of(), List.of(), runTime);
        assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
        assertThat(result.text())
                .contains("the secret would go to another place")
                .doesNotContain("hunter");
    }

    @Test
    void secretsAreNeverShown() {
        Config config = config(yaml(SECRETS));
        String shown = JsonText.pretty(ConfigJson.write(config));
        assertThat(shown).doesNotContain("hunter", "12345").contains("file:/k");
        assertThat(shown.split("\\(hidden\\)", -1)).hasSize(5);
        assertThat(config.toString()).doesNotContain("hunter", "12345");
    }

    @Test
    void whatIsShownInPlaceOfASecretIsNone() {
        String shown = JsonText.pretty(ConfigJson.write(config(yaml(SECRETS))));
        assertThat(errors(file("again.json", shown))).hasSize(4).allMatch(line -> line.contains("leave the key out"));
    }

    @Test
    void aSecretMayStandElsewhere() throws Exception {
        Path file = Files.writeString(folder.resolve("s"), "of the file\r\n");
        assertThat(reveal("plain")).isEqualTo("plain");
        assertThat(reveal("file:" + file)).isEqualTo("of the file");
        assertThat(reveal("env:KEY")).isEqualTo("of the environment");
        assertThatThrownBy(() -> reveal("env:NONE"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("env:NONE");
        assertThatThrownBy(() -> reveal("file:" + folder.resolve("none"))).isInstanceOf(IOException.class);
        Files.writeString(file, "\n");
        assertThatThrownBy(() -> reveal("file:" + file)).isInstanceOf(IOException.class);
        Files.writeString(file, "x".repeat(65_537));
        assertThatThrownBy(() -> reveal("file:" + file)).hasMessageContaining("longer than");
    }

    private static String reveal(String text) throws IOException {
        return SecretText.parse(text).orElseThrow().reveal(Map.of("KEY", "of the environment"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "{webhooks: [{name: a, url: \"http://h\"}, {name: a, url: \"http://i\"}]} | outbound.webhooks[1].name | is taken",
                "{webhooks: {name: a, url: \"http://h\", events: [lease.add]}} | outbound.webhooks | mean 'lease.added'",
                "{webhooks: {name: a, url: \"ftp://h\"}} | outbound.webhooks | http or https",
                "{webhooks: {name: a, url: \"http://u:p@h\"}} | outbound.webhooks | without a user",
                "{webhooks: {name: a, url: \"http://h:99999\"}} | outbound.webhooks | no port",
                "{webhooks: {name: a, url: \"http://h/{x}\"}} | outbound.webhooks | is no URL",
                "{webhooks: {name: a, url: \"http://h\", headers: {Host: x}}} | outbound.webhooks | set by Innkeeper",
                "{webhooks: {name: a, url: \"http://h\", headers: {\"a b\": x}}} | outbound.webhooks | no name of a header",
                "{webhooks: {name: a, url: \"http://h\", secret: \"\"}} | outbound.webhooks | not a secret",
                "{mqtt: {broker: \"h:1883\"}} | outbound.mqtt.broker | a broker such as",
                "{mqtt: {broker: \"mqtt://h\", password: x}} | outbound.mqtt.password | goes with a user",
                "{mqtt: {broker: \"mqtt://h\", ca-file: /x}} | outbound.mqtt.ca-file | is for TLS",
                "{mqtt: {broker: \"mqtt://h\", topic: \"a/#\"}} | outbound.mqtt.topic | a topic of",
                "{mqtt: {broker: \"mqtt://h\", events: [no]}} | outbound.mqtt.events | is no event",
            })
    void mistakesAreNamed(String section, String path, String words) {
        assertThat(errors(yaml("outbound: " + section)))
                .singleElement()
                .asString()
                .contains(path)
                .contains(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{webhooks: []}",
                "{webhooks: {name: a, url: \"https://[::1]:8/x?y=1\", events: \"security.*\"}}"
            })
    void theseAreFine(String section) {
        assertThat(outbound("outbound: " + section)).isNotNull();
    }

    @Test
    void aPasswordInTheClearIsWorthAWarning() {
        ConfigResult result = yaml("outbound: {mqtt: {broker: \"mqtt://h\", user: u, password: x}}");
        assertThat(result.warnings().stream().map(ConfigProblem::text)).anyMatch(text -> text.contains("unencrypted"));
    }

    @Test
    void aChangeStartsStopsOrAdjusts() {
        Config none = config(yaml(""));
        Config one = config(yaml(SECRETS));
        Config other = config(yaml(SECRETS.replace("hunter2", "hunter5")));
        assertThat(List.of(
                        ConfigChange.between(none, one).step("outbound").kind(),
                        ConfigChange.between(one, none).step("outbound").kind(),
                        ConfigChange.between(one, other).step("outbound").kind(),
                        ConfigChange.between(one, one).step("outbound").kind()))
                .containsExactly(Kind.START, Kind.STOP, Kind.ADJUST, Kind.SAME);
    }
}
