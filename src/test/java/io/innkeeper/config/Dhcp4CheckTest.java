package io.innkeeper.config;

import static io.innkeeper.config.TestingConfig.config;
import static io.innkeeper.config.TestingConfig.errors;
import static io.innkeeper.config.TestingConfig.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a section {@code dhcp4}, and what is said about it. */
class Dhcp4CheckTest {
    private static final String SUBNET = "prefix: 192.168.1.0/24";

    private static ConfigResult dhcp4(String rest) {
        return yaml("dhcp4: {interfaces: [eth0], " + rest + "}");
    }

    private static ConfigResult subnet(String rest) {
        return dhcp4("subnets: [{" + SUBNET + ", " + rest + "}]");
    }

    private static void hasOnly(ConfigResult result, String path, String message) {
        assertThat(errors(result))
                .singleElement()
                .asString()
                .startsWith("innkeeper.yaml:1: " + path + ": ")
                .contains(message);
    }

    private static void warns(ConfigResult result, String path, String message) {
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        assertThat(result.warnings())
                .singleElement()
                .extracting(ConfigProblem::text)
                .asString()
                .startsWith("innkeeper.yaml:1: " + path + ": ")
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            {}                                            | dhcp4        | says not where to serve: write interfaces: [eth0]
            {subnets: [{prefix: 10.0.0.0/8}]}             | dhcp4        | or listen: 127.0.0.1:6767
            {interfaces: [eth0], listen: 6767}            | dhcp4.listen | take out one of them
            {listen: "[::1]:6767"}                        | dhcp4.listen | ::1 is not an IPv4 address
            {listen: "example:6767"}                      | dhcp4.listen | example is not an IPv4 address
            {interfaces: [a/b]}                           | dhcp4.interfaces[0] | is not a name of an interface
            {listen: 6767, mode: hybird}                  | dhcp4.mode   | did you mean 'hybrid'?
            {listen: 6767, mode: pass-through}            | dhcp4.mode   | write dhcp4.upstreams: [192.168.1.1]
            {listen: 6767, mode: hybrid}                  | dhcp4.mode   | hybrid hands requests on
            {listen: 6767, upstreams: [fd00::1]}          | dhcp4.upstreams[0] | is not an IPv4 address
            {listen: 6767, offer-hold: 2h}                | dhcp4.offer-hold | must be from 1s to 1h
            {listen: 6767, lifetime: 12}                  | dhcp4.lifetime | is not a duration such as 30m
            {listen: 6767, lifetime: 1500ms}              | dhcp4.lifetime | '1500ms' is not a duration
            {listen: 6767, limits: {offers: 0}}           | dhcp4.limits.offers | must be from 16
            {listen: 6767, limits: {leases-per-mac: -1}}  | dhcp4.limits.leases-per-mac | must be from 0
            {listen: 6767, conflict-check: {timeout: 1m}} | dhcp4.conflict-check.timeout | must be from 10ms to 10s
            {listen: 6767, conflict-check: maybe}         | dhcp4.conflict-check | is a section with the keys arp, icmp, timeout
            {listen: 6767, boot: {next-server: boot}}     | dhcp4.boot.next-server | is not an IP address
            """)
    void theSectionItself(String section, String path, String message) {
        hasOnly(yaml("dhcp4: " + section), path, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            {routrs: 10.0.0.1}               | routrs            | there is no such option
            {routrs: 10.0.0.1}               | routrs            | did you mean 'routers'?
            {routers: [10.0.0.1, 10.0.0]}    | routers           | 10.0.0 is not an IPv4 address
            {option-300: 1}                  | option-300        | there is no such option
            {224: xyz}                       | 224               | xyz is not pairs of hex digits
            {dhcp-lease-time: 5}             | dhcp-lease-time   | lifetime, beside options
            {51: 5}                          | 51                | lifetime, beside options
            {53: 1}                          | 53                | belongs to the protocol
            {82: 0x0101}                     | 82                | belongs to the protocol
            {routers: 10.0.0.1, 3: 10.0.0.1} | 3                 | is option 3, which 'routers' gives already
            {routers: {value: 10.0.0.1, alway: true}} | routers.alway | did you mean 'always'?
            {routers: {always: true}}        | routers.value     | there is no value
            {routers: []}                    | routers           | there is no value
            """)
    void options(String options, String key, String message) {
        ConfigResult result = dhcp4("options: " + options);
        assertThat(errors(result))
                .anySatisfy(text -> assertThat(text)
                        .startsWith("innkeeper.yaml:1: dhcp4.options." + key.replace(".value", ""))
                        .contains(message));
    }

    @Test
    void optionsAreCheckedAtEveryLevel() {
        String bad = "options: {routers: x}";
        ConfigResult result = yaml("""
                dhcp4:
                  interfaces: [eth0]
                  OPTIONS
                  classes: [{name: a, match: {mac: "*"}, OPTIONS}]
                  shared-networks:
                    - {name: n, OPTIONS, subnets: [{prefix: 10.0.0.0/8, OPTIONS}]}
                  subnets:
                    - prefix: 192.168.1.0/24
                      pools: [{range: 192.168.1.2, OPTIONS}]
                      reservations: [{hostname: h, OPTIONS}]
                """.replace("OPTIONS", bad));
        assertThat(((ConfigResult.Invalid) result).errors())
                .allSatisfy(problem -> assertThat(problem.message()).isEqualTo("x is not an IPv4 address"))
                .extracting(problem -> problem.path() + ":" + problem.origin().line())
                .containsExactlyInAnyOrder(
                        "dhcp4.options.routers:3",
                        "dhcp4.classes[0].options.routers:4",
                        "dhcp4.shared-networks[0].options.routers:6",
                        "dhcp4.shared-networks[0].subnets[0].options.routers:6",
                        "dhcp4.subnets[0].pools[0].options.routers:9",
                        "dhcp4.subnets[0].reservations[0].options.routers:10");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            {code: 12, name: my-name, type: text}    | code | option 12 is host-name already; 224 to 254 are free
            {code: 230, name: routers, type: text}   | name | routers is the name of option 3 already
            {code: 230, name: b, type: adress}       | type | did you mean 'address'?
            {code: 255, name: b, type: text}         | code | must be from 1 to 254
            {code: 224, name: b, type: text}         | code | option 224 is a already
            {code: 231, name: a, type: text}         | name | a is the name of option 224 already
            {code: 230, name: B, type: text}         | name | is not a name of small letters
            """)
    void customOptions(String option, String key, String message) {
        ConfigResult result = dhcp4("custom-options: [{code: 224, name: a, type: u8}, " + option + "]");
        hasOnly(result, "dhcp4.custom-options[1]." + key, message);
    }

    @Test
    void anOptionOfMyOwnIsCheckedByItsType() {
        String custom = "custom-options: [{code: 224, name: own, type: u8}], ";
        assertThat(dhcp4(custom + "options: {own: 255}")).isInstanceOf(ConfigResult.Valid.class);
        hasOnly(dhcp4(custom + "options: {own: 256}"), "dhcp4.options.own", "256 is not a number from 0 to 255");
        hasOnly(dhcp4(custom + "options: {224: 256}"), "dhcp4.options.224", "256 is not a number from 0 to 255");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            min-lifetime: 2h, max-lifetime: 1h                  | min-lifetime | 2h is longer than max-lifetime, 1h
            min-lifetime: 13h                                   | min-lifetime | 13h is longer than the lifetime, 12h
            lifetime: 1h, min-lifetime: 2h                      | min-lifetime | 2h is longer than the lifetime, 1h
            lifetime: 2h, max-lifetime: 1h                      | max-lifetime | 1h is shorter than the lifetime, 2h
            renew-after: 12h                                    | renew-after  | 12h is not shorter than the lifetime, 12h
            lifetime: 1h, rebind-after: 2h                      | rebind-after | 2h is not shorter than the lifetime, 1h
            renew-after: 2h, rebind-after: 1h                   | renew-after  | must be before rebind-after, 1h
            """)
    void lifetimes(String keys, String key, String message) {
        hasOnly(dhcp4(keys), "dhcp4." + key, message);
        hasOnly(subnet(keys), "dhcp4.subnets[0]." + key, message);
        hasOnly(subnet("pools: [{range: 192.168.1.7, " + keys + "}]"), "dhcp4.subnets[0].pools[0]." + key, message);
    }

    @Test
    void aLevelMayGoBeyondTheBoundsOfAWeakerOne() {
        ConfigResult result = dhcp4("max-lifetime: 1d, subnets: [{" + SUBNET + ", lifetime: infinite}]");
        assertThat(result.text()).isEmpty();
        hasOnly(
                dhcp4("renew-after: 2h, subnets: [{" + SUBNET + ", rebind-after: 1h}]"),
                "dhcp4.subnets[0].rebind-after",
                "renew-after, 2h, must be before rebind-after, 1h");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            pools: [192.168.2.5]                       | pools[0]          | 192.168.2.5 is not inside the subnet 192.168.1.0/24
            pools: [192.168.1.5-192.168.2.5]           | pools[0]          | which goes from 192.168.1.0 to 192.168.1.255
            pools: [192.168.1.9-192.168.1.5]           | pools[0]          | the smaller address first
            pools: [192.168.1.5-192.168.1.9, 192.168.1.9] | pools[1] | overlaps pool 192.168.1.5-192.168.1.9: dhcp4.subnets[0].pools[0].range
            pools: [192.168.1.9, 192.168.1.9]          | pools[1]          | is given already
            pools: [{range: 192.168.1.9, classes: x}]  | pools[0].classes  | there is no class 'x' in dhcp4.classes
            pools: [{range: 192.168.1.9, name: a}, {range: 192.168.1.8, name: a}] | pools[1].name | names are unique
            pools: 5                                   | pools             | is a list
            pools: [{range: 192.168.1.9, exclude: x}]  | pools[0].exclude  | 'x' is not a range such as
            reservations: [{mac: "00:00:00:00:00:01", address: 10.0.0.1}]      | reservations[0].address | is not in the subnet
            reservations: [{mac: "00:00:00:00:00:01", address: 192.168.1.255}] | reservations[0].address | broadcast address
            reservations: [{address: 192.168.1.5}]     | reservations[0]   | names no client: write its mac
            reservations: [{mac: "00:00:00:00:00:0g"}] | reservations[0].mac | is not a MAC address
            reservations: [{hostname: a}, {hostname: A}] | reservations[1].hostname | the host name a is reserved already
            reservations: [{mac: "00:00:00:00:00:01"}, {mac: ["00:00:00:00:00:02", "00:00:00:00:00:01"]}] \
            | reservations[1].mac[1] | the MAC address 00:00:00:00:00:01 is reserved already: dhcp4.subnets[0].reservations[0].mac
            reservations: [{hostname: a, address: 192.168.1.5}, {hostname: b, address: 192.168.1.5}] \
            | reservations[1].address | the address 192.168.1.5 is reserved already
            reservations: [{client-id: "ab"}, {client-id: "0x6162"}] | reservations[1].client-id | is reserved already
            reservations: [{duid: "words"}]            | reservations[0].duid | is written as octets
            access: {deny: [{}]}                       | access.deny[0]    | names nobody
            mode: hybrid                               | mode              | write dhcp4.upstreams
            """)
    void subnets(String rest, String path, String message) {
        assertThat(errors(subnet(rest)))
                .singleElement()
                .asString()
                .startsWith("innkeeper.yaml:1: dhcp4.subnets[0]." + path)
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            subnets: [{prefix: 10.0.0.0/8}, {prefix: 10.7.0.0/16}] | dhcp4.subnets[1].prefix | overlaps subnet 10.0.0.0/8
            subnets: [{prefix: 10.0.0.0/8}, {prefix: 10.9.9.9/8}]  | dhcp4.subnets[1].prefix | subnet 10.0.0.0/8 is given already
            subnets: [{prefix: "fd00::/64"}]                       | dhcp4.subnets[0].prefix | is not an IPv4 network
            subnets: [{prefix: 10.0.0.1}]                          | dhcp4.subnets[0].prefix | is not an IPv4 network
            shared-networks: [{name: a, subnets: [{prefix: 10.0.0.0/8}]}], subnets: [{prefix: 10.7.0.0/16}] \
            | dhcp4.subnets[0].prefix | dhcp4.shared-networks[0].subnets[0].prefix (innkeeper.yaml:1)
            shared-networks: [{name: a}]                           | dhcp4.shared-networks[0] | has no subnets
            subnets: [{name: a, prefix: 10.0.0.0/8}, {name: a, prefix: 11.0.0.0/8}] | dhcp4.subnets[1].name | names are unique
            classes: [{name: a, match: {mac: "*"}}, {name: a, match: {mac: "*"}}] | dhcp4.classes[1].name | names are unique
            classes: [{name: a, match: {}}]                        | dhcp4.classes[0].match | for everybody write mac: "*"
            classes: [{name: a, match: {architecture: 70000}}]     | dhcp4.classes[0].match.architecture | must be from 0 to 65535
            access: {deny: ["00:11:*:zz"]}                         | dhcp4.access.deny[0] | is not a MAC address or a pattern
            access: {deny: ["00:11:22"]}                           | dhcp4.access.deny[0] | is not a MAC address or a pattern
            access: {exceptions: [{mac: "*"}]}                     | dhcp4.access.exceptions[0].until | is missing
            access: {exceptions: [{mac: "*", until: tomorrow}]}    | dhcp4.access.exceptions[0].until | is not a time such as
            access: {exceptions: [{until: "2099-01-01T00:00:00Z"}]} | dhcp4.access.exceptions[0] | names nobody
            """)
    void whatSpansSubnets(String rest, String path, String message) {
        hasOnly(dhcp4(rest), path, message);
    }

    @Test
    void nearNamesOfClassesAreSuggested() {
        ConfigResult result = dhcp4("classes: [{name: phones, match: {mac: \"*\"}}], subnets: [{" + SUBNET
                + ", pools: [{range: 192.168.1.9, classes: [phone]}]}]");
        hasOnly(result, "dhcp4.subnets[0].pools[0].classes[0]", "did you mean 'phones'?");
    }

    @Test
    void thereMayBe64Classes() {
        String classes = IntStream.range(0, 65)
                .mapToObj(i -> "{name: c" + i + ", match: {mac: \"*\"}}")
                .collect(Collectors.joining(", ", "classes: [", "]"));
        hasOnly(dhcp4(classes), "dhcp4.classes", "has 65 classes; at most 64");
    }

    @Test
    void thingsWorthAWarning() {
        warns(dhcp4("authoritative: true"), "dhcp4", "has no subnets, so nobody gets an address");
        warns(subnet("pools: [192.168.1.0/25]"), "dhcp4.subnets[0].pools[0].range", "network address 192.168.1.0");
        warns(
                subnet("pools: [192.168.1.200-192.168.1.255]"),
                "dhcp4.subnets[0].pools[0].range",
                "broadcast address 192.168.1.255, which is left out");
        warns(
                subnet("options: {routers: 192.168.2.1}"),
                "dhcp4.subnets[0].options.routers",
                "192.168.2.1 is not in the subnet 192.168.1.0/24");
        warns(subnet("interfaces: eth1"), "dhcp4.subnets[0].interfaces", "'eth1' is not among dhcp4.interfaces");
        warns(
                subnet("pools: [{range: 192.168.1.9, exclude: 192.168.1.10}]"),
                "dhcp4.subnets[0].pools[0].exclude",
                "so it excludes nothing");
        warns(
                subnet("access: {exceptions: [{mac: \"*\", until: \"2020-01-01T00:00:00+01:00\"}]}"),
                "dhcp4.subnets[0].access.exceptions[0].until",
                "is over since 2019-12-31T23:00:00Z");
        assertThat(subnet("pools: [{range: 192.168.1.0/25, exclude: 192.168.1.0}]")
                        .text())
                .isEmpty();
    }

    @Test
    void aMistakeDoesNotHideOthersAndKeepsTheirPlaces() {
        ConfigResult result = yaml("""
                dhcp4:
                  interfaces: [eth0]
                  lifetime: soon
                  options: {domain-name: a, routrs: 10.0.0.1}
                  classes: [{name: "b b", match: {mac: "*"}}]
                  subnets:
                    - {prefix: 10.0.0.0}
                    - prefix: 192.168.1.0/24
                      pools: [oops, 192.168.2.7, {range: 192.168.1.7, classes: b}]
                      reservations: [{mac: x}, {hostname: a, address: 10.0.0.1}]
                """);
        assertThat(((ConfigResult.Invalid) result).errors())
                .extracting(problem -> problem.path() + ":" + problem.origin().line())
                .containsExactlyInAnyOrder(
                        "dhcp4.lifetime:3",
                        "dhcp4.options.routrs:4",
                        "dhcp4.classes[0].name:5",
                        "dhcp4.subnets[0].prefix:7",
                        "dhcp4.subnets[1].pools[0]:9",
                        "dhcp4.subnets[1].pools[1].range:9",
                        "dhcp4.subnets[1].reservations[0].mac:10",
                        "dhcp4.subnets[1].reservations[1].address:10");
    }

    @Test
    void interfacesThatDoNotExistAreNoMistake() {
        assertThat(config(yaml("dhcp4: {interfaces: [not-there0], subnets: [{prefix: 10.0.0.0/8}]}"))
                        .dhcp4())
                .isNotNull();
        assertThat(config(yaml("dhcp4: off")).dhcp4()).isNull();
        assertThat(config(yaml("dhcp4:")).dhcp4()).isNull();
        assertThat(List.of(ConfigLoader.defaults())).extracting(Config::dhcp4).containsOnlyNulls();
    }

    @Test
    void theSameCircuitOfTwoRelaysIsTwoPlaces() {
        assertThat(subnet("reservations: ["
                        + "{circuit-id: port 7, address: 192.168.1.10},"
                        + "{circuit-id: port 7, remote-id: sw1, address: 192.168.1.11},"
                        + "{circuit-id: port 7, remote-id: sw2, address: 192.168.1.12}]"))
                .isInstanceOf(ConfigResult.Valid.class);
        hasOnly(
                subnet("reservations: ["
                        + "{circuit-id: port 7, remote-id: sw1, address: 192.168.1.11},"
                        + "{circuit-id: port 7, remote-id: sw1, address: 192.168.1.12}]"),
                "dhcp4.subnets[0].reservations[1].circuit-id",
                "is reserved already");
    }
}
