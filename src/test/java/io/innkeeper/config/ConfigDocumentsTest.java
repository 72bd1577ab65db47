package io.innkeeper.config;

import static io.innkeeper.config.TestingConfig.config;
import static io.innkeeper.config.TestingConfig.file;
import static io.innkeeper.config.TestingConfig.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is derived from the records: the JSON view, the schema, the reference page. */
class ConfigDocumentsTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonText.compact(JsonSchema.ofConfig()), InputFormat.JSON);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dnsmasq: []",
                "dnsmasq: {leases: /l, config: [a]}",
                "log: {levels: {a.b: trace}, file: {rotate: 1MiB}, syslog: \"udp://[::1]\"}",
                "api: {listen: \":80\", cors: [\"http://a\"], notify-from: [10.0.0.0/8]}\nhistory: {keep: 36h}",
                "arp: {}",
                "arp: {interfaces: eth0, ranges: [10.0.0.0/16, 10.1.0.1-10.1.0.9], rate: 100, proxies: \"0:0:0:0:0:1\"}",
                "dhcp4: {listen: 6767, conflict-check: off, lifetime: infinite, options: {routers: 10.0.0.1,"
                        + " domain-name: {value: a, always: true}, 225: 0x01}}",
                "dhcp4: {interfaces: eth0, subnets: [{prefix: 10.0.0.0/8, pools: [10.0.0.1, {range: 10.1.0.0/16,"
                        + " lifetime: 1h}], reservations: [{mac: \"0:0:0:0:0:1\", client-id: \"01:02\"}]}],"
                        + " access: {deny: [\"00:11:22:33:4f:00/36\", {hostname: a}], exceptions: [{mac: \"*\","
                        + " until: \"2099-12-01T00:00:00.5+01:00\"}]}, classes: [{name: a, match: {relay: 10.0.0.1,"
                        + " architecture: [7, 9], random: true}}]}",
                "outbound: {webhooks: {url: \"http://h/x?y\", name: a, secret: \"env:A\", headers: {a: \"file:/a\"},"
                        + " events: device.online}, mqtt: {broker: \"mqtts://h:1\", home-assistant: off}}"
            })
    void whatIsWrittenReadsTheSame(String text) {
        Config config = config(yaml(text));
        String json = JsonText.pretty(ConfigJson.write(config));
        assertThat(config(file("view.json", json))).isEqualTo(config);
        assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
    }

    @Test
    void theViewHasTheKeysAndTextsOfAUser() {
        assertThat(ConfigJson.write(ConfigLoader.defaults()))
                .containsOnlyKeys("store", "api", "log", "events", "history", "devices", "metrics", "limits")
                .containsEntry("history", Map.of("keep", "365d"))
                .containsEntry("metrics", Map.of("per-lease", false))
                .containsEntry("events", Map.of("keep", 1_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "dnsmasq: []",
                "dnsmasq: {leases: /l}",
                "dnsmasq: {log: /l, syslog: {udp: 5514, from: 10.0.0.0/8}, journal: {}, dbus: {}, messages: none}",
                "dnsmasq: {home: {leases: /l}}",
                "dnsmasq: [{leases: /l, poll: 500ms}]",
                "dnsmasq:\napi:\nlog: {levels: }",
                "log: {file: \"off\", syslog: \"off\"}",
                "api: {control: i.sock}",
                "api: {control: {file: i.sock, mode: \"0660\", line: 4KiB}}",
                "api: {listen: 8067, grpc: \"off\"}\ndhcp6: {listen: [a]}",
                "lease-monitor: {}",
                "lease-monitor: {v2: {listen: \"ipc:///run/x\", keys: {7: \"env:A\"}, announce: {file: /x, dns-sd: true}}}",
                "lease-monitor: {listen: \"ipc:///run/x\", clients: {wan0: {dhcpv4: 1}}, compatibility: rdk}",
                "log: {file: {rotate: 20000}}",
                "dhcp4: off",
                "dhcp4: {listen: 6767, conflict-check: on, options: {mtu: 1500, 224: \"0x01\"}}",
                "dhcp4: {interfaces: eth0, subnets: {prefix: 10.0.0.0/8, pools: {range: 10.0.0.1}}}",
                "dhcp4: {interfaces: [eth0], subnets: {lan: {prefix: 10.0.0.0/8, pools: [10.0.0.1-10.0.0.9],"
                        + " reservations: {nas: {mac: \"00:00:00:00:00:01\"}}}}}",
                "dhcp4: {interfaces: [eth0], access: {deny: [\"00:11:22:*\", {mac: [\"*\"]}]}}",
                "outbound: {webhooks: {a: {url: \"http://h\", events: \"lease.*\", secret: 12}}, mqtt: off}",
                "outbound: {mqtt: {broker: \"mqtt://[::1]:1883\", home-assistant: on, events: [\"*\"]}}"
            })
    void theSchemaTakesWhatWeTake(String text) {
        assertThat(yaml(text)).isInstanceOf(ConfigResult.Valid.class);
        assertThat(SCHEMA.validate(text, InputFormat.YAML)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "store: postgresql://h/d",
                "store: innkeeper.db",
                "stor: sqlite:x",
                "api: {lisen: x}",
                "api: {listen: host}",
                "api: {listen: true}",
                "api: {cors: http://a}",
                "api: {cors: [http://a/b]}",
                "api: {allowed-hosts: [\"a:80\"]}",
                "api: {control: {mode: \"0600\"}}",
                "api: {control: {file: x, mode: \"600\"}}",
                "api: {max-sse-clients: 0}",
                "api: {max-sse-clients: \"5\"}",
                "log: {level: loud}",
                "log: {levels: {a: loud}}",
                "log: {file: x.log}",
                "log: {file: {rotate: much}}",
                "log: {syslog: \"http://h\"}",
                "events: {keep: 999}",
                "history: {keep: 1y}",
                "history: {keep: 5}",
                "devices: {max: 10000001}",
                "metrics: {per-lease: \"true\"}",
                "dnsmasq: {name: a b, leases: /l}",
                "dnsmasq: {home: {leases: /l, x: 1}}",
                "dnsmasq: [{leases: \"\"}]",
                "dnsmasq: 5",
                "arp: {rate: 0}",
                "dhcp4: {listen: 1, lifetime: 12}",
                "dhcp4: {listen: 1, conflict-check: maybe}",
                "dhcp4: {listen: 1, options: {routers: {values: x}}}",
                "dhcp4: {listen: 1, subnets: [{prefix: 10.0.0.0}]}",
                "dhcp4: {listen: 1, subnets: [{prefix: 10.0.0.0/8, pools: [5]}]}",
                "dhcp4: {listen: 1, access: {deny: [{mac: \"zz\"}]}}",
                "dhcp4: {listen: 1, custom-options: [{code: 224, name: a, type: no}]}",
                "dhcp4: {listen: 1, mode: loud}",
                "outbound: {webhooks: {name: a, url: h}}",
                "outbound: {webhooks: {name: a, url: \"http://h\", secret: \"\"}}",
                "outbound: {mqtt: {broker: h}}"
            })
    void theSchemaTurnsDownWhatWeTurnDown(String text) {
        assertThat(yaml(text)).isInstanceOf(ConfigResult.Invalid.class);
        assertThat(SCHEMA.validate(text, InputFormat.YAML)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"innkeeper.yaml", "innkeeper.json"})
    void theSchemaTakesTheExamples(String name) throws Exception {
        String text =
                Files.readString(TestingConfig.repository().resolve("config").resolve(name));
        InputFormat format = name.endsWith("json") ? InputFormat.JSON : InputFormat.YAML;
        assertThat(SCHEMA.validate(text, format)).isEmpty();
    }

    @Test
    void theReferencePageIsUpToDate() throws Exception {
        compare("docs/config.md", ConfigReference.markdown());
    }

    @Test
    void theSchemaForEditorsIsUpToDate() throws Exception {
        compare("docs/innkeeper.schema.json", JsonText.pretty(JsonSchema.ofConfig()));
    }

    private static void compare(String name, String wanted) throws Exception {
        Path page = TestingConfig.repository().resolve(name);
        if (Boolean.getBoolean("innkeeper.write-docs")) {
            Files.writeString(page, wanted);
        }
        assertThat(Files.readString(page))
                .as(name + " differs from the code; run with -Dinnkeeper.write-docs=true")
                .isEqualTo(wanted);
    }

    @Test
    void everyKeyIsDescribed() {
        KeyPaths.leaves(ConfigLoader.root())
                .forEach((path, field) ->
                        assertThat(field.doc()).as(path).isNotNull().endsWith("."));
    }

    private enum Mood {
        VERY_GOOD
    }

    private record Inner(int count) {}

    private record Answer(
            @Doc("Who.") MacAddress mac,
            @Nullable IpAddress lastAddress,
            Instant seenAt,
            Mood mood,
            List<Inner> parts,
            Map<String, Long> counts,
            @Nullable Inner more,
            Object data) {}

    @Test
    void answersOfTheApiGetSchemasToo() {
        JsonSchema schemas = JsonSchema.forApi("#/components/schemas/");
        assertThat(JsonText.compact(schemas.reference(Answer.class)))
                .isEqualTo("{\"$ref\":\"#/components/schemas/Answer\"}");
        assertThat(schemas.definitions().keySet()).containsExactly("Answer", "Inner");
        String text = JsonText.compact(schemas.definitions().get("Answer"));
        assertThat(text)
                .contains("\"mac\":{\"description\":\"Who.\",\"type\":\"string\"}")
                .contains("\"lastAddress\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}")
                .contains("\"seenAt\":{\"type\":\"string\",\"format\":\"date-time\"}")
                .contains("\"mood\":{\"type\":\"string\",\"enum\":[\"very-good\"]}")
                .contains("\"parts\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Inner\"}}")
                .contains("\"counts\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}")
                .contains("\"more\":{\"anyOf\":[{\"$ref\":\"#/components/schemas/Inner\"},{\"type\":\"null\"}]}")
                .contains("\"data\":{}")
                .contains("\"required\":[\"mac\",\"lastAddress\"");
    }
}
