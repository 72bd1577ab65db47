package io.innkeeper.config;

import static io.innkeeper.config.TestingConfig.config;
import static io.innkeeper.config.TestingConfig.errors;
import static io.innkeeper.config.TestingConfig.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The section {@code dns}: rules between its keys, each said with its place. */
class DnsConfigTest {
    private static List<String> warnings(String text) {
        ConfigResult result = yaml(text);
        config(result);
        return ((ConfigResult.Valid) result)
                .warnings().stream().map(ConfigProblem::text).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listen: [\"127.0.0.1:53\", \"[::1]:53\"]",
                "listen: [\"*:53\"]",
                "listen: [\"localhost:53\", \"192.168.1.2:53\"]",
                "listen: [\"127.0.0.1:0\", \"127.0.0.1:0\"]",
                "tls: {listen: [\"127.0.0.1:853\"], https: [\"127.0.0.1:443\"], certificate: /c.pem, key: /k.pem}",
                "upstreams: [192.0.2.1, \"tls://192.0.2.1#dns.example\", \"https://dns.example/dns-query\", \"[2001:db8::1]:53\"]",
                "block: [/l/hosts, {list: /m/hosts, name: other, when: [\"21:00-07:00\", \"mo-fr 08:00-15:00\", sa]}]",
                "groups: {kids: {devices: \"00:11:22:33:44:55\"}}\n  block: [{list: /l, groups: kids}]",
                "rewrites: [{name: \"*.x.example\", to: y.example, types: [A, TYPE65280]}, {name: nas, to: [192.0.2.1, \"::1\"]}]",
                "local: {hosts: {nas: {address: 192.168.1.2}}, records: [\"m.home.arpa 60 MX 10 nas.home.arpa\", \"_x._tcp SRV 0 0 80 nas\"]}",
                "local: {domains: [büro.example, home.arpa]}",
                "block-answer: custom\n  block-addresses: [192.0.2.1]",
                "dns64: 64:ff9b::/96",
            })
    void whatIsRightIsTaken(String keys) {
        assertThat(warnings("dns:\n  " + keys)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            listen: ["ns.example:53"]                                  | dns.listen            | is no address of a listener
            listen: ["127.0.0.1:53", "127.0.0.1:53"]                   | dns.listen[1]         | is taken by dns.listen[0]
            listen: ["*:53", "192.168.1.2:53"]                         | dns.listen[1]         | port 53 of 0.0.0.0 is taken
            listen: ["localhost:53", "[::1]:53"]                       | dns.listen[1]         | port 53 of ::1 is taken
            listen: []                                                 | dns.listen            | says not where to answer
            {tls: {listen: "h:853", certificate: /c, key: /k}}         | dns.tls.listen        | is no address
            {listen: "127.0.0.1:443", tls: {https: "127.0.0.1:443", certificate: /c, key: /k}} | dns.tls.https | taken by dns.listen
            upstreams: ["udp://192.0.2.1:0"]                           | dns.upstreams         | is no upstream
            upstreams: ["udp://192.0.2.1#name"]                        | dns.upstreams         | for tls:// only
            forward: [{domain: a.example, upstreams: "[1::2::3]"}]     | dns.forward[0].upstreams | is no upstream
            forward: [{domain: a.example}, {domain: A.example.}]       | dns.forward[1].domain | is forwarded by dns.forward[0] already
            groups: [{name: a}, {name: a}]                             | dns.groups[1].name    | is taken by dns.groups[0]
            block: [{list: /l, groups: kids}]                          | dns.block[0].groups   | there is no group 'kids'
            block: [/a/hosts, "http://h/hosts?x=1"]                    | dns.block[1].name     | the name 'hosts' is taken by dns.block[0]
            block: ["http://h h/x"]                                    | dns.block[0].list     | is no URL
            block: [{list: /l, when: "21 to 7"}]                       | dns.block[0].when     | is no time of the week
            rewrites: [{name: a.example, to: []}]                      | dns.rewrites[0].to    | is empty
            rewrites: [{name: a.example, to: [192.0.2.1, b.example]}]  | dns.rewrites[0].to    | addresses and names
            rewrites: [{name: a.example, to: [c.example, b.example]}]  | dns.rewrites[0].to    | several names
            rewrites: [{name: a.example, to: "b..example"}]            | dns.rewrites[0].to    | is no domain name
            rewrites: [{name: a.example, to: b.example, types: ADDR}]  | dns.rewrites[0].types | is no type of records
            rewrites: [{name: a.example, to: b.example, groups: x}]    | dns.rewrites[0].groups | there is no group
            rewrites: [{name: "*.a\\\\999", to: b.example}]            | dns.rewrites[0].name  | is no domain name
            rebind-allow: ["a\\\\999.example"]                         | dns.rebind-allow      | is no domain name
            local: {domains: []}                                       | dns.local.domains     | is empty
            local: {domains: ["a\\\\999"]}                             | dns.local.domains     | is no domain name
            local: {hosts: [{name: nas, address: []}]}                 | dns.local.hosts[0].address | is empty
            local: {records: ["nas.home.arpa"]}                        | dns.local.records     | cannot be read: write NAME TYPE DATA
            local: {records: ["nas.home.arpa A 1.2.3"]}                | dns.local.records     | cannot be read
            block-answer: custom                                       | dns.block-answer      | custom needs addresses
            dns64: 64:ff9b::/95                                        | dns.dns64             | is no prefix for DNS64
            dns64: 192.0.2.0/32                                        | dns.dns64             | is no prefix for DNS64
            """)
    void whatIsWrongIsSaid(String keys, String place, String message) {
        String text = keys.startsWith("{") ? "dns: " + keys : "dns:\n  " + keys;
        assertThat(errors(yaml(text)))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).contains(": " + place).contains(message));
    }

    @Test
    void oneWrongNameOfAGroupIsCalledSo() {
        String text = "dns:\n  groups: {children: {}}\n  block:\n    - {list: /l, groups: [childre]}\n";
        assertThat(errors(yaml(text)))
                .singleElement()
                .asString()
                .contains("yaml:4")
                .contains("did you mean 'children'");
    }

    @Test
    void thereAreNotMoreListsThanBits() {
        String lists = IntStream.range(0, 64).mapToObj(i -> "/l/" + i).collect(Collectors.joining(", "));
        assertThat(errors(yaml("dns: {block: [" + lists + "]}")))
                .singleElement()
                .asString()
                .contains("has 64 lists; at most 63");
        String fewer = lists.substring(0, lists.lastIndexOf(','));
        assertThat(Objects.requireNonNull(
                                config(yaml("dns: {block: [" + fewer + "]}")).dns())
                        .block())
                .hasSize(63);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {block: [/a/hosts], switches: {hosts: false, ads: true}}   | dns.switches.ads
            {mode: pass-through, block: [/l]}                                          | dns.block
            {mode: modified, block: [/l]}                                              | dns.block
            {listen: "*:53", access: {allow: [192.168.1.0/24, "0.0.0.0/0"]}}           | dns.access.allow
            {listen: "127.0.0.1:53", tls: {listen: "*:853", certificate: /c, key: /k}, access: {allow: "::/0"}} | dns.access.allow
            {tls: {certificate: /c, key: /k}}                                          | dns.tls
            {block-addresses: [192.0.2.1]}                                             | dns.block-addresses
            """)
    void whatIsDoubtfulIsAWarning(String section, String place) {
        assertThat(warnings("dns: " + section)).singleElement().asString().contains(": " + place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{mode: pass-through, block: [/l], groups: [{name: kids, mode: blocking}]}",
                "{mode: modified, block: [/l], listen: [{address: \"127.0.0.1:53\", mode: blocking}]}",
                "{listen: \"127.0.0.1:53\", access: {allow: \"0.0.0.0/0\"}}",
            })
    void whatOnlyLooksDoubtfulIsNone(String section) {
        assertThat(warnings("dns: " + section)).isEmpty();
    }
}
